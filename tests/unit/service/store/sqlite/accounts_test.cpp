#include "store_on_disk.h"

using namespace winnow;
using namespace winnow::test;

namespace {

Account account_named(const char* name, Role role = Role::kOwner, const SiteScope& scope = {true, {}}) {
  Account account;
  account.person.name = name;
  account.person.role = role;
  account.person.any_site = scope.any_site;
  account.person.sites = scope.sites;
  account.password = "hash of a password";
  account.created_at = 1'700'000'000'000;
  return account;
}

PersonId add(Store& store, const Account& account) {
  const Result<PersonId> id = store.add_account(account, false);
  if (!id) FAIL(id.error().message);
  return *id;
}

}  // namespace

TEST_CASE("a person is kept as added, and found by the name in any case") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId one = add_site(*store, "one.example");
  const SiteId two = add_site(*store, "two.example");
  add(*store, account_named("Root"));
  const PersonId id = add(*store, account_named("Zoë", Role::kModerator, {false, {two, one, two}}));
  const auto found = store->find_account("zOË");
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  const Account& account = **found;
  CHECK(account.person.id == id);
  CHECK(account.person.name == "Zoë");
  CHECK(account.person.role == Role::kModerator);
  CHECK_FALSE(account.person.any_site);
  CHECK(account.person.sites == std::vector<SiteId>{one, two});
  CHECK(account.password == "hash of a password");
  CHECK(account.second_factor.empty());
  CHECK(account.created_at == 1'700'000'000'000);
  CHECK_FALSE(account.last_seen.has_value());
  CHECK((*store->account(id))->person.name == "Zoë");
  CHECK(store->accounts()->size() == 2);
  CHECK_FALSE(store->find_account("Zoe")->has_value());
  CHECK_FALSE(store->account(99)->has_value());
}

TEST_CASE("names are taken in any case; a site must exist; the first is only the first") {
  const Directory directory;
  const auto store = open_store(directory);
  REQUIRE(store->add_account(account_named("Ann"), true).ok());
  CHECK(store->add_account(account_named("ann"), false).error().kind == ErrorKind::kConflict);
  CHECK(store->add_account(account_named("Bob"), true).error().kind == ErrorKind::kConflict);
  const auto nowhere = store->add_account(account_named("Bob", Role::kViewer, {false, {99}}), false);
  REQUIRE_FALSE(nowhere.ok());
  CHECK(nowhere.error().kind == ErrorKind::kNotFound);
  CHECK(nowhere.error().field == "sites");
  CHECK(store->accounts()->size() == 1);
}

TEST_CASE("what a change names is changed, all else stays") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "one.example");
  add(*store, account_named("Root"));
  const PersonId id = add(*store, account_named("Ann"));
  const std::string sealed("\0sealed", 7);
  AccountChange change;
  change.role = Role::kViewer;
  change.scope = SiteScope{false, {site}};
  change.second_factor = sealed;
  change.language = "de";
  REQUIRE(store->change_account(id, change).ok());
  Account account = **store->account(id);
  CHECK(account.person.role == Role::kViewer);
  CHECK(account.person.sites == std::vector<SiteId>{site});
  CHECK(account.second_factor == sealed);
  CHECK(account.language == "de");
  CHECK(account.password == "hash of a password");
  REQUIRE(store->change_account(id, {.password = "another", .second_factor = ""}).ok());
  account = **store->account(id);
  CHECK(account.password == "another");
  CHECK(account.second_factor.empty());
  CHECK(account.person.role == Role::kViewer);
  CHECK(store->change_account(99, {}).error().kind == ErrorKind::kNotFound);
  CHECK(store->change_account(id, {.scope = SiteScope{false, {99}}}).error().field == "sites");
  CHECK((*store->account(id))->person.sites == std::vector<SiteId>{site});
}

