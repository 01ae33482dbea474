#include "service/http/admin/caller.h"

#include <doctest/doctest.h>

#include "tests/unit/service/http/admin/signed_in.h"

namespace winnow::http::admin {
namespace {

Request request(const char* method, std::vector<Field> headers) {
  Request made;
  made.method = method;
  made.headers = std::move(headers);
  return made;
}

TEST_CASE("a person is known by the cookie of their session") {
  Exchange home;
  const SiteId site = must(home.installation.store->add_site("a.example", 1)).id;
  const Browser browser = sign_in_as(home, Role::kModerator, {false, {site}}, "Ann");
  const std::string cookie = "theme=dark; winnow_session=" + browser.token + "; x=1";
  const Person person = must(caller(home.context, request("GET", {{"cookie", cookie}})));
  CHECK(person.id == browser.person);
  CHECK(person.key == 0);
  CHECK(person.name == "Ann");
  CHECK(person.role == Role::kModerator);
  CHECK(person.may_see(site));
  CHECK_FALSE(person.may_see(site + 1));
}

TEST_CASE("a cookie that is no session is none; a key beside it counts then") {
  Exchange home;
  const Browser browser = sign_in_as(home, Role::kViewer);
  const auto kind = [&](const std::vector<Field>& headers) {
    const Result<Person> person = caller(home.context, request("GET", headers));
    return person ? ErrorKind::kInternal : person.error().kind;
  };
  const std::string token = browser.token;
  for (const std::string& cookie :
       {std::string(), std::string("winnow_session="), "winnow_session=" + std::string(64, '0'),
        "winnow_session=" + token + "0", "xwinnow_session=" + token, "winnow_session = " + token,
        "winnow_session=" + token.substr(1)}) {
    CAPTURE(cookie);
    CHECK(kind({{"cookie", cookie}}) == ErrorKind::kUnauthenticated);
  }
  must(home.installation.store->end_session(session_hash(home.installation.secret, token)));
  CHECK(kind({{"cookie", "winnow_session=" + token}}) == ErrorKind::kUnauthenticated);
  const std::string key = home.installation.add_token({}, {KeyScope::kAdmin});
  const Person program = must(caller(home.context, request("POST", {{"cookie", "winnow_session=" + token},
                                                                    {"authorization", "Bearer " + key}})));
  CHECK(program.id == 0);
  CHECK(program.name == "key " + hint_of(key));
  CHECK(program.role == Role::kOwner);
}

TEST_CASE("what may change something needs the token that the page has") {
  Exchange home;
  const Browser browser = sign_in_as(home, Role::kOwner);
  const Field cookie = {"cookie", "winnow_session=" + browser.token};
  const auto allowed = [&](const char* method, std::vector<Field> headers) {
    headers.push_back(cookie);
    const Result<Person> person = caller(home.context, request(method, std::move(headers)));
    if (!person) CHECK(person.error().kind == ErrorKind::kForbidden);
    return person.ok();
  };
  CHECK(allowed("GET", {}));
  CHECK(allowed("HEAD", {}));
  const Browser other = sign_in_as(home, Role::kViewer);
  for (const char* method : {"POST", "PUT", "DELETE"}) {
    CAPTURE(method);
    CHECK(allowed(method, {{"x-csrf-token", browser.csrf}}));
    CHECK_FALSE(allowed(method, {}));
    CHECK_FALSE(allowed(method, {{"x-csrf-token", ""}}));
    CHECK_FALSE(allowed(method, {{"x-csrf-token", other.csrf}}));
    CHECK_FALSE(allowed(method, {{"x-csrf-token", browser.token}}));
  }
}

TEST_CASE("what the browser says of where a call comes from counts beside the token") {
  struct {
    std::vector<Field> headers;
    bool ours;
  } const cases[] = {
      {{}, true},
      {{{"sec-fetch-site", "same-origin"}}, true},
      {{{"sec-fetch-site", "same-site"}}, false},
      {{{"sec-fetch-site", "cross-site"}}, false},
      // Behind a proxy that changes Host the browser's own word counts.
      {{{"sec-fetch-site", "same-origin"}, {"origin", "https://w.example"}, {"host", "127.0.0.1:8420"}},
       true},
      {{{"origin", "http://w.example:8420"}, {"host", "w.example:8420"}}, true},
      {{{"origin", "http://W.example:8420"}, {"host", "w.Example:8420"}}, true},
      {{{"origin", "http://w.example"}, {"host", "w.example:8420"}}, false},
      {{{"origin", "http://evil.example"}, {"host", "w.example"}}, false},
      {{{"origin", "null"}, {"host", "w.example"}}, false},
      {{{"origin", "http://w.example"}}, false},
  };
  Exchange home;
  const Browser browser = sign_in_as(home, Role::kOwner);
  for (const auto& [headers, ours] : cases) {
    CHECK(came_from_here(request("POST", headers)) == ours);
    std::vector<Field> all = browser.headers();
    all.insert(all.end(), headers.begin(), headers.end());
    CHECK(caller(home.context, request("POST", all)).ok() == ours);
    CHECK(caller(home.context, request("GET", all)).ok());
  }
}

}  // namespace
}  // namespace winnow::http::admin
