// Figures: how good a judge is on labelled comments.
#pragma once

#include <string>
#include <vector>

#include "classifier/json.h"

namespace winnow {

// One judged comment.
struct Judged {
  std::string source;
  std::string lang;
  bool spam = false;    // the truth
  bool caught = false;  // the outcome was spam or discard
  double score = 0;     // 0..1
};

// n, spam, ham, tp, fp, tn, fn, accuracy, precision, recall, f1, mcc, roc_auc, one_minus_roca_percent,
// recall_at_fpr {"0.01", "0.001"}, ham_blocked, brier, ece; and the same by source and by language under `by`
// {"source": {...}, "lang": {...}}.
//   ham_blocked   share of ham that was caught: fp / ham
//   recall_at_fpr share of spam above the lowest threshold at which at most that share of ham is above; ties
//   count against us roc_auc       chance that a spam scores above a ham, ties half (Mann & Whitney 1947);
//   one_minus_roca_percent = 100 * (1 - roc_auc) mcc           Matthews (1975) ece           expected
//   calibration error over ten equal bins of the score (Naeini et al. 2015)
// A figure that the rows cannot give (no spam, no ham) is null.
Json figures(const std::vector<Judged>& judged);

}  // namespace winnow
