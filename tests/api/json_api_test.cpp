// winnow's own API over the wire.
#include <doctest/doctest.h>

#include "classifier/json.h"
#include "tests/api/http_client.h"
#include "tests/api/winnowd_process.h"

namespace winnow::api_test {
namespace {

Json json_of(const Response& response) {
  const Result<Json> json = parse_json(response.body);
  REQUIRE(json.ok());
  return *json;
}

Headers bearer(const std::string& key) {
  return {{"Authorization", "Bearer " + key}, {"Content-Type", "application/json"}};
}

TEST_CASE("check, batch, feedback and verdicts") {
  const Installation home;
  const std::string key = home.create_key("blog.example", "api");
  const std::string other = home.create_key("other.example", "api");
  const std::string akismet = home.create_key("blog.example");
  const Winnowd winnowd(home);
  const int port = winnowd.port();

  const Response checked =
      ask(port, "POST", "/api/v1/check", bearer(key), R"({"content":"a cheap offer","author":"Ann"})");
  CHECK(checked.status == 200);
  CHECK(checked.header("Content-Type") == "application/json");
  const Json verdict = json_of(checked);
  CHECK(verdict["outcome"] == "spam");
  CHECK(verdict["model"] == "test-model");
  CHECK(verdict["reasons"][0]["signal"] == "local.cheap");
  CHECK(verdict["reasons"][0]["points"] == 8);
  CHECK(verdict["reasons"][0]["detail"] == "says cheap");

  const std::string path = "/api/v1/verdicts/" + verdict["id"].get<std::string>();
  CHECK(json_of(ask(port, "GET", path, bearer(key)))["comment"]["author"] == "Ann");
  CHECK(ask(port, "GET", path, bearer(akismet)).status == 200);
  CHECK(ask(port, "GET", path, bearer(other)).status == 404);
  CHECK(ask(port, "GET", path).status == 401);
  const Response head = ask(port, "HEAD", path, bearer(key));
  CHECK(head.status == 200);
  CHECK(head.header("Content-Length") != "0");

  const Json results = json_of(ask(port, "POST", "/api/v1/check/batch", bearer(akismet),
                                   R"({"comments":[{"content":"hello"},{"content":"blatant"}]})"))["results"];
  CHECK(results[0]["outcome"] == "ham");
  CHECK(results[1]["outcome"] == "discard");

  const Response reported = ask(port, "POST", "/api/v1/feedback", bearer(key),
                                R"({"id":")" + verdict["id"].get<std::string>() + R"(","label":"ham"})");
  CHECK(reported.status == 201);
  CHECK(json_of(reported)["verdict_id"] == verdict["id"]);
  CHECK(ask(port, "POST", "/api/v1/feedback", bearer(other),
            R"({"id":")" + verdict["id"].get<std::string>() + R"(","label":"ham"})")
            .status == 404);
}

TEST_CASE("errors are problem+json and name the field") {
  const Installation home;
  const std::string key = home.create_key("blog.example", "api");
  const Winnowd winnowd(home);
  struct {
    const char* method;
    const char* path;
    std::string body;
    int status;
    const char* field;
  } const cases[] = {
      {"POST", "/api/v1/check", "{\"content\": 5}", 400, "content"},
      {"POST", "/api/v1/check", "{\"contents\": \"x\"}", 400, "contents"},
      {"POST", "/api/v1/check", "nonsense", 400, ""},
      {"POST", "/api/v1/check", std::string(100000, '['), 400, ""},
      {"POST", "/api/v1/check", std::string((1 << 20) + 1, ' '), 413, ""},
      {"GET", "/api/v1/check", "", 405, ""},
      {"PATCH", "/api/v1/check", "{}", 405, ""},
      {"GET", "/api/v1/nothing", "", 404, ""},
      {"POST", "/api/v1/feedback", "{\"id\":\"x\",\"label\":\"maybe\"}", 400, "label"},
  };
  for (const auto& [method, path, body, status, field] : cases) {
    CAPTURE(path);
    CAPTURE(status);
    const Response response = ask(winnowd.port(), method, path, bearer(key), body);
    CHECK(response.status == status);
    CHECK(response.header("Content-Type") == "application/problem+json");
    const Json json = json_of(response);
    CHECK(json["status"] == status);
    CHECK(json["title"].is_string());
    CHECK(json["detail"].is_string());
    CHECK(json.value("field", "") == field);
  }
  CHECK(ask(winnowd.port(), "GET", "/api/v1/check").header("Allow") == "POST");
  const Response keyless = ask(winnowd.port(), "POST", "/api/v1/check", {}, "{}");
  CHECK(keyless.status == 401);
  CHECK(keyless.header("WWW-Authenticate").starts_with("Bearer"));
}

TEST_CASE("health and everything that is not there") {
  const Installation home;
  const Winnowd winnowd(home);
  CHECK(json_of(ask(winnowd.port(), "GET", "/healthz"))["status"] == "ok");
  CHECK(json_of(ask(winnowd.port(), "GET", "/readyz"))["status"] == "ready");
  const Response root = ask(winnowd.port(), "GET", "/");
  CHECK(root.status == 404);
  CHECK(root.header("Content-Type").starts_with("text/plain"));
  CHECK(root.body.find("/1.1/comment-check") != std::string::npos);
  for (const char* method : {"HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"}) {
    CAPTURE(method);
    CHECK(ask(winnowd.port(), method, "/nowhere").status == 404);
    CHECK(ask(winnowd.port(), method, "/1.1/comment-check").status == 405);
  }
}

}  // namespace
}  // namespace winnow::api_test
