// /metrics: who may read it, and that it tells what happened.
#include <doctest/doctest.h>

#include "classifier/json.h"
#include "tests/api/http_client.h"
#include "tests/api/winnowd_process.h"

namespace winnow::api_test {
namespace {

bool has(const Response& response, const std::string& line) {
  return response.body.find("\n" + line + "\n") != std::string::npos;
}

std::string admin_key(const Installation& home, const std::string& site) {
  return parse_json(home.winnow({"key", "create", "--site", site, "--curator", "--json"}))->at("key");
}

TEST_CASE("metrics are for who has an administrator's key, and tell what was answered and refused") {
  const Installation home;
  const std::string key = home.create_key("blog.example");
  const std::string token = home.create_key("blog.example", "api");
  const std::string admin = admin_key(home, "*");
  const std::string admin_of_one = admin_key(home, "blog.example");
  const Winnowd winnowd(home);
  const auto metrics = [&](const std::string& shown) {
    return ask(winnowd.port(), "GET", "/metrics", {{"Authorization", "Bearer " + shown}});
  };
  post_form(winnowd.port(), "/1.1/comment-check",
            "api_key=" + key + "&blog=blog.example&user_ip&comment_content=cheap");
  ask(winnowd.port(), "GET", "/nowhere");
  CHECK(ask(winnowd.port(), "GET", "/metrics").status == 401);
  CHECK(metrics(key).status >= 400);
  CHECK(metrics(token).status >= 400);
  CHECK(metrics(admin_of_one).status == 403);
  const Response response = metrics(admin);
  REQUIRE(response.status == 200);
  CHECK(response.header("Content-Type").starts_with("text/plain; version=0.0.4"));
  CHECK(has(response, R"(winnow_requests_total{route="/1.1/comment-check",status="200"} 1)"));
  CHECK(has(response, R"(winnow_requests_total{route="-",status="404"} 1)"));
  CHECK(has(response, R"(winnow_checks_total{outcome="spam"} 1)"));
  CHECK(has(response, "winnow_verdicts_not_stored_total 0"));
  CHECK(has(response, R"(winnow_shed_total{why="queue_full"} 0)"));
  CHECK(has(response, R"(winnow_throttled_total{by="key"} 0)"));
  for (const std::string& secret : {key, token, admin, std::string("blog.example")})
    CHECK(response.body.find(secret) == std::string::npos);
}

}  // namespace
}  // namespace winnow::api_test
