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
  CHECK(must(authenticate(*home.store, home.secret, key, home.now)).id == home.last_key);
  CHECK(must(authenticate(*home.store, home.secret, upper, home.now)).id == home.last_key);

  must(home.store->revoke_key(home.last_key, home.now));
  const auto revoked = authenticate(*home.store, home.secret, key, home.now);
  REQUIRE_FALSE(revoked.ok());
  CHECK(revoked.error().kind == ErrorKind::kUnauthenticated);
}

TEST_CASE("an API token is a key, too") {
  Installation home;
  const std::string token = home.add_key("a.example", KeyKind::kApi);
  CHECK(must(authenticate(*home.store, home.secret, token, home.now)).kind == KeyKind::kApi);
}

TEST_CASE("what is no key is refused") {
  Installation home;
  home.add_key("a.example");
  for (const char* text : {"", "abc", "0123456789ab", "0123456789abcd", "wnw_", "' or 1=1 --"}) {
    CAPTURE(text);
    const auto refused = authenticate(*home.store, home.secret, text, home.now);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().kind == ErrorKind::kUnauthenticated);
  }
}

TEST_CASE("a key is good until it expires") {
  Installation home;
  const std::string text = home.add({.expires_at = home.now + 1}, generate_key(KeyKind::kAkismet));
  CHECK(authenticate(*home.store, home.secret, text, home.now).ok());
  CHECK_FALSE(authenticate(*home.store, home.secret, text, home.now + 1).ok());
  must(home.store->change_key(home.last_key, {.expires_at = std::optional<UnixMillis>()}));
  CHECK(authenticate(*home.store, home.secret, text, home.now + 1).ok());
}

// The lookup is by the first half of the hash alone, so a key whose hash begins like another's is found for
// it, and it is the comparison that refuses.
TEST_CASE("what is found by half a hash is compared as a whole") {
  Installation home;
  const std::string text = generate_key(KeyKind::kAkismet);
  std::string hash = home.secret.hash(text);
  hash.back() = hash.back() == '0' ? '1' : '0';
  must(home.store->add_key({.any_site = true, .hash = hash}));
  REQUIRE(must(home.store->find_key(hash.substr(0, 32))).has_value());
  const Result<Key> refused = authenticate(*home.store, home.secret, text, home.now);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().kind == ErrorKind::kUnauthenticated);
}

TEST_CASE("a key of one site speaks for that site, named or not") {
  Installation home;
  const std::string text = home.add_key("https://www.a.example/");
  home.add_key("b.example");
  const Key key = must(authenticate(*home.store, home.secret, text, home.now));
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

TEST_CASE("the scope curator makes the caller one") {
  Installation home;
  for (const bool curator : {true, false}) {
    Key key;
    key.any_site = true;
    if (curator) key.scopes.add(KeyScope::kCurator);
    CHECK(must(resolve_site(*home.store, key, "a.example", home.now, kManySites)).is_curator == curator);
  }
}

TEST_CASE("where the path tells no sites apart, one key is good for all of a host") {
  Installation home;
  const Key key = must(authenticate(*home.store, home.secret, home.add_key("a.example"), home.now));
  const SitePolicy by_host{{false, false, false}, 100};
  CHECK(must(resolve_site(*home.store, key, "https://a.example/blog", home.now, by_host)).site.url ==
        "a.example");
  CHECK(kind_of(resolve_site(*home.store, key, "https://a.example/blog", home.now, kManySites)) ==
        ErrorKind::kForbidden);
}

TEST_CASE("a key of any site brings sites into being, up to the limit") {
  Installation home;
  const Key key = must(authenticate(*home.store, home.secret, home.add_key(""), home.now));
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
