#include "service/http/json_api.h"

#include <doctest/doctest.h>

#include "classifier/json.h"
#include "tests/unit/service/http/exchange.h"

namespace winnow::http {
namespace {

struct Api : Exchange {
  std::string key_of(const std::string& site) { return installation.add_key(site, KeyKind::kApi); }

  Reply call(const std::string& key, const std::string& method, const std::string& path,
             const std::string& body = "") {
    return ask(method, path, body, {{"authorization", "Bearer " + key}});
  }
};

Json json_of(const Reply& reply) {
  const Result<Json> json = parse_json(reply.body);
  REQUIRE(json.ok());
  return *json;
}

TEST_CASE("check, and read the verdict again") {
  Api api;
  const std::string key = api.key_of("a.example");
  const Reply reply = api.call(key, "POST", "/api/v1/check", R"({"content":"cheap lamps","author":"Ann"})");
  CHECK(reply.status == 200);
  CHECK(reply.content_type == "application/json");
  const Json json = json_of(reply);
  CHECK(json["id"].get<std::string>().size() == 32);
  CHECK(json["score"] > 0.5);
  CHECK(json["reasons"].size() >= 2);
  CHECK(json["model"] == "small");
  CHECK(json["rules_version"].get<std::string>().size() == 12);

  const std::string path = "/api/v1/verdicts/" + json["id"].get<std::string>();
  const Json stored = json_of(api.call(key, "GET", path));
  CHECK(stored["outcome"] == json["outcome"]);
  CHECK(stored["reasons"] == json["reasons"]);
  CHECK(stored["comment"]["author"] == "Ann");

  CHECK(api.call(api.key_of("b.example"), "GET", path).status == 404);
  CHECK(api.call(api.key_of(""), "GET", path).status == 200);
  CHECK(api.call(key, "GET", "/api/v1/verdicts/00000000000000000000000000000000").status == 404);
  CHECK(api.call(key, "GET", "/api/v1/verdicts/nonsense").status == 404);
}

TEST_CASE("errors are problems that name the field") {
  Api api;
  const std::string key = api.key_of("a.example");
  const std::string anywhere = api.key_of("");
  struct {
    const std::string& key;
    const char* path;
    const char* body;
    int status;
    const char* field;
  } const cases[] = {
      {key, "/api/v1/check", "", 400, ""},
      {key, "/api/v1/check", "{\"content\":\"\xff\"}", 400, ""},
      {key, "/api/v1/check", R"({"content":"x","typ":"y"})", 400, "typ"},
      {key, "/api/v1/check", R"({"content":"x","blog":"http://b.example"})", 403, "blog"},
      {anywhere, "/api/v1/check", R"({"content":"x"})", 400, "blog"},
      {anywhere, "/api/v1/check", R"({"content":"x","blog":"http://"})", 400, "blog"},
      {key, "/api/v1/check/batch", R"({"comments":[{}]})", 400, "comments[0].content"},
      {anywhere, "/api/v1/check/batch",
       R"({"comments":[{"content":"x","blog":"c.example"},{"content":"x","blog":"d.example"}]})", 400,
       "comments[1].blog"},
      {key, "/api/v1/feedback", R"({"label":"spam"})", 400, "id"},
      {key, "/api/v1/feedback", R"({"label":"spam","id":"00000000000000000000000000000000"})", 404, "id"},
      {anywhere, "/api/v1/feedback", R"({"label":"spam","id":"00000000000000000000000000000000"})", 404,
       "id"},
      {anywhere, "/api/v1/feedback", R"({"label":"spam","comment":{"content":"x"}})", 400, "blog"},
  };
  for (const auto& [with, path, body, status, field] : cases) {
    CAPTURE(path);
    CAPTURE(body);
    const Reply reply = api.call(with, "POST", path, body);
    CHECK(reply.status == status);
    CHECK(reply.content_type == "application/problem+json");
    const Json json = json_of(reply);
    CHECK(json["status"] == status);
    CHECK(json.value("field", "") == field);
  }
}

TEST_CASE("batches answer in order") {
  Api api;
  const Reply reply = api.call(api.key_of(""), "POST", "/api/v1/check/batch",
                               R"({"comments":[{"content":"hello","blog":"http://a.example"},
                                               {"content":"cheap blatant","blog":"a.example"}]})");
  REQUIRE(reply.status == 200);
  const Json results = json_of(reply)["results"];
  REQUIRE(results.size() == 2);
  CHECK(results[0]["outcome"] == "ham");
  CHECK(results[1]["outcome"] == "discard");
}

TEST_CASE("feedback by id and by comment") {
  Api api;
  const std::string key = api.key_of("a.example");
  const std::string id = json_of(
      api.call(key, "POST", "/api/v1/check", R"({"content":"we met at the harbour festival"})"))["id"];
  const Reply by_id =
      api.call(key, "POST", "/api/v1/feedback", R"({"id":")" + id + R"(","label":"spam","reporter":"mod"})");
  CHECK(by_id.status == 201);
  CHECK(json_of(by_id)["verdict_id"] == id);
  CHECK(json_of(by_id)["label"] == "spam");
  CHECK(json_of(by_id)["effect"] == "learned");
  CHECK(json_of(by_id)["awaiting_quorum"] == Json{{"sites", 1}, {"of", 2}});
  const Reply by_comment =
      api.call(key, "POST", "/api/v1/feedback",
               R"({"comment":{"content":"we met at the harbour festival"},"label":"ham"})");
  CHECK(by_comment.status == 201);
  CHECK(json_of(by_comment)["verdict_id"] == id);
  CHECK(json_of(by_comment)["effect"] == "conflicts_with");
  CHECK(json_of(by_comment)["conflicts_with"] == json_of(by_id)["id"]);
  CHECK(api.call(api.key_of(""), "POST", "/api/v1/feedback", R"({"id":")" + id + R"(","label":"ham"})")
            .status == 200);  // said before
  CHECK(
      api.call(api.key_of("b.example"), "POST", "/api/v1/feedback", R"({"id":")" + id + R"(","label":"ham"})")
          .status == 404);
  const SiteId site = must(api.installation.store->find_site("a.example"))->id;
  CHECK(must(api.installation.store->feedback(site, "", 10)).size() == 2);
}

TEST_CASE("a report is withdrawn by its site's keys alone, and told with who and when") {
  Api api;
  const std::string key = api.key_of("a.example");
  const std::string id =
      json_of(api.call(key, "POST", "/api/v1/feedback",
                       R"({"comment":{"content":"we met at the harbour"},"label":"spam"})"))["id"];
  const std::string path = "/api/v1/feedback/" + id;
  CHECK(api.call(api.key_of("b.example"), "DELETE", path, "").status == 404);
  CHECK(api.call(key, "DELETE", "/api/v1/feedback/00000000000000000000000000000000", "").status == 404);
  const Reply gone = api.call(key, "DELETE", path, "");
  CHECK(gone.status == 200);
  CHECK(json_of(gone)["id"] == id);
  CHECK(json_of(gone)["label"] == "spam");
  CHECK(json_of(gone)["origin"] == "api");
  CHECK(json_of(gone)["withdrawn"]["at"].is_string());
  CHECK(json_of(api.call(key, "DELETE", path, "")) == json_of(gone));
}

}  // namespace
}  // namespace winnow::http
