#include "service/http/admin/lists.h"

#include <doctest/doctest.h>

#include "classifier/json.h"
#include "tests/unit/service/http/exchange.h"

namespace winnow::http::admin {
namespace {

// Two sites, an owner's key, and a moderator's of the first.
struct Desk {
  Exchange home;
  Store& store = *home.installation.store;
  SiteId here = must(store.add_site("here.example", 1)).id;
  SiteId there = must(store.add_site("there.example", 1)).id;
  std::string owner = key_of({});
  std::string moderator = key_of({here});

  std::string key_of(const std::vector<SiteId>& sites) { return home.installation.add_token(sites); }
  Reply ask(const std::string& key, const char* method, const std::string& path, const Json& body = {}) {
    return home.ask(method, "/api/v1/admin" + path, body.is_null() ? "" : to_text(body),
                    {{"authorization", "Bearer " + key}});
  }
  Json entries(const std::string& key, const std::string& query = "") {
    const Reply reply = ask(key, "GET", "/lists" + query);
    CHECK(reply.status == 200);
    return parse_json(reply.body)->at("entries");
  }
  Json add(const std::string& key, const Json& body) {
    const Reply reply = ask(key, "POST", "/lists", body);
    CAPTURE(reply.body);
    REQUIRE(reply.status == 201);
    return *parse_json(reply.body);
  }
  Json refused(const std::string& key, int status, const char* method, const std::string& path,
               const Json& body = {}) {
    const Reply reply = ask(key, method, path, body);
    CAPTURE(reply.body);
    CHECK(reply.status == status);
    return *parse_json(reply.body);
  }
  std::vector<Act> acts() { return must(store.acts({false, 0, 100})); }
};

TEST_CASE("an entry is added, shown and removed, and each act is noted without anybody's name or address") {
  Desk desk;
  const Json made = desk.add(desk.owner, {{"list", "block"},
                                          {"field", "email"},
                                          {"pattern", " Anna@Example.org "},
                                          {"note", "writes too much"},
                                          {"until", "2030-01-31T23:59:59+01:00"}});
  CHECK(made["list"] == "block");
  CHECK(made["field"] == "email");
  CHECK(made["pattern"] == "Anna@Example.org");
  CHECK(made["site"].is_null());
  CHECK(made["note"] == "writes too much");
  CHECK(made["by"] == "key " + hint_of(desk.owner));
  CHECK(made["at"] == "2023-11-14T22:13:20.000Z");
  CHECK(made["until"] == "2030-01-31T22:59:59.000Z");
  CHECK(made["hits"] == 0);
  const Json of_site =
      desk.add(desk.moderator,
               {{"list", "allow"}, {"field", "domain"}, {"pattern", "good.example"}, {"site", desk.here}});
  CHECK(of_site["site"] == Json{{"id", desk.here}, {"url", "here.example"}});
  CHECK(of_site["until"].is_null());
  CHECK(desk.entries(desk.owner) == Json::array({of_site, made}));
  const std::string id = std::to_string(of_site["id"].get<int>());
  CHECK(desk.ask(desk.moderator, "DELETE", "/lists/" + id).status == 204);
  CHECK(desk.entries(desk.owner) == Json::array({made}));
  const std::vector<Act> acts = desk.acts();
  REQUIRE(acts.size() == 3);
  CHECK(acts[2].act == "list.add");
  CHECK_FALSE(acts[2].site.has_value());
  CHECK(acts[2].what.find("nna") == std::string::npos);
  CHECK(acts[1].site == desk.here);
  CHECK(acts[0].act == "list.delete");
  CHECK(acts[0].what.find("good.example") != std::string::npos);
}

TEST_CASE("a moderator sees and changes what is of their sites; what is of all sites is for owners") {
  Desk desk;
  const Json all = desk.add(desk.owner, {{"list", "block"}, {"field", "text"}, {"pattern", "casino"}});
  const Json there = desk.add(
      desk.owner, {{"list", "block"}, {"field", "text"}, {"pattern", "other"}, {"site", desk.there}});
  CHECK(desk.entries(desk.moderator) == Json::array({all}));
  const auto path = [](const Json& entry) { return "/lists/" + std::to_string(entry["id"].get<int>()); };
  CHECK(desk.refused(desk.moderator, 404, "DELETE", path(there)) ==
        desk.refused(desk.moderator, 404, "DELETE", "/lists/999"));
  desk.refused(desk.moderator, 403, "DELETE", path(all));
  const Json words = {{"list", "block"}, {"field", "text"}, {"pattern", "words"}};
  desk.refused(desk.moderator, 403, "POST", "/lists", words);
  Json elsewhere = words;
  elsewhere["site"] = desk.there;
  CHECK(desk.refused(desk.moderator, 404, "POST", "/lists", elsewhere)["field"] == "site");
  desk.refused(desk.moderator, 404, "GET", "/lists?site=" + std::to_string(desk.there));
  elsewhere["site"] = 999;
  desk.refused(desk.owner, 404, "POST", "/lists", elsewhere);
  desk.refused(desk.owner, 404, "DELETE", "/lists/x");
  CHECK(desk.entries(desk.owner, "?site=" + std::to_string(desk.here)) == Json::array({all}));
  CHECK(desk.acts().size() == 2);
}

TEST_CASE("pages, words, and what cannot be read") {
  Desk desk;
  for (const char* pattern : {"one.example", "two.example", "three.example"})
    desk.add(desk.owner, {{"list", "block"}, {"field", "domain"}, {"pattern", pattern}});
  const Json first = *parse_json(desk.ask(desk.owner, "GET", "/lists?limit=2").body);
  CHECK(first["entries"].size() == 2);
  const Json second = *parse_json(
      desk.ask(desk.owner, "GET", "/lists?limit=2&before=" + std::to_string(first["next"].get<int>())).body);
  CHECK(second["entries"].size() == 1);
  CHECK(second["next"].is_null());
  CHECK(desk.entries(desk.owner, "?q=TWO").size() == 1);
  for (const char* query : {"?limit=0", "?limit=201", "?limit=x", "?before=-1", "?site=x"})
    desk.refused(desk.owner, 400, "GET", std::string("/lists") + query);

  const Json good = {{"list", "block"}, {"field", "text"}, {"pattern", "good"}};
  struct {
    const char* member;
    Json value;
  } const wrong[] = {{"list", "deny"},
                     {"list", 1},
                     {"field", "content"},
                     {"field", nullptr},
                     {"pattern", "*"},
                     {"pattern", nullptr},
                     {"site", "x"},
                     {"until", "tomorrow"},
                     {"until", "2020-01-01"},
                     {"until", "2030-02-30"},
                     {"until", "2030-01-01T25:00:00Z"},
                     {"more", 1},
                     {"note", std::string(1001, 'x')}};
  for (const auto& [member, value] : wrong) {
    Json body = good;
    body[member] = value;
    CAPTURE(member);
    CHECK(desk.refused(desk.owner, 400, "POST", "/lists", body)["field"] == member);
  }
  desk.refused(desk.owner, 400, "POST", "/lists", Json::array());
  desk.add(desk.owner, good);
  CHECK(desk.refused(desk.owner, 409, "POST", "/lists", good)["field"] == "pattern");
}

}  // namespace
}  // namespace winnow::http::admin
