#include "service/http/admin/reports.h"

#include "tests/unit/service/http/admin/desk_exchange.h"

namespace winnow::http::admin {
namespace {

constexpr const char* kText = "come to our wonderful place and be happy";

TEST_CASE("reports say what became of each, and are in the log of acts") {
  DeskExchange desk;
  const std::string mine = desk.check(desk.here, kText), theirs = desk.check(desk.there, kText);
  const Json answer = desk.sent(desk.moderator, "POST", "verdicts/reports",
                                {{"ids", {mine, theirs, "nonsense"}}, {"label", "spam"}});
  REQUIRE(answer["results"].size() == 3);
  CHECK(answer["results"][0]["verdict"] == mine);
  CHECK(answer["results"][0]["effect"] == "learned");
  CHECK(answer["results"][0]["told"] == false);
  CHECK(answer["results"][1] == Json{{"verdict", theirs}, {"error", "There is no verdict with this id."}});
  CHECK(answer["results"][2]["error"] == "There is no verdict with this id.");
  const std::string report = answer["results"][0]["report"];

  const Json undone =
      desk.sent(desk.moderator, "POST", "reports/withdraw", {{"ids", {report, std::string(32, '0')}}});
  CHECK(undone["results"][0] == Json{{"id", report}, {"withdrawn", true}});
  CHECK(undone["results"][1]["error"] == "There is no report with this id.");
  CHECK(undone["in_force"] == true);

  const std::vector<Act> acts = must(desk.installation.store->acts({false, 0, 10}));
  REQUIRE(acts.size() == 2);
  CHECK(acts[1].act == "verdict.report");
  CHECK(acts[1].site == desk.here.site.id);
  CHECK(acts[1].what == R"({"reports":[")" + report + R"("],"label":"spam","everywhere":false})");
  CHECK(acts[0].act == "report.withdraw");
}

TEST_CASE("a report says how many stored comments like it would be judged otherwise now") {
  DeskExchange desk;
  const std::string first =
      desk.check(desk.here, "come to our wonderful garden and be happy with all your friends");
  desk.check(desk.here, "come to our wonderful garden and be happy with all your neighbours");
  desk.check(desk.here, "come to our wonderful garden and be merry with all your friends");
  desk.check(desk.there, "come to our wonderful garden and be happy with all your friends");
  desk.check(desk.here, "my cat sleeps on the warm roof the whole day long and dreams of mice");
  const Json body = {{"ids", {first}}, {"label", "spam"}};
  const Json alike = desk.sent(desk.moderator, "POST", "verdicts/reports", body)["alike"];
  CHECK(alike["count"] == 2);
  CHECK(alike["outcome"] != "ham");
  CHECK(alike["q"] == "like:" + first);
  const Json of_cat = desk.sent(desk.moderator, "POST", "verdicts/reports",
                                {{"ids", {desk.check(desk.here, "nobody wrote anything like this before")}},
                                 {"label", "spam"}})["alike"];
  CHECK(of_cat == Json{{"count", 0}, {"outcome", nullptr}, {"q", nullptr}});
}

TEST_CASE("who may report: an administrator's key, on its sites, everywhere an owner's alone") {
  DeskExchange desk;
  const std::string id = desk.check(desk.here, kText);
  const std::string plain = desk.installation.add_key("here.example", KeyKind::kApi);
  const Json body = {{"ids", {id}}, {"label", "spam"}, {"everywhere", true}};
  CHECK(desk.ask("POST", "/api/v1/admin/verdicts/reports", to_text(body)).status == 401);
  CHECK(desk.send(plain, "POST", "verdicts/reports", body).status == 403);
  CHECK(desk.send(desk.moderator, "POST", "verdicts/reports", body).status == 403);
  CHECK(must(desk.installation.store->feedback_log(0, 10)).empty());
  const Json answer = desk.sent(desk.owner, "POST", "verdicts/reports", body);
  const std::string report = answer["results"][0]["report"];
  CHECK(must(desk.installation.store->find_feedback(report))->curator);

  const std::string theirs =
      desk.sent(desk.owner, "POST", "verdicts/reports",
                {{"ids", {desk.check(desk.there, kText)}}, {"label", "spam"}})["results"][0]["report"];
  const Json refused = desk.sent(desk.moderator, "POST", "reports/withdraw", {{"ids", {theirs}}});
  CHECK(refused["results"][0]["error"] == "There is no report with this id.");
}

TEST_CASE("what cannot be read is refused by field") {
  const DeskExchange desk;
  Json many = Json::array();
  for (int i = 0; i < 201; ++i) many.push_back(random_id());
  const Json one = {random_id()};
  const struct {
    Json body;
    const char* field;
  } cases[] = {
      {{{"label", "spam"}}, "ids"},
      {{{"ids", Json::array()}, {"label", "spam"}}, "ids"},
      {{{"ids", many}, {"label", "spam"}}, "ids"},
      {{{"ids", {1}}, {"label", "spam"}}, "ids"},
      {{{"ids", one}}, "label"},
      {{{"ids", one}, {"label", "unsure"}}, "label"},
      {{{"ids", one}, {"label", "ham"}, {"everywhere", "yes"}}, "everywhere"},
      {{{"ids", one}, {"label", "ham"}, {"reporter", "me"}}, "reporter"},
  };
  for (const auto& [body, field] : cases) {
    CAPTURE(field);
    const Reply reply = desk.send(desk.owner, "POST", "verdicts/reports", body);
    CHECK(reply.status == 400);
    CHECK(string_or(*parse_json(reply.body), "field") == field);
  }
  CHECK(desk.send(desk.owner, "POST", "reports/withdraw", {{"ids", 5}}).status == 400);
  CHECK(desk.send(desk.owner, "POST", "reports/withdraw", Json::array({1})).status == 400);
}

}  // namespace
}  // namespace winnow::http::admin
