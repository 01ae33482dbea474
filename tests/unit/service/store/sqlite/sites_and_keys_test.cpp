#include "store_on_disk.h"

using namespace winnow;
using namespace winnow::test;

TEST_CASE("a site is found by its canonical address, and is there once") {
  const Directory directory;
  const auto store = open_store(directory);
  const Result<Site> added = store->add_site("example.org", 42);
  REQUIRE(added.ok());
  CHECK(added->url == "example.org");
  CHECK(added->created_at == 42);

  const auto found = store->find_site("example.org");
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  CHECK((*found)->id == added->id);
  CHECK_FALSE(store->find_site("other.example")->has_value());
  CHECK(store->site(added->id)->url == "example.org");
  CHECK(store->site(added->id + 1).error().kind == ErrorKind::kNotFound);

  CHECK(store->add_site("example.org", 43).error().kind == ErrorKind::kConflict);
  REQUIRE(store->sites().ok());
  CHECK(store->sites()->size() == 1);
}

TEST_CASE("a key is found by its hash, is there once, and belongs to a site that exists") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  const Result<Key> bound = store->add_key({.sites = {site},
                                            .networks = {"203.0.113.0/24", "::1"},
                                            .hash = "hash-1",
                                            .hint = "abcd",
                                            .created_at = 5,
                                            .expires_at = 500});
  const Result<Key> any = store->add_key(
      {.kind = KeyKind::kApi, .any_site = true, .scopes = kAllScopes, .hash = "hash-2", .hint = "1234"});
  REQUIRE(bound.ok());
  REQUIRE(any.ok());

  const auto found = store->find_key("hash-1");
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  CHECK((*found)->id == bound->id);
  CHECK((*found)->kind == KeyKind::kAkismet);
  CHECK((*found)->sites == std::vector<SiteId>{site});
  CHECK_FALSE((*found)->any_site);
  CHECK((*found)->speaks_for(site));
  CHECK_FALSE((*found)->speaks_for(site + 1));
  CHECK((*found)->hint == "abcd");
  CHECK((*found)->created_at == 5);
  CHECK((*found)->scopes == kCheckAndFeedback);
  CHECK((*found)->networks == std::vector<std::string>{"203.0.113.0/24", "::1"});
  CHECK((*found)->hash == "hash-1");
  CHECK((*found)->expires_at == 500);
  CHECK_FALSE((*found)->last_used_at.has_value());
  CHECK_FALSE((*found)->revoked_at.has_value());

  const auto keys = store->keys();
  REQUIRE(keys.ok());
  REQUIRE(keys->size() == 2);
  CHECK((*keys)[1].kind == KeyKind::kApi);
  CHECK((*keys)[1].any_site);
  CHECK((*keys)[1].scopes == kAllScopes);
  CHECK((*keys)[1].networks.empty());
  CHECK_FALSE((*keys)[1].expires_at.has_value());
  CHECK((*keys)[1].speaks_for(site));

  CHECK_FALSE(store->find_key("hash-3")->has_value());
  CHECK(store->add_key({.any_site = true, .hash = "hash-1"}).error().kind == ErrorKind::kConflict);
  CHECK(store->add_key({.sites = {site + 1}, .hash = "hash-4"}).error().kind == ErrorKind::kConflict);
}

TEST_CASE("a key may be good for several sites") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId first = add_site(*store, "example.org");
  const SiteId other = add_site(*store, "other.example");
  const SiteId second = add_site(*store, "second.example");
  REQUIRE(store->add_key({.sites = {second, first}, .hash = "hash"}).ok());
  const Key key = **store->find_key("hash");
  CHECK(key.sites == std::vector<SiteId>{first, second});
  CHECK(key.speaks_for(second));
  CHECK_FALSE(key.speaks_for(other));
}

TEST_CASE("a key is suspended and resumed") {
  const Directory directory;
  const auto store = open_store(directory);
  const KeyId id = store->add_key({.any_site = true, .hash = "hash"})->id;
  CHECK(store->suspend_key(id, 100).ok());
  CHECK(store->suspend_key(id, 200).ok());
  CHECK((*store->find_key("hash"))->suspended_at == 100);
  CHECK(store->suspend_key(id, std::nullopt).ok());
  CHECK_FALSE((*store->find_key("hash"))->suspended_at.has_value());
  CHECK(store->suspend_key(id + 1, 100).error().kind == ErrorKind::kNotFound);
}

TEST_CASE("revoking a key twice keeps the first time") {
  const Directory directory;
  const auto store = open_store(directory);
  const Result<Key> key = store->add_key({.any_site = true, .hash = "hash"});
  REQUIRE(key.ok());
  CHECK(store->revoke_key(key->id, 100).ok());
  CHECK(store->revoke_key(key->id, 200).ok());
  CHECK((*store->find_key("hash"))->revoked_at == 100);
  CHECK(store->revoke_key(key->id + 1, 100).error().kind == ErrorKind::kNotFound);
}

TEST_CASE("a key is found by the beginning of its hash, and by nothing else") {
  const Directory directory;
  const auto store = open_store(directory);
  const std::string hash = "0123456789abcdef0123456789abcdefffffffffffffffffffffffffffffffff";
  REQUIRE(store->add_key({.any_site = true, .hash = hash}).ok());
  CHECK((*store->find_key(hash.substr(0, 32)))->hash == hash);
  CHECK((*store->find_key(hash))->hash == hash);
  for (const char* start : {"0123456789abcdef0123456789abcdee", "0123456789abcdef0123456789abcdf0", "1", "%"})
    CHECK_FALSE(store->find_key(start)->has_value());
}

TEST_CASE("what is not named of a change stays") {
  const Directory directory;
  const auto store = open_store(directory);
  const KeyId id =
      store->add_key({.any_site = true, .networks = {"::1"}, .hash = "hash", .expires_at = 9})->id;
  const auto key = [&store] { return **store->find_key("hash"); };
  REQUIRE(store->change_key(id, {}).ok());
  CHECK(key().networks.size() == 1);
  CHECK(key().expires_at == 9);
  REQUIRE(store->change_key(id, {.scopes = KeyScopes{KeyScope::kCheck}}).ok());
  CHECK(key().scopes == KeyScopes{KeyScope::kCheck});
  REQUIRE(store->change_key(id, {.networks = std::vector<std::string>()}).ok());
  CHECK(key().networks.empty());
  CHECK(key().expires_at == 9);
  REQUIRE(store->change_key(id, {.expires_at = std::optional<UnixMillis>()}).ok());
  CHECK_FALSE(key().expires_at.has_value());
  CHECK(store->change_key(id + 1, {}).error().kind == ErrorKind::kNotFound);
}

TEST_CASE("the last use of a key is the latest that was told") {
  const Directory directory;
  const auto store = open_store(directory);
  const KeyId id = store->add_key({.any_site = true, .hash = "hash"})->id;
  REQUIRE(store->touch_keys({{id, 100}, {id + 1, 100}}).ok());
  REQUIRE(store->touch_keys({{id, 50}}).ok());
  CHECK((*store->find_key("hash"))->last_used_at == 100);
}
