#include "service/http/admin/verdicts.h"

#include <doctest/doctest.h>

#include "tests/unit/service/http/exchange.h"

namespace winnow::http {
namespace {

struct Desk {
  Exchange home;
  Store& store = *home.installation.store;
  SiteId site = must(store.add_site("a.example", 1)).id;
  SiteId other = must(store.add_site("b.example", 1)).id;
  std::string owner = key_of({}), moderator = key_of({site});

  std::string key_of(const std::vector<SiteId>& sites) { return home.installation.add_token(sites); }
  void check(char id, SiteId where, const std::string& content) {
    CheckRequest request;
    request.comment.content = content;
    request.comment.author = "Ann";
    request.comment.permalink = "https://a.example/post";
    must(winnow::check(home.installation.services, {0, must(store.site(where))}, request,
                       std::string(32, id)));
  }
  Reply get(const std::string& path, const std::string& key) {
    return home.ask("GET", path, "", {{"authorization", "Bearer " + key}});
  }
  Json json(const std::string& path, const std::string& key) {
    const Reply reply = get(path, key);
    REQUIRE(reply.status == 200);
    return must(parse_json(reply.body));
  }
  std::string ids(const std::string& query, const std::string& key) {
    std::string found;
    const Json page = json("/api/v1/admin/verdicts" + query, key);
    for (const Json& row : page["verdicts"]) found += row["id"].get<std::string>()[0];
    return found;
  }
};

TEST_CASE("a page of verdicts shows rows, newest first, and where the next one begins") {
  Desk desk;
  desk.check('a', desk.site, "cheap watches: <a href='https://w.example/x'>here</a> & more");
  desk.check('b', desk.site, "good words");
  desk.check('c', desk.other, "cheap shoes");
  CHECK(desk.ids("", desk.owner) == "cba");
  CHECK(desk.ids("?tab=spam", desk.owner) == "c");
  CHECK(desk.ids("?tab=discard", desk.owner) == "a");
  CHECK(desk.ids("?q=cheap", desk.owner) == "ca");
  CHECK(desk.ids("?q=cheap+-site:b.example", desk.owner) == "a");
  CHECK(desk.ids("?q=like:" + std::string(32, 'b'), desk.owner) == "b");
  const Json first = desk.json("/api/v1/admin/verdicts?limit=2", desk.owner);
  CHECK(first["verdicts"].size() == 2);
  CHECK(first["next"] == first["verdicts"][1]["seq"]);
  CHECK_FALSE(first.contains("indexing"));
  const Json second = desk.json("/api/v1/admin/verdicts?limit=2&before=" + first["next"].dump(), desk.owner);
  REQUIRE(second["verdicts"].size() == 1);
  CHECK(second["next"].is_null());
  const Json row = second["verdicts"][0];
  CHECK(row["id"] == std::string(32, 'a'));
  CHECK(row["site"] == Json({{"id", desk.site}, {"url", "a.example"}}));
  CHECK(row["outcome"] == "discard");
  CHECK(row["band"] == "spam");
  CHECK(row["reasons"].size() == 2);
  CHECK(row["reasons"][0]["signal"] == "local.cheap");
  CHECK(row["author"] == "Ann");
  CHECK(row["excerpt"] == "cheap watches: here & more");
  CHECK(row["links"] == Json::array({{{"host", "w.example"}, {"url", "https://w.example/x"}}}));
  CHECK(row["link_count"] == 1);
  CHECK(row["page"] == "https://a.example/post");
  CHECK(row["report"].is_null());
  CHECK(row["author_spam"] == 0);
}

TEST_CASE("counts of tabs, whole and searched, and of newer ones alone") {
  Desk desk;
  desk.check('a', desk.site, "cheap watches");
  desk.check('b', desk.site, "good words");
  desk.check('c', desk.other, "cheap shoes");
  const std::string path = "/api/v1/admin/verdicts/counts";
  const Json all = desk.json(path, desk.owner);
  CHECK(all["counts"] ==
        Json({{"unsure", 0}, {"spam", 2}, {"ham", 1}, {"discard", 0}, {"reported", 0}, {"all", 3}}));
  CHECK(all["most"] == 10000);
  CHECK(all["complete"] == true);
  CHECK(desk.json(path + "?q=cheap", desk.owner)["counts"]["all"] == 2);
  CHECK(desk.json(path + "?after=2", desk.owner)["counts"]["all"] == 1);
  CHECK(desk.json(path + "?q=cheap", desk.moderator)["counts"]["all"] == 1);
}

TEST_CASE("what is of another site is not there, and who has no key or role gets nothing") {
  Desk desk;
  desk.check('a', desk.site, "cheap watches");
  desk.check('b', desk.other, "cheap shoes");
  CHECK(desk.ids("", desk.moderator) == "a");
  CHECK(desk.ids("?q=cheap", desk.moderator) == "a");
  CHECK(desk.get("/api/v1/admin/verdicts?q=site:b.example", desk.moderator).status == 400);
  for (const char* path :
       {"/api/v1/admin/verdicts", "/api/v1/admin/verdicts/counts", "/api/v1/admin/statistics"})
    CHECK(desk.get(path, "").status == 401);
  const Reply refused = desk.home.ask("POST", "/api/v1/admin/verdicts/delete", R"({"ids":["a"]})",
                                      {{"authorization", "Bearer " + desk.moderator}});
  CHECK(refused.status == 403);
}

TEST_CASE("a query that cannot be read is told by its field") {
  Desk desk;
  for (const auto& [query, field] :
       std::initializer_list<std::pair<const char*, const char*>>{{"?tab=none", "tab"},
                                                                  {"?limit=0", "limit"},
                                                                  {"?limit=201", "limit"},
                                                                  {"?limit=x", "limit"},
                                                                  {"?before=-1", "before"},
                                                                  {"?q=score:x", "q"},
                                                                  {"?q=!!!", "q"}}) {
    CAPTURE(query);
    const Reply reply = desk.get(std::string("/api/v1/admin/verdicts") + query, desk.owner);
    CHECK(reply.status == 400);
    CHECK(parse_json(reply.body)->at("field") == field);
  }
}

TEST_CASE("an owner deletes for good, and the log says so without a word of the comment") {
  Desk desk;
  desk.check('a', desk.site, "cheap watches");
  desk.check('b', desk.other, "cheap shoes");
  desk.check('c', desk.other, "cheap hats");
  const auto post = [&](const std::string& body) {
    return desk.home.ask("POST", "/api/v1/admin/verdicts/delete", body,
                         {{"authorization", "Bearer " + desk.owner}, {"content-type", "application/json"}});
  };
  for (const char* bad : {"", "[]", "{}", R"({"ids":[]})", R"({"ids":[1]})", R"({"ids":"a"})"})
    CHECK(post(bad).status == 400);
  const std::string body = R"({"ids":[")" + std::string(32, 'a') + R"(",")" + std::string(32, 'b') +
                           R"(",")" + std::string(32, 'f') + R"("],"reason":"asked for"})";
  const Reply done = post(body);
  CHECK(done.status == 200);
  CHECK(parse_json(done.body)->at("deleted") == 2);
  CHECK(desk.ids("", desk.owner) == "c");
  CHECK(desk.ids("?q=cheap", desk.owner) == "c");
}

