#include "classifier/score.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace winnow {

double sigmoid(double points) {
  return points >= 0 ? 1 / (1 + std::exp(-points)) : std::exp(points) / (1 + std::exp(points));
}

Verdict score(std::vector<Signal> signals, const Thresholds& thresholds) {
  std::sort(signals.begin(), signals.end(), [](const Signal& a, const Signal& b) {
    const double x = std::abs(a.points), y = std::abs(b.points);
    return x != y ? x > y : a.id < b.id;
  });
  double sum = 0;
  for (const Signal& signal : signals) sum += signal.points;

  Verdict verdict;
  verdict.score = sigmoid(sum);
  verdict.signals = std::move(signals);
  if (verdict.score >= thresholds.discard) {
    verdict.outcome = Outcome::kDiscard;
  } else if (verdict.score >= thresholds.spam) {
    verdict.outcome = Outcome::kSpam;
  } else if (verdict.score >= thresholds.unsure) {
    verdict.outcome = Outcome::kUnsure;
  }
  return verdict;
}

}  // namespace winnow
