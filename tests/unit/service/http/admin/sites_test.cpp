#include <doctest/doctest.h>

#include "tests/unit/service/http/admin/signed_in.h"

namespace winnow::http::admin {
namespace {

Json json_of(const Reply& reply) {
  return *parse_json(reply.body);
}

TEST_CASE("a person sees the sites that are theirs, with what they ask") {
  Exchange home;
  Store& store = *home.installation.store;
  const std::string key = home.installation.add_key("a.example");
  home.ask("POST", "/api/v1/check", R"({"content":"hi"})", {{"authorization", "Bearer " + key}});
  const SiteId first = must(store.find_site("a.example"))->id;
  must(store.add_site("b.example", 1));
  const Browser viewer = sign_in_as(home, Role::kViewer, {false, {first}});
  const Json seen = json_of(home.ask("GET", "/api/v1/admin/sites", "", viewer.headers()));
  REQUIRE(seen.at("sites").size() == 1);
  const Json& site = seen.at("sites").at(0);
  CHECK(site.at("id") == first);
  CHECK(site.at("url") == "a.example");
  CHECK(site.at("log_only") == false);
  CHECK(site.at("checks_30_days") == 1);
  CHECK(site.at("last_check") == "2023-11-14T22:13:20.000Z");
  const Browser owner = sign_in_as(home, Role::kOwner);
  const Json all = json_of(home.ask("GET", "/api/v1/admin/sites", "", owner.headers()));
  REQUIRE(all.at("sites").size() == 2);
  CHECK(all.at("sites").at(1).at("last_check").is_null());
  CHECK(all.at("default_thresholds").at("spam").is_number());
}

TEST_CASE("sites are an owner's to add and to change") {
  Exchange home;
  const Browser owner = sign_in_as(home, Role::kOwner);
  const auto post = [&](const std::string& path, const char* body) {
    return home.ask("POST", "/api/v1/admin/sites" + path, body, owner.headers());
  };
  const Reply added = post("", R"({"url":"https://Blog.example/"})");
  CHECK(added.status == 201);
  CHECK(json_of(added).at("url") == "blog.example");
  CHECK(post("", R"({"url":"http://blog.example"})").status == 409);
  CHECK(post("", R"({"url":"no address"})").status == 400);
  CHECK(post("", R"({"url":"a.example","id":3})").status == 400);
  const std::string id = "/" + std::to_string(json_of(added).at("id").get<SiteId>());
  CHECK(json_of(post(id, R"({"log_only":true})")).at("log_only") == true);
  CHECK(json_of(post(id, "{}")).at("log_only") == true);
  CHECK(json_of(post(id, R"({"log_only":false})")).at("log_only") == false);
  CHECK(post(id, R"({"log_only":1})").status == 400);
  CHECK(post("/99", R"({"log_only":true})").status == 404);
  CHECK(post("/x", R"({"log_only":true})").status == 404);
  const std::vector<Act> acts = must(home.installation.store->acts({false, 0, 10}));
  REQUIRE(acts.size() == 3);
  CHECK(acts[0].act == "site.change");
  CHECK(acts[0].site.has_value());
  CHECK(acts[2].act == "site.add");
  const Browser moderator = sign_in_as(home, Role::kModerator);
  CHECK(home.ask("POST", "/api/v1/admin/sites", R"({"url":"c.example"})", moderator.headers()).status == 403);
  CHECK(home.ask("POST", "/api/v1/admin/sites" + id, R"({"log_only":true})", moderator.headers()).status ==
        403);
}

TEST_CASE("a key is shown once, is good at once, and is suspended, resumed and revoked") {
  Exchange home;
  const SiteId site = must(home.installation.store->add_site("a.example", 1)).id;
  const Browser owner = sign_in_as(home, Role::kOwner);
  const auto post = [&](const std::string& path, const Json& body) {
    return home.ask("POST", "/api/v1/admin/keys" + path, to_text(body), owner.headers());
  };
  const auto check = [&](const std::string& key) {
    return home.ask("POST", "/api/v1/check", R"({"content":"hi"})", {{"authorization", "Bearer " + key}})
        .status;
  };
  const Reply made = post("", {{"sites", {site, site}}, {"kind", "api"}});
  REQUIRE(made.status == 201);
  const std::string key = json_of(made).at("key");
  CHECK(key.starts_with("wnw_" + json_of(made).at("hint").get<std::string>()));
  CHECK(check(key) == 200);
  const Reply listed = home.ask("GET", "/api/v1/admin/keys", "", owner.headers());
  CHECK(listed.body.find(key) == std::string::npos);
  const Json row = json_of(listed).at("keys").at(0);
  CHECK(row.at("kind") == "api");
  CHECK(row.at("sites") == Json::array({{{"id", site}, {"url", "a.example"}}}));
  CHECK(row.at("scopes") == Json::array({"check", "feedback"}));
  CHECK(row.at("networks") == Json::array());
  CHECK(row.at("expires_at").is_null());
  CHECK(row.at("last_used_at").is_null());
  CHECK(row.at("revoked_at").is_null());
  const std::string id = "/" + std::to_string(row.at("id").get<KeyId>());
  CHECK(json_of(post(id + "/suspend", Json::object())).at("suspended_at").is_string());
  CHECK(check(key) == 403);
  CHECK(json_of(post(id + "/resume", Json::object())).at("suspended_at").is_null());
  CHECK(check(key) == 200);
  CHECK(json_of(post(id + "/revoke", Json::object())).at("revoked_at").is_string());
  CHECK(check(key) == 401);
  CHECK(post("/99/revoke", Json::object()).status == 404);
  for (const Act& act : must(home.installation.store->acts({false, 0, 10}))) {
    CHECK(act.act.starts_with("key."));
    CHECK(act.what.find(key) == std::string::npos);
  }
}

TEST_CASE("what a key cannot be; whose keys they are") {
  Exchange home;
  const SiteId site = must(home.installation.store->add_site("a.example", 1)).id;
  const Browser owner = sign_in_as(home, Role::kOwner);
  for (const char* body :
       {R"({"kind":"api"})", R"({"sites":[],"kind":"api"})", R"({"sites":[99],"kind":"api"})",
        R"({"sites":null,"kind":"other"})", R"({"sites":null})",
        R"({"sites":null,"kind":"api","scopes":"check"})", R"({"sites":null,"kind":"api","scopes":[]})",
        R"({"sites":null,"kind":"api","scopes":["reign"]})",
        R"({"sites":null,"kind":"api","scopes":["curator"]})",
        R"({"sites":null,"kind":"akismet","scopes":["check","admin"]})",
        R"({"sites":null,"kind":"api","networks":["elsewhere"]})",
        R"({"sites":null,"kind":"api","networks":[7]})",
        R"({"sites":null,"kind":"api","expires_at":"2001-01-01"})",
        R"({"sites":null,"kind":"api","expires_at":"soon"})"}) {
    CAPTURE(body);
    CHECK(home.ask("POST", "/api/v1/admin/keys", body, owner.headers()).status == 400);
  }
  CHECK(must(home.installation.store->keys()).empty());
  const Json any = json_of(home.ask("POST", "/api/v1/admin/keys",
                                    R"({"sites":null,"kind":"akismet","scopes":["feedback"],
                                        "networks":["198.51.100.0/24"],"expires_at":"2100-01-01"})",
                                    owner.headers()));
  CHECK(any.at("sites").is_null());
  CHECK(any.at("scopes") == Json::array({"feedback"}));
  CHECK(any.at("networks") == Json::array({"198.51.100.0/24"}));
  CHECK(any.at("expires_at") == "2100-01-01T00:00:00.000Z");
  CHECK(any.at("key").get<std::string>().size() == 12);
  const Browser moderator = sign_in_as(home, Role::kModerator, {false, {site}});
  CHECK(home.ask("GET", "/api/v1/admin/keys", "", moderator.headers()).status == 403);
  CHECK(home.ask("POST", "/api/v1/admin/keys/1/revoke", "", moderator.headers()).status == 403);
}

TEST_CASE("scopes, networks and expiry of a key are changed") {
  Exchange home;
  const Browser owner = sign_in_as(home, Role::kOwner);
  const std::string key = home.installation.add_key("a.example");
  const std::string path = "/api/v1/admin/keys/" + std::to_string(home.installation.last_key);
  const auto change = [&](const char* body) { return home.ask("POST", path, body, owner.headers()); };
  const auto check = [&] {
    return home.ask("POST", "/api/v1/check", R"({"content":"hi"})", {{"authorization", "Bearer " + key}})
        .status;
  };
  CHECK(json_of(change(R"({"scopes":["feedback"]})")).at("scopes") == Json::array({"feedback"}));
  CHECK(check() == 403);
  CHECK(change(R"({"scopes":["check"],"expires_at":"2023-11-14T22:13:21Z"})").status == 200);
  CHECK(check() == 200);
  home.installation.now += 1000;
  CHECK(check() == 401);
  const Json changed = json_of(change(R"({"expires_at":null,"networks":["203.0.113.0/24"]})"));
  CHECK(changed.at("expires_at").is_null());
  CHECK(changed.at("scopes") == Json::array({"check"}));
  CHECK(check() == 401);
  CHECK(change(R"({"networks":[]})").status == 200);
  CHECK(check() == 200);
  CHECK(change(R"({"scopes":["admin"]})").status == 400);
  CHECK(change(R"({"kind":"api"})").status == 400);
  CHECK(home.ask("POST", "/api/v1/admin/keys/99", "{}", owner.headers()).status == 404);
  const std::vector<Act> acts = must(home.installation.store->acts({false, 0, 10}));
  REQUIRE(acts.size() == 4);
  CHECK(acts[0].act == "key.change");
  CHECK(parse_json(acts[1].what)->at("networks") == Json::array({"203.0.113.0/24"}));
}

}  // namespace
}  // namespace winnow::http::admin
