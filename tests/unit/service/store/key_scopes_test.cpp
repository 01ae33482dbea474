#include "service/store/key_scopes.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

TEST_CASE("scopes have names, and a set of them bits that the store keeps") {
  CHECK(KeyScopes().empty());
  CHECK(kAllScopes.bits() == 15);
  CHECK(kCheckAndFeedback.bits() == 3);
  CHECK(KeyScopes::of_bits(8) == KeyScopes{KeyScope::kAdmin});
  CHECK(KeyScopes::of_bits(-1) == kAllScopes);
  for (const KeyScope scope : kAllScopes.list()) {
    CHECK(key_scope_named(to_string(scope)) == scope);
    CHECK(KeyScopes::of_bits(KeyScopes{scope}.bits()).has(scope));
  }
  CHECK(kAllScopes.list().size() == 4);
  CHECK_FALSE(key_scope_named("owner").has_value());
  CHECK_FALSE(key_scope_named("").has_value());
}

TEST_CASE("sets within sets") {
  const KeyScopes check = {KeyScope::kCheck}, admin = {KeyScope::kAdmin};
  CHECK(check.is_within(kCheckAndFeedback));
  CHECK_FALSE(kAllScopes.is_within(kCheckAndFeedback));
  CHECK(KeyScopes().is_within(check));
  CHECK(kCheckAndFeedback.has_any_of(check));
  CHECK_FALSE(kCheckAndFeedback.has_any_of(admin));
  CHECK_FALSE(kAllScopes.has_any_of({}));
}

}  // namespace
}  // namespace winnow
