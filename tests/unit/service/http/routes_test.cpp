#include "service/http/routes.h"

#include <doctest/doctest.h>

#include <fstream>
#include <map>
#include <set>
#include <stdexcept>

#include "classifier/json.h"
#include "tests/source_dir.h"
#include "tests/unit/service/http/exchange.h"

namespace winnow::http {
namespace {

TEST_CASE("every route of the table is reached, and none twice") {
  std::set<std::string> seen;
  for (const Route& route : routes()) {
    CHECK(seen.insert(std::string(route.method) + " " + std::string(route.path)).second);
    CHECK(static_cast<bool>(route.handler));
    CHECK((route.method != "POST" && route.method != "PUT") == (route.body == BodyLimit::kNone));
  }
}

TEST_CASE("README.md beside routes.cpp has a row for every call of Akismet's, and for no other") {
  std::map<std::string, std::string> methods;  // by path, as in "GET, POST"
  for (const Route& route : routes())
    if (route.path.starts_with("/1.")) {
      std::string& of_path = methods[std::string(route.path)];
      of_path += (of_path.empty() ? "" : ", ") + std::string(route.method);
    }
  std::set<std::string> expected, told;
  for (const auto& [path, of_path] : methods) expected.insert("| " + of_path + " " + path + " |");
  std::ifstream page(source_dir() + "/service/http/README.md");
  for (std::string line; std::getline(page, line);)
    if (const std::string call = line.substr(0, line.find('|', 1) + 1);
        call.find(" /1.") != std::string::npos)
      told.insert(call);
  CHECK(told == expected);
}

TEST_CASE("README.md of the admin API has a row for every call of the table, with its role, and no other") {
  std::map<std::string, std::string> told;  // "GET /api/v1/admin/..." -> who may
  std::ifstream page(source_dir() + "/service/http/admin/README.md");
  for (std::string line; std::getline(page, line);) {
    const std::size_t end = line.find(" | ", 2);
    if (!line.starts_with("| ") || line.find(" /api/v1/admin/") > end) continue;
    told[line.substr(2, end - 2)] = line.substr(end + 3, line.find(" | ", end + 3) - end - 3);
  }
  CHECK_FALSE(told.empty());
  for (const Route& route : routes()) {
    if (!route.path.starts_with("/api/v1/admin/")) continue;
    const std::string call = std::string(route.method) + " " + std::string(route.path);
    CAPTURE(call);
    REQUIRE(told.contains(call));
    const std::string& who = told.at(call);
    if (route.scope == Scope::kAdmin)
      CHECK((who == to_string(route.need.role) || (who == "signed in" && route.need.role == Role::kViewer)));
    else
      CHECK((who == "anybody" || who == "the set-up code"));
    told.erase(call);
  }
  for (const auto& [call, who] : told) FAIL_CHECK("there is no such route: ", call);
}

TEST_CASE("the admin's routes are answered on the admin's address alone, the others on the other alone") {
  Exchange home;
  for (const Route& route : routes()) {
    CAPTURE(route.path);
    const bool admin = route.path.starts_with("/admin") || route.path.starts_with("/api/v1/admin/") ||
                       route.path == "/metrics";
    const bool health = route.path == "/healthz" || route.path == "/readyz";
    CHECK(side_of(route) == (health ? Side::kBoth : admin ? Side::kAdmin : Side::kPublic));
    for (const Side side : {Side::kPublic, Side::kAdmin}) {
      Request request;
      request.method = "PATCH";  // no handler is called: 405 where there is the route, else 404
      request.path = route.path;
      request.side = side;
      CHECK(home.router.answer(request).status == (health || side == side_of(route) ? 405 : 404));
    }
  }
}

TEST_CASE("503 to a check is no answer, and not forgotten by WordPress") {
  Exchange home;
  Request check;
  check.path = "/1.1/comment-check";
  const Reply reply = home.router.overloaded(check);
  CHECK(reply.status == 503);
  CHECK_FALSE(header(reply, "Retry-After").empty());
  CHECK(header(reply, "X-akismet-guid").size() == 32);
  for (const char* word : {"true", "false", "valid"}) CHECK(reply.body.find(word) == std::string::npos);
  check.path = "/api/v1/check";
  CHECK(home.router.overloaded(check).content_type == "application/problem+json");
}

TEST_CASE("unknown paths and methods") {
  Exchange home;
  struct {
    const char* method;
    const char* path;
    int status;
    const char* allow;
  } const cases[] = {
      {"GET", "/", 404, ""},
      {"POST", "/1.1/comment-check/", 404, ""},
      {"GET", "/1.1/comment-check", 405, "POST"},
      {"OPTIONS", "/1.1/verify-key", 405, "POST"},
      {"DELETE", "/api/v1/verdicts/abc", 405, "GET, HEAD"},
      {"GET", "/api/v1/verdicts/", 404, ""},
      {"GET", "/api/v1/verdicts/a/b", 404, ""},
      {"POST", "/api/v2/check", 404, ""},
      {"PUT", "/healthz", 405, "GET, HEAD"},
      {"HEAD", "/healthz", 200, ""},
  };
  for (const auto& [method, path, status, allow] : cases) {
    CAPTURE(method);
    CAPTURE(path);
    const Reply reply = home.ask(method, path);
    CHECK(reply.status == status);
    CHECK(header(reply, "Allow") == allow);
    const bool api = std::string_view(path).starts_with("/api");
    CHECK(reply.content_type.starts_with(api             ? "application/problem+json"
                                         : status == 200 ? "application/json"
                                                         : "text/plain"));
    CHECK_FALSE(reply.body.empty());
  }
}

TEST_CASE("bodies are read where a route wants one") {
  Exchange home;
  struct {
    const char* method;
    const char* path;
    std::size_t limit;
  } const cases[] = {{"POST", "/1.1/comment-check", kTestBody},
                     {"POST", "/1.1/verify-key", 64 * 1024},
                     {"GET", "/1.1/comment-check", 0},
                     {"POST", "/healthz", 0},
                     {"GET", "/healthz", 0},
                     {"POST", "/nowhere", 0}};
  for (const auto& [method, path, limit] : cases) {
    CAPTURE(path);
    Request head;
    head.method = method;
    head.path = path;
    CHECK(home.router.body_limit(head) == limit);
  }
}

TEST_CASE("every answer of comment-check has a GUID, even where no handler was asked") {
  Exchange home;
  Request head;
  head.method = "POST";
  head.path = "/1.1/comment-check";
  std::set<std::string> guids;
  for (const ErrorKind kind : {ErrorKind::kTooLarge, ErrorKind::kInvalid, ErrorKind::kInternal}) {
    const Reply reply = home.router.refuse(head, {kind, "m", ""});
    CHECK(reply.status == (kind == ErrorKind::kTooLarge ? 413 : kind == ErrorKind::kInvalid ? 400 : 500));
    guids.insert(header(reply, "X-akismet-guid"));
  }
  guids.insert(header(home.ask("PUT", "/1.1/comment-check"), "X-akismet-guid"));
  guids.insert(header(home.ask("POST", "/1.1/comment-check"), "X-akismet-guid"));
  CHECK(guids.size() == 5);
  for (const std::string& guid : guids) CHECK(guid.size() == 32);
  CHECK(header(home.ask("POST", "/1.1/verify-key"), "X-akismet-guid") == "");
}

TEST_CASE("a handler that throws is a 500 that names nothing") {
  Exchange home;
  const std::vector<Route> table = {
      {"POST", "/1.1/comment-check", Scope::kOpen,
       [](const Context&, const Call&) -> Reply { throw std::runtime_error("secret detail"); },
       BodyLimit::kSmall},
      {"POST", "/api/x", Scope::kOpen, [](const Context&, const Call&) -> Reply { throw 42; },
       BodyLimit::kSmall}};
  const Router router(home.context, table);
  Request request;
  request.method = "POST";
  request.path = "/1.1/comment-check";
  Reply reply = router.answer(request);
  CHECK(reply.status == 500);
  CHECK(reply.body.find("secret") == std::string::npos);
  CHECK(header(reply, "X-akismet-guid").size() == 32);
  request.path = "/api/x";
  reply = router.answer(request);
  CHECK(reply.status == 500);
  CHECK(reply.content_type == "application/problem+json");
}

TEST_CASE("bearer routes need a good key of either kind") {
  Exchange home;
  CHECK(home.ask("POST", "/api/v1/check", R"({"content":"hi"})").status == 401);
  CHECK(header(home.ask("POST", "/api/v1/check"), "WWW-Authenticate") != "");
  for (const KeyKind kind : {KeyKind::kAkismet, KeyKind::kApi}) {
    const std::string key = home.installation.add_key("a.example", kind);
    CHECK(home.ask("POST", "/api/v1/check", R"({"content":"hi"})", {{"authorization", "Bearer " + key}})
              .status == 200);
    must(home.installation.store->revoke_key(home.installation.last_key, 1));
    const Reply revoked =
        home.ask("POST", "/api/v1/check", R"({"content":"hi"})", {{"authorization", "Bearer " + key}});
    CHECK(revoked.status == 401);
    CHECK(parse_json(revoked.body)->at("field") == "Authorization");
  }
}

// One request a second of each client, ten at once; keys are not limited.
struct Busy : Exchange {
  Router busy{limited({0, 1, 10, 1000})};

