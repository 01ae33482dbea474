// Fit: the points of the sum, by logistic regression.
#pragma once

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace winnow {

// One comment as the sum sees it: values by column (mostly 0/1, those that are 0 left out).
struct FitRow {
  std::vector<std::pair<int, double>> values;
  bool spam = false;
  double weight = 1;
};

// One coefficient.
struct FitColumn {
  double start = 0;     // where it begins, and where it is drawn to when the rows say nothing
  double strength = 1;  // of that pull: penalty strength/2 * (w - start)^2
  double lower = -1e9;  // bounds
  double upper = 1e9;
};

// Minimises sum of weight * log-loss + the pulls, by coordinate descent with one Newton step each
// (Genkin, Lewis & Madigan 2007), until no coefficient moves by 1e-5 or 1,000 sweeps are done. Deterministic.
// `progress` is called with the share of sweeps done.
std::vector<double> fit(const std::vector<FitRow>& rows, const std::vector<FitColumn>& columns,
                        const std::function<void(double)>& progress = nullptr);

}  // namespace winnow
