#include "service/keys.h"

#include <doctest/doctest.h>

#include "service/access.h"
#include "tests/unit/service/installation.h"

namespace winnow {
namespace {

std::string refused_field(Installation& home, const Key& wanted) {
  const Result<MadeKey> made = make_key(*home.store, home.secret, wanted, "", home.now);
  REQUIRE_FALSE(made.ok());
  CHECK(made.error().kind == ErrorKind::kInvalid);
  return made.error().field;
}

TEST_CASE("a key is made up, or taken over") {
  Installation home;
  const MadeKey api =
      must(make_key(*home.store, home.secret, {.kind = KeyKind::kApi, .any_site = true}, "", home.now));
  CHECK(api.text.starts_with("wnw_" + api.key.hint));
  CHECK(api.key.created_at == home.now);
  CHECK(must(authenticate(*home.store, home.secret, api.text, home.now)).id == api.key.id);
  const MadeKey known =
      must(make_key(*home.store, home.secret, {.any_site = true}, "0123456789ab", home.now));
  CHECK(known.text == "0123456789ab");
  CHECK(make_key(*home.store, home.secret, {.any_site = true}, "0123456789ab", home.now).error().kind ==
        ErrorKind::kConflict);
  CHECK(make_key(*home.store, home.secret, {.sites = {7}}, "", home.now).error().kind ==
        ErrorKind::kConflict);
}

TEST_CASE("scopes that a key may have") {
  Installation home;
  CHECK(refused_field(home, {.scopes = {}}) == "scopes");
  CHECK(refused_field(home, {.scopes = kAllScopes}) == "scopes");
  CHECK(refused_field(home, {.scopes = {KeyScope::kAdmin}}) == "scopes");
  CHECK(refused_field(home, {.kind = KeyKind::kApi, .scopes = {KeyScope::kCheck, KeyScope::kCurator}}) ==
        "scopes");
  for (const KeyScopes scopes : {kAllScopes, KeyScopes{KeyScope::kAdmin}, kCheckAndFeedback,
                                 KeyScopes{KeyScope::kFeedback, KeyScope::kCurator}}) {
    const Key wanted{.kind = KeyKind::kApi, .any_site = true, .scopes = scopes};
    CHECK(must(make_key(*home.store, home.secret, wanted, "", home.now)).key.scopes == scopes);
  }
}

TEST_CASE("networks and expiry that a key may have") {
  Installation home;
  CHECK(refused_field(home, {.networks = {"example.org"}}) == "networks");
  CHECK(refused_field(home, {.networks = {"203.0.113.7/24"}}) == "networks");
  CHECK(refused_field(home, {.networks = std::vector<std::string>(kMostKeyNetworks + 1, "::1")}) ==
        "networks");
  CHECK(refused_field(home, {.expires_at = home.now}) == "expires_at");
  const Key wanted{.any_site = true, .networks = {"::1", "203.0.113.0/24"}, .expires_at = home.now + 1};
  const MadeKey made = must(make_key(*home.store, home.secret, wanted, "", home.now));
  CHECK(made.key.networks == wanted.networks);
  CHECK(made.key.expires_at == home.now + 1);
}

TEST_CASE("what a change may make of a key is what a new one may be") {
  Installation home;
  home.add_key("a.example");
  const auto change = [&home](const KeyChange& wanted) {
    return change_key(*home.store, home.last_key, wanted, home.now);
  };
  CHECK(change({.scopes = kAllScopes}).error().field == "scopes");
  CHECK(change({.expires_at = home.now - 1}).error().field == "expires_at");
  CHECK(change({.networks = std::vector<std::string>{"x"}}).error().field == "networks");
  CHECK(must(change({.scopes = KeyScopes{KeyScope::kCheck}})).scopes == KeyScopes{KeyScope::kCheck});
  CHECK(change_key(*home.store, home.last_key + 1, {}, home.now).error().kind == ErrorKind::kNotFound);
}

}  // namespace
}  // namespace winnow
