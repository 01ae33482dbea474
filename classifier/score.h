// From signals to a verdict: a sum and three thresholds. Nothing else decides.
#pragma once

#include <vector>

#include "classifier/signal.h"
#include "classifier/verdict.h"

namespace winnow {

// The score is sigmoid(sum of points) = 1 / (1 + e^-sum). The outcome is the highest whose threshold the
// score reaches. Signals are put in order of |points|, largest first, equal ones by id. Pure; leaves model_id
// and rules_version empty.
Verdict score(std::vector<Signal> signals, const Thresholds& thresholds);

// 1 / (1 + e^-points), without overflow for any finite input.
double sigmoid(double points);

}  // namespace winnow
