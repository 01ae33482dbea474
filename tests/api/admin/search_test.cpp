// The admin's lists of verdicts over the wire: what was checked is found, moved by a report, and deleted.
#include <doctest/doctest.h>

#include "classifier/json.h"
#include "tests/api/http_client.h"
#include "tests/api/winnowd_process.h"

namespace winnow::api_test {
namespace {

class Desk {
 public:
  // Gives the verdict's id.
  std::string check(const std::string& content) const {
    const Response checked = ask(winnowd.port(), "POST", "/api/v1/check", bearer(site_key),
                                 to_text({{"content", content}, {"author", "Ann"}}));
    REQUIRE(checked.status == 200);
    return json_of(checked)["id"].get<std::string>();
  }
  // The texts of the rows that are found, newest first.
  std::string find(const std::string& query) const {
    const Response page = ask(winnowd.port(), "GET", "/api/v1/admin/verdicts?" + query, bearer(admin_key));
    REQUIRE(page.status == 200);
    const Json json = json_of(page);
    std::string found;
    for (const Json& row : json["verdicts"]) found += row["excerpt"].get<std::string>() + ";";
    return found;
  }
  Response post(const std::string& path, const Json& body) const {
    return ask(winnowd.port(), "POST", path, bearer(admin_key), to_text(body));
  }
  Json get(const std::string& path) const {
    const Response reply = ask(winnowd.port(), "GET", path, bearer(admin_key));
    REQUIRE(reply.status == 200);
    return json_of(reply);
  }

  Installation home;
  std::string site_key = home.create_key("blog.example", "api");
  std::string admin_key = made_by(home.winnow({"key", "create", "--site", "*", "--curator", "--json"}));
  Winnowd winnowd{home};

 private:
  static std::string made_by(const std::string& created) {
    const Result<Json> json = parse_json(created);
    REQUIRE(json.ok());
    return json->at("key").get<std::string>();
  }
  static Json json_of(const Response& response) {
    const Result<Json> json = parse_json(response.body);
    REQUIRE(json.ok());
    return *json;
  }
  static Headers bearer(const std::string& key) {
    return {{"Authorization", "Bearer " + key}, {"Content-Type", "application/json"}};
  }
};

TEST_CASE("a comment is found as soon as it is answered, moves with a report, and is deleted for good") {
  const Desk desk;
  const std::string offer = desk.check("a cheap offer for all gardeners");
  desk.check("the tomatoes grew well");
  CHECK(desk.find("q=offer") == "a cheap offer for all gardeners;");
  CHECK(desk.find("q=garden*") == "a cheap offer for all gardeners;");
  CHECK(desk.find("q=-offer") == "the tomatoes grew well;");
  CHECK(desk.find("") == "the tomatoes grew well;a cheap offer for all gardeners;");
  CHECK(desk.find("tab=spam") == "a cheap offer for all gardeners;");

  CHECK(desk.post("/api/v1/feedback", {{"id", offer}, {"label", "ham"}}).status == 201);
  CHECK(desk.find("tab=spam") == "");
  CHECK(desk.find("tab=reported&q=offer") == "a cheap offer for all gardeners;");
  CHECK(desk.get("/api/v1/admin/verdicts/counts")["counts"]["reported"] == 1);
  const Json statistics = desk.get("/api/v1/admin/statistics");
  CHECK(statistics["week"]["checked"] == 2);
  CHECK(statistics["week"]["wrongly_flagged"] == 1);
  CHECK(statistics["latency_ms"]["checks"] == 2);

  const Response deleted = desk.post("/api/v1/admin/verdicts/delete", {{"ids", {offer}}});
  CHECK(deleted.status == 200);
  CHECK(deleted.body == R"({"deleted":1})");
  CHECK(desk.find("q=offer") == "");
  CHECK(desk.find("tab=reported") == "");
  CHECK(ask(desk.winnowd.port(), "GET", "/api/v1/verdicts/" + offer,
            {{"Authorization", "Bearer " + desk.site_key}})
            .status == 404);
  CHECK(desk.winnowd.log().find("gardeners") == std::string::npos);
}

}  // namespace
}  // namespace winnow::api_test
