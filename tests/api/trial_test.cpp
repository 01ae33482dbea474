// Trying something out: a site in log-only mode.
#include <doctest/doctest.h>

#include "classifier/json.h"
#include "tests/api/http_client.h"
#include "tests/api/shelf_installation.h"

namespace winnow::api_test {
namespace {

TEST_CASE("a site in log-only mode is answered false from its next check on; the verdict is kept as it is") {
  const ShelfInstallation home;
  const std::string key = home.create_key("blog.example");
  const std::string token = home.create_key("blog.example", "api");
  const Headers bearer = {{"Authorization", "Bearer " + token}};
  const Winnowd winnowd(home);
  const auto check = [&](const std::string& content) {
    return post_form(winnowd.port(), "/1.1/comment-check",
                     "api_key=" + key + "&blog=blog.example&user_ip&comment_content=" + content);
  };
  CHECK(check("cheap").body == "true");
  CHECK(home.command({"site", "mode", "http://blog.example/", "log-only"}).exit_code == 0);
  CHECK(home.command({"site", "list"}).output.find("log-only") != std::string::npos);
  const Response answer = check("blatant");
  CHECK(answer.body == "false");
  CHECK(answer.header("X-akismet-pro-tip").empty());
  CHECK(answer.header("X-winnow-log-only") == "discard");
  CHECK(answer.header("X-winnow-score") == "1.0000");
  const Response stored =
      ask(winnowd.port(), "GET", "/api/v1/verdicts/" + answer.header("X-akismet-guid"), bearer);
  CHECK(parse_json(stored.body)->at("outcome") == "discard");
  const Json direct =
      *parse_json(ask(winnowd.port(), "POST", "/api/v1/check", bearer, R"({"content":"cheap"})").body);
  CHECK(direct["outcome"] == "spam");
  CHECK(direct["log_only"] == true);

  CHECK(home.command({"site", "mode", "blog.example", "enforce"}).exit_code == 0);
  CHECK(check("blatant").header("X-akismet-pro-tip") == "discard");
  CHECK(home.command({"site", "mode", "blog.example", "off"}).exit_code == 2);
  const Ended unknown = home.command({"site", "mode", "other.example", "log-only"});
  CHECK(unknown.exit_code == 1);
  CHECK(unknown.output.find("winnow site add other.example") != std::string::npos);
}

}  // namespace
}  // namespace winnow::api_test
