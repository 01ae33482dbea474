// One site's key can neither read nor change another site's data, and no key does what its scopes do not
// name. For every route of the table there is a case here that says how it could be tried; a new route
// without one fails.
#include <doctest/doctest.h>

#include <algorithm>
#include <list>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "service/desk.h"
#include "service/http/akismet_call.h"
#include "service/keys.h"
#include "service/lists.h"
#include "service/store/sqlite/connection.h"
#include "tests/unit/service/http/admin/signed_in.h"
#include "tests/unit/service/shelf.h"

namespace winnow::http {
namespace {

// Stands in all texts and names of the other site, and nowhere else.
constexpr std::string_view kMark = "zebra";

enum class Way {
  kTry,    // the request names data of the other site; whose that is gets another answer, or changes it
  kOwn,    // it is about the caller's own key or account: what else the request names makes no difference
  kNoSite  // there is no site's data behind it
};

// In path and body {own} is the caller's site, {url} and {site} are the other's URL and id; {verdict},
// {report}, {entry}, {key} and {person} things of the other's. A body that begins with a brace is JSON, else
// a form, to which the key is added.
struct Case {
  Way way = Way::kTry;
  std::vector<std::string> bodies = {""};  // each is tried
  std::string query = "";                  // with its question mark
};

const std::string kForm = "user_ip=203.0.113.7&comment_content=hello&blog=";

const std::map<std::string, Case>& cases() {
  static const std::map<std::string, Case> all = {
      {"POST /1.1/verify-key", {Way::kTry, {"blog={url}"}}},
      {"POST /1.1/comment-check", {Way::kTry, {kForm + "{url}"}}},
      {"POST /1.1/submit-spam",
       {Way::kTry, {kForm + "{url}", kForm + "{url}&guid={verdict}", kForm + "{own}&guid={verdict}"}}},
      {"POST /1.1/submit-ham",
       {Way::kTry, {kForm + "{url}", kForm + "{url}&guid={verdict}", kForm + "{own}&guid={verdict}"}}},
      {"POST /1.1/get-subscription", {Way::kOwn, {"blog={url}"}}},
      {"POST /1.1/get-stats", {Way::kTry, {"blog={url}&from=all"}}},
      {"POST /1.2/get-key-stats", {Way::kOwn, {"blog={url}"}}},
      {"GET /1.2/usage-limit", {Way::kOwn, {""}, "?blog={url}"}},
      {"POST /1.2/usage-limit", {Way::kOwn, {"blog={url}"}}},
      {"GET /1.2/key-sites", {Way::kOwn, {""}, "?blog={url}&filter="}},
      {"POST /1.2/key-sites", {Way::kOwn, {"blog={url}", "blog={url}&format=csv"}}},
      {"POST /1.1/token", {Way::kOwn, {"blog={url}"}}},
      {"POST /1.1/deactivate", {Way::kTry, {"blog={url}"}}},
      {"POST /1.1/verify-wpcom-key", {Way::kOwn, {"blog={url}"}}},
      {"GET /1.1/test", {Way::kNoSite}},
      {"GET /1.2/compatible-plugins", {Way::kNoSite}},
      {"POST /api/v1/check", {Way::kTry, {R"({"blog":"{url}","content":"hello"})"}}},
      {"POST /api/v1/check/batch", {Way::kTry, {R"({"comments":[{"blog":"{url}","content":"hello"}]})"}}},
      {"POST /api/v1/feedback",
       {Way::kTry,
        {R"({"id":"{verdict}","label":"spam"})",
         R"({"comment":{"blog":"{url}","content":"hello"},"label":"spam"})"}}},
      {"DELETE /api/v1/feedback/{report}", {Way::kTry}},
      {"GET /api/v1/verdicts/{verdict}", {Way::kTry}},
      {"GET /api/v1/admin/setup", {Way::kNoSite}},
      {"POST /api/v1/admin/setup", {Way::kNoSite, {R"({"code":"x","name":"x","password":"x"})"}}},
      {"POST /api/v1/admin/session", {Way::kNoSite, {R"({"name":"{person name}","password":"x"})"}}},
      {"GET /api/v1/admin/session", {Way::kOwn}},
      {"DELETE /api/v1/admin/session", {Way::kOwn}},
      {"POST /api/v1/admin/session/password",
       {Way::kOwn, {R"({"password":"x","new_password":"long enough now"})"}}},
      {"POST /api/v1/admin/session/language", {Way::kOwn, {R"({"language":"de"})"}}},
      {"POST /api/v1/admin/session/second-factor", {Way::kOwn, {R"({"password":"x"})"}}},
      {"PUT /api/v1/admin/session/second-factor", {Way::kOwn, {R"({"code":"123456"})"}}},
      {"POST /api/v1/admin/session/second-factor/off", {Way::kOwn, {R"({"password":"x"})"}}},
      {"GET /api/v1/admin/verdicts", {Way::kTry, {""}, "?q=site:{site}"}},
      {"GET /api/v1/admin/verdicts/counts", {Way::kTry, {""}, "?q=hills"}},
      {"POST /api/v1/admin/verdicts/delete", {Way::kTry, {R"({"ids":["{verdict}"]})"}}},
      {"POST /api/v1/admin/verdicts/reports", {Way::kTry, {R"({"ids":["{verdict}"],"label":"spam"})"}}},
      {"GET /api/v1/admin/verdicts/{verdict}", {Way::kTry}},
      {"POST /api/v1/admin/reports/withdraw", {Way::kTry, {R"({"ids":["{report}"]})"}}},
      {"POST /api/v1/admin/try", {Way::kTry, {R"({"site":{site},"comment":{"content":"hills and hills"}})"}}},
      {"GET /api/v1/admin/rules", {Way::kTry}},
      {"POST /api/v1/admin/rules/local.cheap", {Way::kTry, {R"({"on":false})"}}},
      {"GET /api/v1/admin/lists", {Way::kTry, {""}, "?site={site}"}},
      {"POST /api/v1/admin/lists",
       {Way::kTry,
        {R"({"list":"block","field":"author","pattern":"Bob","site":{site}})",
         R"({"list":"block","field":"author","pattern":"Bert","site":{site},"note":"x"})"}}},
      {"DELETE /api/v1/admin/lists/{entry}", {Way::kTry}},
      {"GET /api/v1/admin/training", {Way::kTry}},
      {"POST /api/v1/admin/models/rollback", {Way::kTry, {R"({"reason":"x"})"}}},
      {"POST /api/v1/admin/models/other/promote", {Way::kTry, {R"({"reason":"x"})"}}},
      {"GET /api/v1/admin/statistics", {Way::kTry, {""}, "?site={site}"}},
      {"GET /api/v1/admin/sites", {Way::kTry}},
      {"POST /api/v1/admin/sites", {Way::kTry, {R"({"url":"https://new.example"})"}}},
      {"POST /api/v1/admin/sites/{site}", {Way::kTry, {R"({"log_only":true})"}}},
      {"GET /api/v1/admin/keys", {Way::kTry}},
      {"POST /api/v1/admin/keys", {Way::kTry, {R"({"sites":[{site}],"kind":"api"})"}}},
      {"POST /api/v1/admin/keys/{key}", {Way::kTry, {R"({"scopes":["check"]})"}}},
      {"POST /api/v1/admin/keys/{key}/suspend", {Way::kTry}},
      {"POST /api/v1/admin/keys/{key}/resume", {Way::kTry}},
      {"POST /api/v1/admin/keys/{key}/revoke", {Way::kTry}},
      {"GET /api/v1/admin/people", {Way::kTry}},
      {"POST /api/v1/admin/people",
       {Way::kTry, {R"({"name":"New","role":"viewer","sites":[{site}],"password":"long enough now"})"}}},
      {"POST /api/v1/admin/people/{person}", {Way::kTry, {R"({"role":"owner"})"}}},
      {"DELETE /api/v1/admin/people/{person}", {Way::kTry}},
      {"GET /api/v1/admin/settings", {Way::kTry}},
      {"GET /api/v1/admin/log", {Way::kTry}},
      {"POST /api/v1/admin/privacy/find", {Way::kTry, {R"({"author":"Ann"})"}}},
      {"POST /api/v1/admin/privacy/export", {Way::kTry, {R"({"author":"Ann"})"}}},
      {"POST /api/v1/admin/privacy/erase", {Way::kTry, {R"({"author":"Ann"})"}}},
      {"GET /api/v1/admin/privacy/log", {Way::kTry}},
      {"GET /admin", {Way::kNoSite}},
      {"GET /admin/", {Way::kNoSite}},
      {"GET /admin/main.js", {Way::kNoSite}},
      {"GET /metrics", {Way::kNoSite}},
      {"GET /healthz", {Way::kNoSite}},
      {"GET /readyz", {Way::kNoSite}},
  };
  return all;
}

// The case of a route: what stands in its place for {id} is anything of one segment.
const std::pair<const std::string, Case>* case_of(const Route& route) {
  const std::string name = std::string(route.method) + " " + std::string(route.path);
  const std::size_t id = name.find("{id}");
  if (id == std::string::npos) {
    const auto found = cases().find(name);
    return found == cases().end() ? nullptr : &*found;
  }
  const std::string before = name.substr(0, id), after = name.substr(id + 4);
  for (const auto& one : cases()) {
    const std::string& key = one.first;
    if (key.size() <= before.size() + after.size() || !key.starts_with(before) || !key.ends_with(after))
      continue;
    const std::string segment = key.substr(id, key.size() - before.size() - after.size());
    const bool is_named = std::ranges::any_of(routes(), [&](const Route& other) {
      return key == std::string(other.method) + " " + std::string(other.path);
    });
    if (segment.find('/') == std::string::npos && !is_named) return &one;
  }
  return nullptr;
}

// Who sends a request.
struct Sender {
  std::string name;
  std::string site;            // their own
  std::string key;             // in the form, and as bearer
  std::vector<Field> headers;  // beside that
};

// Two sites with data of each kind, and people and keys of both.
struct World : Exchange {
  Shelf shelf;
  Router door{on_shelf()};
  Caller own = installation.caller("own.example");
  std::string own_key = installation.add_key("own.example");
  Caller other = installation.caller("zebra.example");
  std::string other_key = installation.add_key("zebra.example");
  KeyId other_key_id = installation.last_key;
  std::string own_token = installation.add_token({own.site.id});
  std::string other_token = installation.add_token({other.site.id});
  std::string owner_token = installation.add_token({});
  admin::Browser viewer = admin::sign_in_as(*this, Role::kViewer, {false, {own.site.id}}, "Vera");
  admin::Browser moderator = admin::sign_in_as(*this, Role::kModerator, {false, {own.site.id}}, "Mona");
  admin::Browser person = admin::sign_in_as(*this, Role::kViewer, {false, {other.site.id}}, "zebra person");
  std::string verdict = check(other, "hills with a zebra on them");
  std::string report = said(other, "the zebra sells cheap hills", Label::kSpam);
  std::int64_t entry = listed(other);

  World() {
    check(other, "a cheap zebra");
    // Reports of the own site, so that its figures are some.
    check(own, "hello there, how are you");
    said(own, "hello, hello again", Label::kHam);
    listed(own);
    must(installation.store->index_verdicts(100));
  }

  Context on_shelf() const {
    Context with_model = context;
    with_model.model = shelf.link();
    return with_model;
  }
  std::string check(const Caller& caller, const std::string& text) {
    installation.services.recheck.hosts = {"zebra.example"};
    CheckRequest request;
    request.comment.content = text;
    request.comment.author = caller.site.id == other.site.id ? "zebra author" : "Anna";
    request.comment.author_email = request.comment.author + "@" + caller.site.url;
    if (caller.site.id == other.site.id)
      request.callback = Callback{"https://zebra.example/hook", installation.secret.seal(other_key)};
    return must(winnow::check(installation.services, caller, request, random_id())).id;
  }
  std::string said(const Caller& caller, const std::string& text, Label label) {
    Report told;
    told.label = label;
    told.comment.content = text;
    told.reporter = caller.site.id == other.site.id ? "zebra reporter" : "Anna";
    return must(winnow::report(installation.services, caller, told)).id;
  }
  std::int64_t listed(const Caller& caller) {
    const bool is_other = caller.site.id == other.site.id;
    ListRequest request;
    request.pattern = is_other ? "zebra rider" : "Carl";
    request.site = caller.site.id;
    return must(add_list_entry(installation.services, request, is_other ? "zebra person" : "Mona")).entry.id;
  }

  std::string filled(std::string text, const Sender& sender) const {
    const std::pair<std::string_view, std::string> places[] = {{"{own}", sender.site},
                                                               {"{url}", other.site.url},
                                                               {"{site}", std::to_string(other.site.id)},
                                                               {"{verdict}", verdict},
                                                               {"{report}", report},
                                                               {"{entry}", std::to_string(entry)},
                                                               {"{key}", std::to_string(other_key_id)},
                                                               {"{person}", std::to_string(person.person)},
                                                               {"{person name}", "zebra person"}};
    for (const auto& [place, value] : places)
      for (std::size_t at = 0; (at = text.find(place)) != std::string::npos;)
        text.replace(at, place.size(), value);
    return text;
  }

  Reply send(const Sender& sender, const std::string& call, const std::string& query,
             std::string body) const {
    const std::size_t space = call.find(' ');
    std::string path = filled(call.substr(space + 1) + query, sender);
    body = filled(body, sender);
    std::vector<Field> headers = sender.headers;
    if (body.starts_with('{')) {
      headers.emplace_back("content-type", "application/json");
    } else if (path.starts_with("/1.")) {
      const std::string key = "api_key=" + sender.key + "&key=" + sender.key;
      if (call.starts_with("GET"))
        path += (query.empty() ? "?" : "&") + key;
      else
        body = key + "&" + body;
    }
    if (!sender.key.empty()) headers.emplace_back("authorization", "Bearer " + sender.key);
    const std::size_t mark = path.find('?');
    Request request;
    request.method = call.substr(0, space);
    request.path = path.substr(0, mark);
    if (mark != std::string::npos) request.query = path.substr(mark + 1);
    request.headers = std::move(headers);
    request.body = std::move(body);
    return door.answer(request);
  }

  // Those who have nothing to do with the other site, and may call this route.
  std::vector<Sender> outsiders(const Route& route) const {
    const std::string site = own.site.url;
    const Sender key{"key", site, own_key, {}}, token{"token", site, own_token, {}};
    if (route.scope == Scope::kAkismet || route.scope == Scope::kBearer) return {key, token};
    const Sender viewing{"viewer", site, "", viewer.headers()},
        moderating{"moderator", site, "", moderator.headers()};
    if (route.scope == Scope::kAdmin) return {token, viewing, moderating};
    return {key, token, viewing, moderating};
  }
  // Who may do this to the other site.
  Sender insider(const Route& route) const {
    if (route.scope != Scope::kAdmin) return {"insider", other.site.url, other_key, {}};
    return {"insider", other.site.url, route.need.role == Role::kOwner ? owner_token : other_token, {}};
  }

  // All rows that are the other site's, or nobody's. Left out: what every call of the outsiders notes of
  // themselves, and what is made of other rows.
  std::string rows() const {
    using sqlite::Query;
    std::list<std::string> selects;  // outlives the connection
    sqlite::Connection database(installation.directory.path() / "winnow.db", sqlite::Access::kReadWrite);
    const std::set<std::string> left_out = {"act",    "session",      "phrase",
                                            "search", "search_state", "house_revision"};
    const std::string site = std::to_string(other.site.id);
    const std::map<std::string, std::string> of_other = {
        {"site", "id = " + site},
        {"api_key", "id IN (SELECT api_key FROM api_key_site WHERE site = " + site + ")"},
        {"person", "id IN (SELECT person FROM person_site WHERE site = " + site + ")"}};
    std::vector<std::string> tables;
    Query names(database,
                "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT "
                "LIKE 'sqlite_%'");
    while (names.next()) tables.push_back(names.bytes(0));
    std::string all;
    for (const std::string& table : tables) {
      if (left_out.contains(table) || table.starts_with("search_")) continue;
      std::string columns, where = "1";
      Query info(database, "SELECT name FROM pragma_table_info(?)", {std::string_view(table)});
      while (info.next()) {
        columns += columns.empty() ? "quote(\"" : " || '|' || quote(\"";
        columns += info.bytes(0) + "\")";
        if (info.bytes(0) == "site") where = "site = " + site;
      }
      if (const auto own_rule = of_other.find(table); own_rule != of_other.end()) where = own_rule->second;
      selects.push_back("SELECT " + columns + " FROM " + table + " WHERE " + where + " ORDER BY 1");
      Query row(database, selects.back());
      while (row.next()) all += table + ": " + row.bytes(0) + "\n";
    }
    return all;
  }
};

std::string shown(const Reply& reply) {
  std::string text = std::to_string(reply.status) + " " + reply.body;
  for (const auto& [name, value] : reply.headers) text += "\n" + name + ": " + value;
  return text;
}

void try_as_outsider(const World& world, const Route& route, const std::string& call, const Case& tried,
                     const std::string& rows) {
  for (const Sender& outsider : world.outsiders(route)) {
    for (const std::string& body : tried.bodies) {
      CAPTURE(outsider.name);
      CAPTURE(body);
      const std::string answer = shown(world.send(outsider, call, tried.query, body));
      CAPTURE(answer);
      CHECK(answer.find(kMark) == std::string::npos);
      CHECK(answer.find("hills") == std::string::npos);
      CHECK(world.rows() == rows);
    }
  }
}

TEST_CASE("no route gives or changes another site's data, whoever asks") {
  std::set<std::string> used;
  for (const Route& route : routes()) {
    CAPTURE(route.method);
    CAPTURE(route.path);
    const auto* found = case_of(route);
    REQUIRE_MESSAGE(found, "this route has no case: how could it be tried with another site's key?");
    const auto& [call, tried] = *found;
    CHECK(used.insert(call).second);
    const World world;
    const std::string rows = world.rows();
    CHECK(rows.find(kMark) != std::string::npos);
    // What the outsiders are to be told from.
    const Sender insider = world.insider(route), outsider = world.outsiders(route).front();
    std::vector<std::string> refusals;
    if (tried.way == Way::kTry)
      for (const std::string& body : tried.bodies)
        refusals.push_back(world.send(outsider, call, tried.query, body).body);
    try_as_outsider(world, route, call, tried, rows);
    if (tried.way == Way::kOwn && route.scope == Scope::kAkismet) {
      const Reply named = world.send(outsider, call, tried.query, tried.bodies.front());
      CHECK(named.body == world.send(outsider, call, "", "").body);
    }
    // The same request is one that does something, where it may.
    for (std::size_t i = 0; i < refusals.size(); ++i) {
      CAPTURE(tried.bodies[i]);
      CAPTURE(refusals[i]);
      const Reply reply = world.send(insider, call, tried.query, tried.bodies[i]);
      CAPTURE(reply.body);
      CHECK((reply.body != refusals[i] || world.rows() != rows));
    }
  }
  for (const auto& [call, tried] : cases())
    CHECK_MESSAGE(used.contains(call), "there is no such route: ", call);
}

TEST_CASE("no route does what the key's scopes do not name") {
  for (const Route& route : routes()) {
    if (route.scope == Scope::kOpen) continue;
    CAPTURE(route.method);
    CAPTURE(route.path);
    World world;
    const auto* found = case_of(route);
    REQUIRE(found);
    const auto& [call, tried] = *found;
    const bool is_admins = route.scope == Scope::kAdmin || route.scope == Scope::kWatch;
    const KeyScopes any_of = is_admins ? KeyScopes{KeyScope::kAdmin} : route.need.any_of;
    CHECK_FALSE(any_of.empty());
    const KeyScopes others = KeyScopes::of_bits(kAllScopes.bits() & ~any_of.bits());
    const Sender lacking{"lacking", world.other.site.url, world.installation.add_token({}, others), {}};
    const std::string rows = world.rows();
    for (const std::string& body : tried.bodies) {
      const Reply reply = world.send(lacking, call, tried.query, body);
      CAPTURE(reply.body);
      if (route.scope == Scope::kAkismet) {
        CHECK(reply.body == "invalid");
        CHECK(header(reply, "X-akismet-alert-code") == akismet::kAlertNotAllowed);
        CHECK(header(reply, "X-akismet-debug-help").find("scope") != std::string::npos);
      } else {
        CHECK(reply.status == 403);
        CHECK(reply.body.find("scope") != std::string::npos);
      }
      CHECK(world.rows() == rows);
    }
    // Each that is named is enough.
    for (const KeyScope scope : any_of.list()) {
      const Sender having{"having", world.other.site.url, world.installation.add_token({}, {scope}), {}};
      const Reply reply = world.send(having, call, tried.query, tried.bodies.front());
      CHECK(reply.body.find("with the scope") == std::string::npos);
      CHECK(header(reply, "X-akismet-alert-code") == "");
    }
  }
}

}  // namespace
}  // namespace winnow::http
