#include "tools/training/flips.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

Judged judged(bool spam, bool caught) {
  return {"", "", spam, caught, 0.5};
}

TEST_CASE("flips are counted by label and by who alone says spam") {
  const std::vector<Judged> first = {judged(true, true), judged(true, false), judged(true, true),
                                     judged(false, true), judged(false, false)};
  const std::vector<Judged> second = {judged(true, false), judged(true, true), judged(true, true),
                                      judged(false, false), judged(false, false)};
  const Flips found = flips(first, second);
  CHECK(found.spam_by_first == 1);
  CHECK(found.spam_by_second == 1);
  CHECK(found.ham_by_first == 1);
  CHECK(found.ham_by_second == 0);
}

}  // namespace
}  // namespace winnow
