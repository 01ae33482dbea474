#include "tools/training/fit.h"

#include <doctest/doctest.h>

#include <cmath>

namespace winnow {
namespace {

// `count` rows that have the columns `on`, `spam` of them spam.
void add(std::vector<FitRow>& rows, int count, int spam, std::initializer_list<int> on, double weight = 1) {
  for (int i = 0; i < count; ++i) {
    FitRow row;
    row.spam = i < spam;
    row.weight = weight;
    for (const int column : on) row.values.emplace_back(column, 1.0);
    rows.push_back(row);
  }
}

TEST_CASE("with one column the fit is the log-odds of the rows") {
  std::vector<FitRow> rows;
  add(rows, 100, 80, {0});
  const auto weights = fit(rows, {{0, 1e-9}});
  CHECK(weights[0] == doctest::Approx(std::log(80.0 / 20)).epsilon(0.001));
}

TEST_CASE("two columns share what they explain") {
  std::vector<FitRow> rows;
  add(rows, 1000, 100, {0});
  add(rows, 1000, 500, {0, 1});
  const auto weights = fit(rows, {{0, 1e-9}, {0, 1e-9}});
  CHECK(weights[0] == doctest::Approx(std::log(1.0 / 9)).epsilon(0.001));
  CHECK(weights[1] == doctest::Approx(std::log(9.0)).epsilon(0.001));
}

TEST_CASE("a column that no row has stays where it starts") {
  std::vector<FitRow> rows;
  add(rows, 10, 5, {0});
  CHECK(fit(rows, {{0, 1}, {1.25, 1}})[1] == 1.25);
}

TEST_CASE("the pull draws a weight to its start, and bounds hold") {
  std::vector<FitRow> rows;
  add(rows, 20, 20, {0});
  const double weak = fit(rows, {{0, 0.1}})[0], strong = fit(rows, {{0, 10}})[0];
  CHECK(weak > strong);
  CHECK(strong > 0);
  CHECK(fit(rows, {{0, 0.1, -5, 0.5}})[0] == 0.5);
  CHECK(fit(rows, {{2, 0.1, 2, 2}})[0] == 2);
}

TEST_CASE("a row of weight three counts as three rows") {
  std::vector<FitRow> once, thrice;
  add(once, 10, 3, {0}, 3);
  for (int i = 0; i < 3; ++i) add(thrice, 10, 3, {0});
  CHECK(fit(once, {{0, 1}})[0] == doctest::Approx(fit(thrice, {{0, 1}})[0]));
}

}  // namespace
}  // namespace winnow
