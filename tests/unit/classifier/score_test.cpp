#include "classifier/score.h"

#include <doctest/doctest.h>

#include <cmath>

namespace winnow {
namespace {

constexpr Thresholds kThresholds{0.3, 0.7, 0.95};

TEST_CASE("the score is the sigmoid of the sum") {
  const Verdict verdict = score({{"a", 1.5, ""}, {"b", -0.5, ""}}, kThresholds);
  CHECK(verdict.score == doctest::Approx(1 / (1 + std::exp(-1.0))));
  CHECK(score({}, kThresholds).score == doctest::Approx(0.5));
}

TEST_CASE("the sigmoid does not overflow") {
  CHECK(sigmoid(-1e6) == 0);
  CHECK(sigmoid(1e6) == 1);
}

TEST_CASE("the outcome is the highest whose threshold is reached") {
  const auto outcome = [](double points) { return score({{"a", points, ""}}, kThresholds).outcome; };
  CHECK(outcome(-3) == Outcome::kHam);
  CHECK(outcome(0) == Outcome::kUnsure);
  CHECK(outcome(1) == Outcome::kSpam);
  CHECK(outcome(4) == Outcome::kDiscard);
  CHECK(score({{"a", 0, ""}}, {0.5, 0.5, 0.5}).outcome ==
        Outcome::kDiscard);  // a threshold is reached by equality
}

TEST_CASE("signals are put in order of size, then id") {
  const Verdict verdict = score({{"small", 0.1, ""}, {"b", -2, ""}, {"a", 2, ""}}, kThresholds);
  CHECK(verdict.signals[0].id == "a");
  CHECK(verdict.signals[1].id == "b");
  CHECK(verdict.signals[2].id == "small");
}

TEST_CASE("only spam and discard are spam for a client that knows yes and no") {
  Verdict verdict;
  for (const auto& [outcome, is_spam] : {std::pair{Outcome::kHam, false},
                                         {Outcome::kUnsure, false},
                                         {Outcome::kSpam, true},
                                         {Outcome::kDiscard, true}}) {
    verdict.outcome = outcome;
    CHECK(verdict.is_spam() == is_spam);
  }
}

}  // namespace
}  // namespace winnow
