#include "service/access.h"

#include <doctest/doctest.h>

#include "tests/unit/service/installation.h"

namespace winnow {
namespace {

const SitePolicy kManySites{{}, 100};
const SitePolicy kOneSite{{}, 1};

ErrorKind kind_of(const Result<Caller>& refused) {
  REQUIRE_FALSE(refused.ok());
  return refused.error().kind;
}

TEST_CASE("keys are accepted without regard to case, unless revoked") {
  Installation home;
  const std::string key = home.add_key("a.example");
  std::string upper = key;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  CHECK(must(authenticate(*home.store, home.secret, key)).id == home.last_key);
  CHECK(must(authenticate(*home.store, home.secret, upper)).id == home.last_key);

  must(home.store->revoke_key(home.last_key, home.now));
  const auto revoked = authenticate(*home.store, home.secret, key);
  REQUIRE_FALSE(revoked.ok());
  CHECK(revoked.error().kind == ErrorKind::kUnauthenticated);
}

TEST_CASE("an API token is a key, too") {
  Installation home;
  const std::string token = home.add_key("a.example", KeyKind::kApi);
  CHECK(must(authenticate(*home.store, home.secret, token)).kind == KeyKind::kApi);
}

TEST_CASE("what is no key is refused") {
  Installation home;
  home.add_key("a.example");
  for (const char* text : {"", "abc", "0123456789ab", "0123456789abcd", "wnw_", "' or 1=1 --"}) {
    CAPTURE(text);
    const auto refused = authenticate(*home.store, home.secret, text);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().kind == ErrorKind::kUnauthenticated);
  }
}

TEST_CASE("a key of one site speaks for that site, named or not") {
  Installation home;
  const std::string text = home.add_key("https://www.a.example/");
  home.add_key("b.example");
  const Key key = must(authenticate(*home.store, home.secret, text));
  for (const char* blog : {"", "http://a.example", "https://WWW.A.EXAMPLE/", "a.example"}) {
    CAPTURE(blog);
    const Caller caller = must(resolve_site(*home.store, key, blog, home.now, kManySites));
    CHECK(caller.site.url == "a.example");
    CHECK(caller.key == key.id);
  }
  for (const char* blog : {"http://b.example", "http://unknown.example"})
    CHECK(kind_of(resolve_site(*home.store, key, blog, home.now, kManySites)) == ErrorKind::kForbidden);
  CHECK(kind_of(resolve_site(*home.store, key, "http://", home.now, kManySites)) == ErrorKind::kInvalid);
}

TEST_CASE("a key of two sites speaks for both, and must say for which") {
  Installation home;
  home.add_key("a.example");
  home.add_key("b.example");
  home.add_key("c.example");
  Key key;
  key.sites = {1, 2};
  CHECK(must(resolve_site(*home.store, key, "http://a.example", home.now, kManySites)).site.id == 1);
  CHECK(must(resolve_site(*home.store, key, "http://b.example", home.now, kManySites)).site.id == 2);
  CHECK(kind_of(resolve_site(*home.store, key, "http://c.example", home.now, kManySites)) ==
        ErrorKind::kForbidden);
  CHECK(kind_of(resolve_site(*home.store, key, "", home.now, kManySites)) == ErrorKind::kInvalid);
}

TEST_CASE("where the path tells no sites apart, one key is good for all of a host") {
  Installation home;
  const Key key = must(authenticate(*home.store, home.secret, home.add_key("a.example")));
  const SitePolicy by_host{{false, false, false}, 100};
  CHECK(must(resolve_site(*home.store, key, "https://a.example/blog", home.now, by_host)).site.url ==
        "a.example");
  CHECK(kind_of(resolve_site(*home.store, key, "https://a.example/blog", home.now, kManySites)) ==
        ErrorKind::kForbidden);
}

TEST_CASE("a key of any site brings sites into being, up to the limit") {
  Installation home;
  const Key key = must(authenticate(*home.store, home.secret, home.add_key("")));
  const Caller first = must(resolve_site(*home.store, key, "https://new.example/", home.now, kOneSite));
  CHECK(first.site.url == "new.example");
  CHECK(must(resolve_site(*home.store, key, "http://new.example", home.now, kOneSite)).site.id ==
        first.site.id);
  CHECK(kind_of(resolve_site(*home.store, key, "http://second.example", home.now, kOneSite)) ==
        ErrorKind::kForbidden);
  CHECK(must(home.store->sites()).size() == 1);

  const auto unnamed = resolve_site(*home.store, key, "", home.now, kManySites);
  CHECK(kind_of(unnamed) == ErrorKind::kInvalid);
  CHECK(unnamed.error().field == "blog");
}

}  // namespace
}  // namespace winnow
