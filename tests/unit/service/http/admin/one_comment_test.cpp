#include "service/http/admin/one_comment.h"

#include "service/feedback.h"
#include "tests/unit/service/http/admin/desk_exchange.h"

namespace winnow::http::admin {
namespace {

constexpr const char* kText = "come to our wonderful place and be happy";

std::vector<std::string> whats(const Json& timeline) {
  std::vector<std::string> found;
  for (const Json& entry : timeline) found.push_back(entry["what"]);
  return found;
}

TEST_CASE("one comment: all fields, why it was judged so, and how it would be judged now") {
  DeskExchange desk;
  const std::string id =
      desk.check(desk.here, "a <b>che\u200Bap</b> offer at http://shop.example/x \U0001F600");
  const Json one = desk.sent(desk.moderator, "GET", "verdicts/" + id);
  CHECK(one["comment"]["author"] == "Dora");
  CHECK(one["model"] == "small");
  CHECK(one["is_test"] == false);
  CHECK(one["reasons"][0]["signal"] == "local.cheap");
  CHECK(one["explanation"]["model"] == "small");
  CHECK(one["explanation"]["text"] == "a cheap offer at http://shop.example/x \U0001F600");
  CHECK(one["explanation"]["disguise"] == Json{{"tags", 2}, {"invisible", 1}});
  CHECK(one["explanation"]["marks"].is_array());
  CHECK(one["today"]["outcome"] == "discard");
  CHECK(one["links"] == Json::array({{{"url", "http://shop.example/x"},
                                      {"host", "shop.example"},
                                      {"domain", "shop.example"},
                                      {"anchor", ""},
                                      {"form", "bare"}}}));
  CHECK(one["alike"].empty());
  CHECK(whats(one["timeline"]) == std::vector<std::string>{"judged"});
  CHECK(one["timeline"][0]["outcome"] == "discard");
}

TEST_CASE("beside it stands what else its author wrote on the site, and how that was reported") {
  DeskExchange desk;
  const std::string first = desk.check(desk.here, "the first of mine", "Ann@mail.example");
  const std::string second = desk.check(desk.here, "and a second one", "ann@mail.example");
  desk.check(desk.here, "somebody else's", "joann@mail.example");
  desk.check(desk.there, "on another site", "ann@mail.example");
  desk.sent(desk.moderator, "POST", "verdicts/reports", {{"ids", {first}}, {"label", "spam"}});
  const Json one = desk.sent(desk.moderator, "GET", "verdicts/" + second);
  CHECK(one["id"] == second);
  CHECK(one["site"]["url"] == "here.example");
  CHECK(one["author_spam"] == 1);
  const Json& history = one["author_history"];
  CHECK(history["by"] == "email");
  CHECK(history["spam"] == 1);
  CHECK(history["ham"] == 0);
  REQUIRE(history["verdicts"].size() == 1);
  CHECK(history["verdicts"][0]["id"] == first);
  CHECK(history["verdicts"][0]["report"]["label"] == "spam");
}

TEST_CASE("reports and what they changed are in the comment's page; other sites are not named") {
  DeskExchange desk;
  const std::string id = desk.check(desk.here, kText);
  desk.installation.now += 1000;
  const std::string theirs = desk.check(desk.there, kText);
  desk.sent(desk.owner, "POST", "verdicts/reports", {{"ids", {theirs}}, {"label", "ham"}});
  desk.installation.now += 1000;
  const Json reported =
      desk.sent(desk.moderator, "POST", "verdicts/reports", {{"ids", {id}}, {"label", "spam"}});
  const Json one = desk.sent(desk.moderator, "GET", "verdicts/" + id);
  CHECK(one["today"]["outcome"] != "ham");
  CHECK(whats(one["timeline"]) == std::vector<std::string>{"judged", "reported"});
  CHECK(one["timeline"][1]["by"].get<std::string>().starts_with("key "));
  REQUIRE(one["alike"].size() == 2);
  for (const Json& alike : one["alike"]) {
    const bool is_mine = alike["report"] == reported["results"][0]["report"];
    CHECK(alike["likeness"] == 1);
    CHECK(alike["label"] == (is_mine ? "spam" : "ham"));
    CHECK(alike["site"].is_null() == !is_mine);
    CHECK(alike["verdict"].is_null() == !is_mine);
    CHECK(alike["excerpt"].is_null() == !is_mine);
  }
  CHECK(desk.sent(desk.owner, "GET", "verdicts/" + id)["alike"][1]["excerpt"] == kText);

  desk.installation.now += 1000;
  desk.sent(desk.moderator, "POST", "reports/withdraw", {{"ids", {reported["results"][0]["report"]}}});
  const Json after = desk.sent(desk.moderator, "GET", "verdicts/" + id);
  CHECK(whats(after["timeline"]) == std::vector<std::string>{"judged", "reported", "withdrawn"});
  CHECK(after["today"]["outcome"] == "ham");
}

TEST_CASE("who may see one comment: not another site's, nor without an administrator's key") {
  DeskExchange desk;
  const std::string theirs = desk.check(desk.there, kText);
  CHECK(desk.send(desk.moderator, "GET", "verdicts/" + theirs).status == 404);
  CHECK(desk.send(desk.moderator, "GET", "verdicts/nonsense").status == 404);
  CHECK(desk.send(desk.owner, "GET", "verdicts/" + theirs).status == 200);
  CHECK(desk.send(desk.installation.add_key("there.example"), "GET", "verdicts/" + theirs).status == 403);
  CHECK(desk.ask("GET", "/api/v1/admin/verdicts/" + theirs).status == 401);
}

TEST_CASE("a text is tried as the site would judge it, and nothing is stored") {
  DeskExchange desk;
  const std::string id = desk.check(desk.here, kText);
  desk.sent(desk.moderator, "POST", "verdicts/reports", {{"ids", {id}}, {"label", "spam"}});
  const auto verdicts = must(desk.installation.store->count_verdicts({}));
  const auto sites = must(desk.installation.store->sites()).size();
  const Json by_url = desk.sent(desk.moderator, "POST", "try",
                                {{"site", "https://here.example/"}, {"comment", {{"content", kText}}}});
  CHECK(by_url["outcome"] != "ham");
  CHECK(to_text(by_url["reasons"]).find("memory.same_text") != std::string::npos);
  CHECK(by_url["alike"].size() == 1);
  CHECK(by_url["explanation"]["text"] == kText);
  CHECK(desk.sent(desk.owner, "POST", "try",
                  {{"site", desk.there.site.id}, {"comment", {{"content", kText}}}})["outcome"] == "ham");

  const struct {
    Json body;
    int status;
    const char* field;
  } cases[] = {
      {{{"site", "https://new.example/"}, {"comment", {{"content", kText}}}}, 404, "site"},
      {{{"site", "there.example"}, {"comment", {{"content", kText}}}}, 404, "site"},
      {{{"site", 4711}, {"comment", {{"content", kText}}}}, 404, "site"},
      {{{"comment", {{"content", kText}}}}, 400, "site"},
      {{{"site", "here.example"}}, 400, "comment"},
      {{{"site", "here.example"}, {"comment", {{"contents", kText}}}}, 400, "comment.contents"},
  };
  for (const auto& [body, status, field] : cases) {
    CAPTURE(to_text(body));
    const Reply reply = desk.send(desk.moderator, "POST", "try", body);
    CHECK(reply.status == status);
    CHECK(string_or(*parse_json(reply.body), "field") == field);
  }
  CHECK(must(desk.installation.store->count_verdicts({})) == verdicts);
  CHECK(must(desk.installation.store->sites()).size() == sites);
}

TEST_CASE("hostile comments are shown whole and within bounds") {
  DeskExchange desk;
  std::string links, marks, script = "<script>alert(1)</script><img src=x onerror=alert(1)> hello";
  for (int i = 0; i < 3000; ++i) links += "<a href=\"http://x" + std::to_string(i) + ".example/\">go</a> ";
  while (marks.size() < 100'000) marks += "\u202E\u2067cas\u0336ino\u200F ";
  for (const std::string& text : {links, marks, script, std::string(100'000, 'a')}) {
    const Json one = desk.sent(desk.moderator, "GET", "verdicts/" + desk.check(desk.here, text));
    CHECK(one["comment"]["content"] == text);
    CHECK(one["links"].size() <= 200);
    CHECK(one["explanation"]["marks"].size() <= 5000);
  }
}

}  // namespace
}  // namespace winnow::http::admin
