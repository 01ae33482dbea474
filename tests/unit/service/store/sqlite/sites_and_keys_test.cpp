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
  const Result<Key> bound = store->add_key(KeyKind::kAkismet, {site}, "hash-1", "abcd", false, 5);
  const Result<Key> any = store->add_key(KeyKind::kApi, {}, "hash-2", "1234", false, 6);
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
  CHECK_FALSE((*found)->revoked_at.has_value());

  const auto keys = store->keys();
  REQUIRE(keys.ok());
  REQUIRE(keys->size() == 2);
  CHECK((*keys)[1].kind == KeyKind::kApi);
  CHECK((*keys)[1].any_site);
  CHECK((*keys)[1].speaks_for(site));

  CHECK_FALSE(store->find_key("hash-3")->has_value());
  CHECK(store->add_key(KeyKind::kApi, {}, "hash-1", "zzzz", false, 7).error().kind == ErrorKind::kConflict);
  CHECK(store->add_key(KeyKind::kApi, {site + 1}, "hash-4", "zzzz", false, 7).error().kind ==
        ErrorKind::kConflict);
}

TEST_CASE("a key may be good for several sites") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId first = add_site(*store, "example.org");
  const SiteId other = add_site(*store, "other.example");
  const SiteId second = add_site(*store, "second.example");
  REQUIRE(store->add_key(KeyKind::kAkismet, {second, first}, "hash", "abcd", false, 5).ok());
  const Key key = **store->find_key("hash");
  CHECK(key.sites == std::vector<SiteId>{first, second});
  CHECK(key.speaks_for(second));
  CHECK_FALSE(key.speaks_for(other));
}

TEST_CASE("a key is suspended and resumed") {
  const Directory directory;
  const auto store = open_store(directory);
  const KeyId id = store->add_key(KeyKind::kAkismet, {}, "hash", "abcd", false, 5)->id;
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
  const Result<Key> key = store->add_key(KeyKind::kAkismet, {}, "hash", "abcd", false, 5);
  REQUIRE(key.ok());
  CHECK(store->revoke_key(key->id, 100).ok());
  CHECK(store->revoke_key(key->id, 200).ok());
  CHECK((*store->find_key("hash"))->revoked_at == 100);
  CHECK(store->revoke_key(key->id + 1, 100).error().kind == ErrorKind::kNotFound);
}
