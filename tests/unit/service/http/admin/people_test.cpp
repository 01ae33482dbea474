#include <doctest/doctest.h>

#include "service/people.h"
#include "tests/unit/service/http/admin/signed_in.h"

namespace winnow::http::admin {
namespace {

Json json_of(const Reply& reply) {
  return *parse_json(reply.body);
}

TEST_CASE("people are an owner's to see and to change") {
  Exchange home;
  const Browser moderator = sign_in_as(home, Role::kModerator);
  const Browser viewer = sign_in_as(home, Role::kViewer);
  sign_in_as(home, Role::kOwner);
  const std::string id = std::to_string(viewer.person);
  for (const Browser& browser : {moderator, viewer}) {
    for (const auto& [method, path] :
         {std::pair("GET", std::string("/api/v1/admin/people")),
          std::pair("POST", std::string("/api/v1/admin/people")),
          std::pair("POST", "/api/v1/admin/people/" + id), std::pair("DELETE", "/api/v1/admin/people/" + id),
          std::pair("GET", std::string("/api/v1/admin/settings")),
          std::pair("GET", std::string("/api/v1/admin/log"))}) {
      CAPTURE(path);
      CHECK(home.ask(method, path, "{}", browser.headers()).status == 403);
    }
  }
  CHECK(must(home.installation.store->accounts()).size() == 3);
}

TEST_CASE("a person is added, changed and removed") {
  Exchange home;
  const SiteId site = must(home.installation.store->add_site("a.example", 1)).id;
  const Browser owner = sign_in_as(home, Role::kOwner, {true, {}}, "Ann");
  const auto post = [&](const std::string& path, const Json& body) {
    return home.ask("POST", "/api/v1/admin/people" + path, to_text(body), owner.headers());
  };
  const Reply added =
      post("", {{"name", " Bob "}, {"role", "moderator"}, {"sites", {site}}, {"password", "correct horse"}});
  REQUIRE(added.status == 201);
  const Json bob = json_of(added);
  CHECK(bob.at("name") == "Bob");
  CHECK(bob.at("sites") == Json::array({{{"id", site}, {"url", "a.example"}}}));
  CHECK(bob.at("last_seen").is_null());
  CHECK(bob.at("second_factor") == false);
  const std::string path = "/" + std::to_string(bob.at("id").get<PersonId>());

  const Reply changed = post(path, {{"role", "owner"}});
  CHECK(changed.status == 200);
  CHECK(json_of(changed).at("role") == "owner");
  CHECK(json_of(changed).at("sites").is_null());
  CHECK(post(path, {{"role", "viewer"}, {"sites", {site}}}).status == 200);
  CHECK(post(path, {{"sites", nullptr}}).status == 200);
  CHECK(json_of(home.ask("GET", "/api/v1/admin/people", "", owner.headers())).at("people").size() == 2);
  CHECK(home.ask("DELETE", "/api/v1/admin/people" + path, "", owner.headers()).status == 204);
  CHECK(home.ask("DELETE", "/api/v1/admin/people" + path, "", owner.headers()).status == 404);
  CHECK(post(path, {{"role", "viewer"}}).status == 404);

  std::string acts;
  for (const Act& act : must(home.installation.store->acts({false, 0, 10}))) acts += act.act + " ";
  CHECK(acts == "person.delete person.change person.change person.change person.add ");
  CHECK(must(home.installation.store->acts({true, 0, 10})).front().what == R"({"name":"Bob"})");
}

TEST_CASE("what a person cannot be") {
  Exchange home;
  const SiteId site = must(home.installation.store->add_site("a.example", 1)).id;
  const Browser owner = sign_in_as(home, Role::kOwner, {true, {}}, "Ann");
  const Json good = {{"name", "Bob"}, {"role", "viewer"}, {"sites", {site}}, {"password", "correct horse"}};
  struct {
    const char* member;
    Json value;
    int status;
  } const cases[] = {{"name", "", 400},      {"name", "ANN", 409},          {"role", "admin", 400},
                     {"role", "owner", 400}, {"sites", Json::array(), 400}, {"sites", {99}, 400},
                     {"sites", "all", 400},  {"sites", {"1"}, 400},         {"password", "short", 400},
                     {"password", 1, 400},   {"second_factor", false, 400}};
  for (const auto& [member, value, status] : cases) {
    CAPTURE(member);
    CAPTURE(to_text(value));
    Json body = good;
    body[member] = value;
    CHECK(home.ask("POST", "/api/v1/admin/people", to_text(body), owner.headers()).status == status);
  }
  Json no_sites = good;
  no_sites.erase("sites");
  CHECK(home.ask("POST", "/api/v1/admin/people", to_text(no_sites), owner.headers()).status == 400);
  CHECK(must(home.installation.store->accounts()).size() == 1);
}

TEST_CASE("the last owner stays one") {
  Exchange home;
  const Browser owner = sign_in_as(home, Role::kOwner);
  const std::string path = "/api/v1/admin/people/" + std::to_string(owner.person);
  CHECK(home.ask("DELETE", path, "", owner.headers()).status == 409);
  CHECK(home.ask("POST", path, R"({"role":"moderator"})", owner.headers()).status == 409);
  CHECK(home.ask("GET", "/api/v1/admin/people", "", owner.headers()).status == 200);
}

TEST_CASE("a password that an owner sets ends the person's sessions; a second factor can be taken off") {
  Exchange home;
  const Browser owner = sign_in_as(home, Role::kOwner);
  const Browser viewer = sign_in_as(home, Role::kViewer);
  Store& store = *home.installation.store;
  must(store.change_account(viewer.person, {.second_factor = "sealed"}));
  const std::string path = "/api/v1/admin/people/" + std::to_string(viewer.person);
  CHECK(home.ask("POST", path, R"({"second_factor":true})", owner.headers()).status == 400);
  CHECK(home.ask("POST", path, R"({"second_factor":false})", owner.headers()).status == 200);
  CHECK(must(store.account(viewer.person))->second_factor.empty());
  CHECK(home.ask("GET", "/api/v1/admin/session", "", viewer.headers()).status == 200);
  CHECK(home.ask("POST", path, R"({"password":"correct horse"})", owner.headers()).status == 200);
  CHECK(home.ask("GET", "/api/v1/admin/session", "", viewer.headers()).status == 401);
  CHECK(home.ask("POST", "/api/v1/admin/session", R"({"name":"viewer","password":"correct horse"})").status ==
        200);
  const std::string own = "/api/v1/admin/people/" + std::to_string(owner.person);
  CHECK(home.ask("POST", own, R"({"password":"correct horse"})", owner.headers()).status == 200);
  CHECK(home.ask("GET", "/api/v1/admin/session", "", owner.headers()).status == 200);
  for (const Act& act : must(store.acts({false, 0, 10})))
    CHECK(act.what.find("correct horse") == std::string::npos);
}

TEST_CASE("a person who is removed is signed out") {
  Exchange home;
  const Browser owner = sign_in_as(home, Role::kOwner);
  const Browser viewer = sign_in_as(home, Role::kViewer);
  CHECK(home.ask("DELETE", "/api/v1/admin/people/" + std::to_string(viewer.person), "", owner.headers())
            .status == 204);
  CHECK(home.ask("GET", "/api/v1/admin/session", "", viewer.headers()).status == 401);
}

}  // namespace
}  // namespace winnow::http::admin
