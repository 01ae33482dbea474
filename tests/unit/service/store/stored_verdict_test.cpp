#include "service/store/stored_verdict.h"

#include <doctest/doctest.h>

using namespace winnow;

TEST_CASE("labels have names") {
  CHECK(to_string(Label::kHam) == "ham");
  CHECK(to_string(Label::kSpam) == "spam");
}
