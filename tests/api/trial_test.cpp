// Trying something out: a site in log-only mode, a model in shadow.
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

TEST_CASE("a model in shadow is compared with the one that answers, and is never answered") {
  const ShelfInstallation home;
  home.put("strict", 4);
  home.put("damaged");
  const std::string token = home.create_key("blog.example", "api");
  const Headers bearer = {{"Authorization", "Bearer " + token}};
  const Winnowd winnowd(home, {"--model", home.link()});
  const auto check = [&](const std::string& content) {
    return ask(winnowd.port(), "POST", "/api/v1/check", bearer, to_text(Json{{"content", content}}));
  };
  check("before anyone looks");
  CHECK(home.model_command({"compare", "--shadow"}).output.find("no model runs in shadow") !=
        std::string::npos);
  CHECK(home.model_command({"shadow", "strict", "--site", "blog.example"}).exit_code == 0);
  CHECK(winnowd.wait_for_log("model runs in shadow model=strict"));
  const Response answer = check("a good morning to all of you");
  CHECK(parse_json(answer.body)->at("outcome") == "ham");
  CHECK(answer.body.find("strict") == std::string::npos);
  check("a cheap offer");
  const Json report = {{"id", parse_json(answer.body)->at("id")}, {"label", "ham"}};
  CHECK(ask(winnowd.port(), "POST", "/api/v1/feedback", bearer, to_text(report)).status == 201);

  const Json compared = *parse_json(home.model_command({"compare", "--shadow", "--json"}).output);
  REQUIRE(compared.size() == 1);
  CHECK(compared[0]["in_force"] == "model-a");
  CHECK(compared[0]["shadow"] == "strict");
  CHECK(compared[0]["verdicts"] == 2);
  CHECK(compared[0]["agreement"] == 0.5);
  CHECK(compared[0]["outcomes"]["ham"]["spam"] == 1);
  CHECK(compared[0]["reported"]["ham"]["in_force_right"] == 1);
  const std::string told = home.model_command({"compare", "--shadow", "strict"}).output;
  CHECK(told.find("both agree on 50.00 %") != std::string::npos);
  CHECK(home.model_command({"list"}).output.find("in shadow on blog.example") != std::string::npos);

  CHECK(home.model_command({"shadow", "--off"}).exit_code == 0);
  check("nobody looks any more");
  CHECK(parse_json(home.model_command({"compare", "--shadow", "strict", "--json"}).output)
            ->at(0)
            .at("verdicts") == 2);
  CHECK(home.model_command({"shadow"}).exit_code == 2);
  CHECK(home.model_command({"shadow", "none"}).exit_code == 1);
  CHECK(home.model_command({"shadow", "strict", "--site", "other.example"}).exit_code == 1);

  CHECK(home.model_command({"shadow", "damaged"}).exit_code == 0);
  CHECK(winnowd.wait_for_log("model runs in shadow model=damaged"));
  CHECK(home.model_command({"shadow", "--off"}).exit_code == 0);
  write_file(home.shelf() / "damaged" / "text.model", "x");
  CHECK(home.model_command({"shadow", "damaged"}).exit_code == 1);
}

TEST_CASE("a model in shadow that cannot be loaded is logged, and checks go on without it") {
  const ShelfInstallation home;
  const std::string token = home.create_key("blog.example", "api");
  CHECK(home.model_command({"shadow", "model-b"}).exit_code == 0);
  write_file(home.shelf() / "model-b" / "text.model", "x");
  const Winnowd winnowd(home, {"--model", home.link()});
  CHECK(winnowd.wait_for_log("model in shadow refused"));
  CHECK(ask(winnowd.port(), "POST", "/api/v1/check", {{"Authorization", "Bearer " + token}},
            R"({"content":"hello"})")
            .status == 200);
  CHECK(home.model_command({"compare", "--shadow"}).output.find("has not shadowed") != std::string::npos);
}

}  // namespace
}  // namespace winnow::api_test
