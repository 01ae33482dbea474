#include "tools/training/platt.h"

#include <doctest/doctest.h>

#include "classifier/score.h"

namespace winnow {
namespace {

TEST_CASE("the line is found by which the labels were drawn") {
  // At each sum, rows of both labels weigh as a score of sigmoid(sum / 2 - 1) wants it.
  std::vector<ScoredRow> rows;
  double spam = 0, ham = 0;
  for (int quarters = -32; quarters <= 48; ++quarters) {
    const double sum = quarters / 4.0;
    const double share = sigmoid(sum / 2 - 1);
    rows.push_back({sum, true, share});
    rows.push_back({sum, false, 1 - share});
    spam += share;
    ham += 1 - share;
  }
  const PlattLine line = fit_platt(rows, ham / spam);
  CHECK(line.scale == doctest::Approx(0.5).epsilon(0.02));
  CHECK(line.shift == doctest::Approx(-1).epsilon(0.05));
  CHECK(fit_platt(rows, 2 * ham / spam).shift < line.shift - 0.5);
}

TEST_CASE("with one label alone nothing is changed") {
  const PlattLine line = fit_platt({{1, true, 1}, {2, true, 1}}, 2);
  CHECK(line.scale == 1);
  CHECK(line.shift == 0);
}

}  // namespace
}  // namespace winnow