  Context limited(const GateRates& rates) const {
    Context with_gate = context;
    with_gate.gate = std::make_shared<Gate>(rates);
    return with_gate;
  }
  static Request request(const char* method, const char* path, std::string body = "") {
    Request request;
    request.method = method;
    request.path = path;
    request.body = std::move(body);
    request.remote_addr = "203.0.113.7";
    return request;
  }
};

TEST_CASE("who comes too often must wait, whatever they ask, but for whether winnow is well") {
  Busy home;
  for (int i = 0; i < 10; ++i) CHECK(home.busy.answer(Busy::request("GET", "/admin")).status == 200);
  for (const char* path : {"/admin", "/nowhere", "/api/v1/check", "/api/v1/admin/keys", "/1.1/comment-check",
                           "/1.1/verify-key", "/1.1/nowhere"}) {
    CAPTURE(path);
    const Reply reply = home.busy.answer(Busy::request("POST", path));
    CHECK(reply.status == 429);
    CHECK(header(reply, "Retry-After") == "1");
    const std::string_view text = path;
    CHECK(
        reply.content_type.starts_with(text.starts_with("/api") ? "application/problem+json" : "text/plain"));
    // WordPress holds the comment, which takes a GUID, and shows the message. What verify-key answers must
    // not keep its cron from trying again.
    CHECK(header(reply, "X-akismet-guid").empty() == (text != "/1.1/comment-check"));
    const bool alerts = text.starts_with("/1.") && text != "/1.1/verify-key";
    CHECK(header(reply, "X-akismet-alert-code") == (alerts ? "10011" : ""));
    CHECK(header(reply, "X-akismet-alert-msg").empty() == !alerts);
    for (const char* word : {"true", "false", "valid", "Thanks"})
      CHECK(reply.body.find(word) == std::string::npos);
  }
  CHECK(home.busy.answer(Busy::request("GET", "/healthz")).status == 200);
  CHECK(home.busy.answer(Busy::request("GET", "/readyz")).status == 200);
  home.installation.now += 1000;
  CHECK(home.busy.answer(Busy::request("GET", "/admin")).status == 200);
}

TEST_CASE("a batch counts its comments") {
  Busy home;
  const std::string key = home.installation.add_key("a.example");
  const auto batch = [&](int comments) {
    Json body = {{"comments", Json::array()}};
    for (int i = 0; i < comments; ++i) body["comments"].push_back({{"content", "hi"}});
    Request request = Busy::request("POST", "/api/v1/check/batch", to_text(body));
    request.headers = {{"authorization", "Bearer " + key}};
    return home.busy.answer(request);
  };
  CHECK(batch(6).status == 200);
  const Reply refused = batch(6);
  CHECK(refused.status == 429);
  CHECK(header(refused, "Retry-After") == "2");
  home.installation.now += 2000;
  CHECK(batch(5).status == 200);
}

TEST_CASE("wrong keys are answered as ever, until there are too many; by an API and by Akismet's") {
  Busy home;
  const auto bearer = [&](const std::string& key) {
    Request request = Busy::request("POST", "/api/v1/check", R"({"content":"hi"})");
    request.headers = {{"authorization", "Bearer " + key}};
    return home.busy.answer(request);
  };
  for (int i = 0; i < 5; ++i) {
    CHECK(bearer(generate_key(KeyKind::kApi)).status == 401);
    const Reply wrong = home.busy.answer(Busy::request(
        "POST", "/1.1/comment-check", "api_key=" + generate_key(KeyKind::kAkismet) + "&blog=a.example"));
    CHECK(wrong.body == "invalid");
    home.installation.now += 1000;
  }
  home.installation.now += 1000;
  CHECK(bearer(generate_key(KeyKind::kApi)).status == 401);
  const Reply refused = bearer(generate_key(KeyKind::kApi));
  CHECK(refused.status == 429);
  CHECK(parse_json(refused.body)->at("field") == "Authorization");
  const Reply held = home.busy.answer(Busy::request(
      "POST", "/1.1/comment-check", "api_key=" + home.installation.add_key("a.example") + "&blog=a.example"));
  CHECK(held.status == 429);
  CHECK(header(held, "X-akismet-guid").size() == 32);
  CHECK(header(held, "X-akismet-alert-code") == "10011");
}

TEST_CASE("admin routes take an administrator's key, and the role that they name") {
  Exchange home;
  static std::string called_by;
  const auto handler = [](const Context&, const Call& call) {
    called_by = std::string(to_string(call.person.role)) + (call.person.any_site ? " everywhere" : "");
    return Reply{};
  };
  const std::vector<Route> table = {
      {"GET", "/api/view", Scope::kAdmin, handler, BodyLimit::kNone},
      {"GET", "/api/moderate", Scope::kAdmin, handler, BodyLimit::kNone, Role::kModerator},
      {"GET", "/api/own", Scope::kAdmin, handler, BodyLimit::kNone, Role::kOwner}};
  const Router router(home.context, table);
  const auto ask = [&](const char* path, const std::string& key) {
    called_by.clear();
    Request request;
    request.method = "GET";
    request.path = path;
    if (!key.empty()) request.headers = {{"authorization", "Bearer " + key}};
    return router.answer(request).status;
  };
  Store& store = *home.installation.store;
  const auto key_of = [&](const std::vector<SiteId>& sites, bool admin) {
    return home.installation.add_token(sites, admin ? kAllScopes : kCheckAndFeedback);
  };
  const SiteId site = must(store.add_site("a.example", 1)).id;
  CHECK(ask("/api/view", "") == 401);
  CHECK(ask("/api/view", key_of({}, false)) == 403);
  const std::string moderator = key_of({site}, true);
  CHECK(ask("/api/view", moderator) == 200);
  CHECK(ask("/api/moderate", moderator) == 200);
  CHECK(called_by == "moderator");
  CHECK(ask("/api/own", moderator) == 403);
  CHECK(called_by.empty());
  const std::string owner = key_of({}, true);
  CHECK(ask("/api/own", owner) == 200);
  CHECK(called_by == "owner everywhere");
  must(store.suspend_key(home.installation.last_key, 1));
  CHECK(ask("/api/own", owner) == 403);
  must(store.revoke_key(home.installation.last_key, 1));
  CHECK(ask("/api/own", owner) == 401);
}

}  // namespace
}  // namespace winnow::http
