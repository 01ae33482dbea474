// Evaluation: all that is reported of one model on one set of labelled comments, as plain values.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "classifier/engine.h"
#include "classifier/json.h"
#include "tools/training/dataset.h"
#include "tools/training/mistakes.h"
#include "tools/training/ranking.h"
#include "tools/training/rule_hits.h"

namespace winnow::report {

// How many mistakes of each kind are listed.
inline constexpr std::size_t kMistakesListed = 25;

struct MistakeList {
  std::vector<Mistake> worst;  // at most kMistakesListed
  long count = 0;              // how many there are, with copies
  std::size_t distinct = 0;    // and how many different texts
};

struct EvaluatedFile {
  DataFile file;
  bool trained_on = false;  // the model's manifest names a file with the same bytes
};

struct Evaluation {
  std::string model_id;
  std::string rules_version;
  Thresholds thresholds;
  std::optional<double> ham_per_spam;  // the mix that the model's scores are calibrated for, if it says
  std::vector<EvaluatedFile> files;
  bool is_selection = false;  // only comments that a list of ids names
  std::vector<Judged> judged;
  std::vector<RuleHits> rules;
  MistakeList blocked_ham;
  MistakeList missed_spam;
  Words words = Words::kLeftOut;  // if left out, nothing above holds a comment's text or a signal's detail
};

// Judges rows without history and gathers what is told of them. `engine` must outlive it. Thread rule: one
// thread.
class Evaluator {
 public:
  Evaluator(const Engine& engine, Words words);
  void judge(const Row& row);
  // Of all rows judged so far, which came from `files`.
  Evaluation evaluation(const std::vector<DataFile>& files) const;

 private:
  const Engine& engine_;
  Words words_;
  std::vector<Judged> judged_;
  RuleTally rules_;
  Mistakes blocked_ham_;
  Mistakes missed_spam_;
};

}  // namespace winnow::report