TEST_CASE("statistics count days, reasons, two weeks and the time of checks") {
  Desk desk;
  desk.check('a', desk.site, "cheap watches");
  desk.check('b', desk.site, "good words");
  desk.check('c', desk.other, "cheap shoes");
  const Json all = desk.json("/api/v1/admin/statistics", desk.owner);
  REQUIRE(all["days"].size() == 30);
  CHECK(all["days"][29] == Json({{"day", "2023-11-14"},
                                 {"ham", 1},
                                 {"unsure", 0},
                                 {"spam", 2},
                                 {"discard", 0},
                                 {"wrongly_flagged", 0},
                                 {"missed", 0}}));
  CHECK(all["days"][0]["day"] == "2023-10-16");
  const Json cheap = {{"signal", "local.cheap"}, {"sentence", "says cheap"}, {"hits", 2}};
  CHECK(std::count(all["reasons"].begin(), all["reasons"].end(), cheap) == 1);
  for (const Json& reason : all["reasons"]) {
    CHECK(reason["signal"] != "prior");
    CHECK(reason["sentence"] != "");
  }
  CHECK(all["week"] == Json({{"checked", 3}, {"spam", 2}, {"wrongly_flagged", 0}, {"missed", 0}}));
  CHECK(all["week_before"]["checked"] == 0);
  CHECK(all["latency_ms"]["checks"] == 0);
  CHECK(desk.json("/api/v1/admin/statistics?days=1", desk.moderator)["week"]["checked"] == 2);
  const std::string other = "/api/v1/admin/statistics?site=" + std::to_string(desk.other);
  CHECK(desk.json(other, desk.owner)["week"]["spam"] == 1);
  CHECK(desk.get(other, desk.moderator).status == 404);
  CHECK(desk.get("/api/v1/admin/statistics?days=367", desk.owner).status == 400);
}

TEST_CASE("the times of the last checks are told by rank") {
  CheckTimes times;
  CHECK(times.summary().checks == 0);
  for (int i = 1; i <= 100; ++i) times.add(i * 1000);
  CHECK(times.summary().p50 == 50);
  CHECK(times.summary().p99 == 99);
  for (std::size_t i = 0; i < CheckTimes::kMost; ++i) times.add(2000);
  CHECK(times.summary().p99 == 2);
  CHECK(times.summary().checks == CheckTimes::kMost);
}

}  // namespace
}  // namespace winnow::http
