// Minimise: the lowest point of a smooth convex function of many variables.
#pragma once

#include <functional>
#include <span>
#include <vector>

namespace winnow {

// Returns the value at a point and fills in the gradient there, which has the point's size.
using Objective = std::function<double(std::span<const double> at, std::vector<double>& gradient)>;

struct MinimiseOptions {
  int max_steps = 60;
  double still = 1e-3;  // done when the gradient is this share of what it was at the start
};

// L-BFGS with eight pairs and backtracking (Nocedal 1980; Nocedal & Wright 2006, algorithm 7.5).
// `curvature`: a positive guess of the second derivative by each variable, for the first step. Deterministic.
std::vector<double> minimise(const Objective& objective, std::vector<double> start,
                             std::span<const double> curvature, const MinimiseOptions& options = {});

}  // namespace winnow
