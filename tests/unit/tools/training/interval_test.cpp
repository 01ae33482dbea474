#include "tools/training/interval.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

TEST_CASE("intervals of a share, against published values") {
  // Newcombe (1998), table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  CHECK(wilson_interval(81, 263).low == doctest::Approx(.2553).epsilon(.001));
  CHECK(wilson_interval(81, 263).high == doctest::Approx(.3662).epsilon(.001));
  CHECK(wilson_interval(15, 148).low == doctest::Approx(.0624).epsilon(.001));
  CHECK(wilson_interval(15, 148).high == doctest::Approx(.1605).epsilon(.001));
  CHECK(wilson_interval(0, 20).low == doctest::Approx(0));
  CHECK(wilson_interval(0, 20).high == doctest::Approx(.1611).epsilon(.001));
  CHECK(wilson_interval(1, 29).low == doctest::Approx(.0061).epsilon(.01));
  CHECK(wilson_interval(1, 29).high == doctest::Approx(.1718).epsilon(.001));
}

TEST_CASE("nothing counted, nothing known") {
  CHECK(wilson_interval(0, 0).low == 0);
  CHECK(wilson_interval(0, 0).high == 1);
}

}  // namespace
}  // namespace winnow
