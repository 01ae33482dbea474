// Figures: how good a judge is on labelled comments.
#pragma once

#include <vector>

#include "classifier/json.h"
#include "tools/training/ranking.h"

namespace winnow {

// n, spam, ham, tp, fp, tn, fn, accuracy, precision, recall, f1, mcc, roc_auc, one_minus_roca_percent,
// recall_at_fpr {"0.01", "0.001"}, ham_blocked, brier, ece; and the same by source and by language under `by`
// {"source": {...}, "lang": {...}}.
//   - ham_blocked: share of ham that was caught, fp / ham
//   - recall_at_fpr: share of spam above the lowest threshold at which at most that share of ham is above
//   - roc_auc: chance that a spam scores above a ham, ties half (Mann & Whitney 1947)
//   - one_minus_roca_percent: 100 * (1 - roc_auc)
//   - mcc: Matthews (1975)
//   - ece: expected_calibration_error()
// A figure that the rows cannot give (no spam, no ham) is null.
Json figures(const std::vector<Judged>& judged);

}  // namespace winnow