TEST_CASE("the last owner stays one") {
  const Directory directory;
  const auto store = open_store(directory);
  const PersonId root = add(*store, account_named("Root"));
  const PersonId ann = add(*store, account_named("Ann", Role::kModerator));
  CHECK(store->change_account(root, {.role = Role::kModerator}).error().kind == ErrorKind::kConflict);
  CHECK(store->remove_account(root).error().kind == ErrorKind::kConflict);
  CHECK((*store->account(root))->person.role == Role::kOwner);
  REQUIRE(store->change_account(ann, {.role = Role::kOwner}).ok());
  CHECK(store->remove_account(root).ok());
  CHECK(store->remove_account(root).error().kind == ErrorKind::kNotFound);
  CHECK(add(*store, account_named("New")) > ann);
}

TEST_CASE("a step of the second factor is used once, and no earlier one after it") {
  const Directory directory;
  const auto store = open_store(directory);
  const PersonId id = add(*store, account_named("Root"));
  CHECK(*store->use_factor_step(id, 100));
  CHECK_FALSE(*store->use_factor_step(id, 100));
  CHECK_FALSE(*store->use_factor_step(id, 99));
  CHECK(*store->use_factor_step(id, 101));
}

TEST_CASE("sessions are found by their hash until they end") {
  const Directory directory;
  const auto store = open_store(directory);
  const PersonId root = add(*store, account_named("Root"));
  const PersonId ann = add(*store, account_named("Ann"));
  REQUIRE(store->put_session("h1", root, 1000, 0, 0).ok());
  REQUIRE(store->put_session("h2", ann, 2000, 0, 0).ok());
  REQUIRE(store->put_session("h3", ann, 3000, 0, 0).ok());
  const auto found = store->find_session("h2");
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  CHECK((*found)->account.person.id == ann);
  CHECK((*found)->account.last_seen == 3000);
  CHECK((*found)->created_at == 2000);
  REQUIRE(store->touch_session("h2", 4000).ok());
  CHECK((*store->find_session("h2"))->seen_at == 4000);
  CHECK((*store->find_session("h2"))->created_at == 2000);
  CHECK((*store->account(ann))->last_seen == 4000);
  REQUIRE(store->end_sessions(ann, "h3").ok());
  CHECK_FALSE(store->find_session("h2")->has_value());
  CHECK(store->find_session("h3")->has_value());
  CHECK(store->find_session("h1")->has_value());
  REQUIRE(store->end_session("h1").ok());
  CHECK_FALSE(store->find_session("h1")->has_value());
  REQUIRE(store->remove_account(ann).ok());
  CHECK_FALSE(store->find_session("h3")->has_value());
}

TEST_CASE("old sessions go when a new one begins") {
  const Directory directory;
  const auto store = open_store(directory);
  const PersonId root = add(*store, account_named("Root"));
  REQUIRE(store->put_session("idle", root, 100, 0, 0).ok());
  REQUIRE(store->put_session("long", root, 150, 0, 0).ok());
  REQUIRE(store->touch_session("long", 900).ok());
  REQUIRE(store->put_session("good", root, 200, 0, 0).ok());
  REQUIRE(store->touch_session("good", 900).ok());
  REQUIRE(store->put_session("new", root, 1000, 160, 800).ok());
  CHECK_FALSE(store->find_session("idle")->has_value());
  CHECK_FALSE(store->find_session("long")->has_value());
  CHECK(store->find_session("good")->has_value());
  CHECK(store->find_session("new")->has_value());
}

TEST_CASE("how much a site asks") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId busy = add_site(*store, "busy.example");
  const SiteId silent = add_site(*store, "silent.example");
  StoredVerdict old = verdict_of(1, busy);
  old.at -= 40LL * 86'400'000;
  REQUIRE(store->put_verdicts({old, verdict_of(2, busy), verdict_of(3, busy)}).ok());
  const auto activity = store->site_activity(old.at / 86'400'000 + 1);
  REQUIRE(activity.ok());
  REQUIRE(activity->size() == 2);
  CHECK((*activity)[0].site == busy);
  CHECK((*activity)[0].checks == 2);
  CHECK((*activity)[0].last_check == verdict_of(3, busy).at);
  CHECK((*activity)[1].site == silent);
  CHECK((*activity)[1].checks == 0);
  CHECK_FALSE((*activity)[1].last_check.has_value());
}
