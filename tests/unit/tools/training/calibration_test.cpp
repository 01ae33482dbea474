#include "tools/training/calibration.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

Judged one(bool spam, double score) {
  return {"s", "en", spam, false, score};
}

TEST_CASE("bins by tenths of the score; the last has 1, too") {
  const std::vector<CalibrationBin> bins =
      calibration({one(true, .95), one(true, 1), one(false, .9), one(false, .1), one(false, .05)});
  REQUIRE(bins.size() == 10);
  CHECK(bins[9].spam == 2);
  CHECK(bins[9].ham == 1);
  CHECK(bins[9].score_sum == doctest::Approx(2.85));
  CHECK(bins[1].ham == 1);
  CHECK(bins[0].ham == 1);
  CHECK(bins[5].all() == 0);
  // (|2.85 - 2| + .1 + .05) / 5
  CHECK(expected_calibration_error(bins) == doctest::Approx(.2));
}

TEST_CASE("no comments have no calibration error") {
  CHECK(expected_calibration_error(calibration({})) == 0);
}

}  // namespace
}  // namespace winnow
