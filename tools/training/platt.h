// Platt scaling: the line that turns sums of points into log-odds that mean what they say (Platt 1999,
// "Probabilistic Outputs for Support Vector Machines").
#pragma once

#include <vector>

namespace winnow {

struct ScoredRow {
  double sum = 0;  // points, held out
  bool spam = false;
  double weight = 1;
};

struct PlattLine {
  double scale = 1;  // 0.1..10
  double shift = 0;
};

// The line for which sigmoid(scale * sum + shift) is the share of spam, by logistic regression on `rows` with
// the labels brought to `ham_per_spam`. Scale 1 and shift 0 if a label is missing.
PlattLine fit_platt(const std::vector<ScoredRow>& rows, double ham_per_spam);

}  // namespace winnow
