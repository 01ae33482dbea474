#include "tools/training/curves.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

Judged one(bool spam, double score) {
  return {"s", "en", spam, score >= .5, score};
}

// By score: spam .9, spam and ham .8, ham .4, spam .2.
std::vector<Cut> example() {
  return ranking({one(true, .9), one(false, .8), one(true, .8), one(false, .4), one(true, .2)});
}

void check_points(const std::vector<Point>& points, const std::vector<Point>& wanted) {
  REQUIRE(points.size() == wanted.size());
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    CAPTURE(i);
    CHECK(points[i].x == doctest::Approx(wanted[i].x));
    CHECK(points[i].y == doctest::Approx(wanted[i].y));
  }
}

TEST_CASE("a ranking has a cut for each distinct score, from the top") {
  const std::vector<Cut> cuts = example();
  REQUIRE(cuts.size() == 4);
  CHECK(cuts[1].threshold == .8);
  CHECK(cuts[1].spam == 2);
  CHECK(cuts[1].ham == 1);
  CHECK(cuts[3].spam == 3);
  CHECK(cuts[3].ham == 2);
}

TEST_CASE("a threshold between two scores takes what lies above it") {
  const std::vector<Cut> cuts = example();
  CHECK(cut_at(cuts, .8).ham == 1);
  CHECK(cut_at(cuts, .81).ham == 0);
  CHECK(cut_at(cuts, .81).spam == 1);
  CHECK(cut_at(cuts, 1).spam == 0);
  CHECK(cut_at(cuts, 0).spam == 3);
  CHECK(cut_at({}, .5).spam == 0);
}

TEST_CASE("the ROC curve, worked by hand") {
  check_points(roc_curve(example()), {{0, 0}, {0, 1.0 / 3}, {.5, 2.0 / 3}, {1, 2.0 / 3}, {1, 1}});
}

TEST_CASE("the precision-recall curve and its area in steps, worked by hand") {
  check_points(precision_recall_curve(example()), {{1.0 / 3, 1}, {2.0 / 3, 2.0 / 3}, {2.0 / 3, .5}, {1, .6}});
  CHECK(*average_precision(example()) == doctest::Approx((1 + 2.0 / 3 + .6) / 3));
}

TEST_CASE("a label that is missing gives no curve and no share") {
  for (const bool spam : {true, false}) {
    const std::vector<Cut> cuts = ranking({one(spam, .9), one(spam, .1)});
    CHECK(roc_curve(cuts).empty());
    CHECK(precision_recall_curve(cuts).empty() == !spam);
    CHECK(average_precision(cuts).has_value() == spam);
    const ThresholdRow row = threshold_row(cuts, .5);
    CHECK(row.recall.has_value() == spam);
    CHECK(row.ham_blocked_share.has_value() == !spam);
  }
  CHECK(ranking({}).empty());
  CHECK(roc_curve({}).empty());
  CHECK(precision_recall_curve({}).empty());
  CHECK_FALSE(threshold_row({}, .5).recall);
}

TEST_CASE("a row of the threshold table") {
  const ThresholdRow row = threshold_row(example(), .5);
  CHECK(row.spam_caught == 2);
  CHECK(row.spam_missed == 1);
  CHECK(row.ham_blocked == 1);
  CHECK(*row.recall == doctest::Approx(2.0 / 3));
  CHECK(*row.ham_blocked_share == doctest::Approx(.5));
  CHECK(*row.precision == doctest::Approx(2.0 / 3));
  CHECK_FALSE(threshold_row(example(), .95).precision);
}

TEST_CASE("the threshold table rises by hundredths and marks the model's own thresholds") {
  const std::vector<ThresholdRow> rows = threshold_table(example(), {.5, .8765, .99});
  CHECK(rows.size() == 102);  // 99 hundredths, of which .5 and .99 are marks, .995, .999 and .8765
  for (std::size_t i = 1; i < rows.size(); ++i) CHECK(rows[i].threshold > rows[i - 1].threshold);
  for (const ThresholdRow& row : rows) {
    CAPTURE(row.threshold);
    CHECK(row.mark.has_value() == (row.threshold == .5 || row.threshold == .8765 || row.threshold == .99));
    if (row.threshold == .8765) CHECK(*row.mark == Outcome::kSpam);
  }
}

TEST_CASE("of thresholds that are one the gravest outcome is named") {
  for (const ThresholdRow& row : threshold_table(example(), {.7, .7, .7}))
    if (row.mark) CHECK(*row.mark == Outcome::kDiscard);
}

TEST_CASE("thinning keeps both ends and what is far enough away") {
  check_points(thin({{0, 0}, {.2, .1}, {.9, .3}, {1, 0}, {1, 2}, {1.1, 2.1}}, 1),
               {{0, 0}, {1, 0}, {1, 2}, {1.1, 2.1}});
  CHECK(thin({}, 1).empty());
  std::vector<Point> many;
  for (int i = 0; i <= 100000; ++i) many.push_back({i / 100000.0, i / 100000.0});
  CHECK(thin(many, .01).size() <= 102);
}

}  // namespace
}  // namespace winnow
