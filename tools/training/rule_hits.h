// RuleHits: how often each rule spoke, and of what.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "classifier/engine.h"
#include "classifier/verdict.h"

namespace winnow {

struct RuleHits {
  std::string id;
  std::string sentence;
  double points = 0;  // that it gives with this model; 0: the model has silenced it
  long spam = 0;      // comments of each label on which it spoke
  long ham = 0;

  long all() const { return spam + ham; }
  bool says_spam() const { return points > 0; }
  // Hits that were of the label that the rule speaks for.
  long right() const { return says_spam() ? spam : ham; }
};

// Every rule that `engine` judges by, built-in ones first, in order and without a hit.
std::vector<RuleHits> rules_of(const Engine& engine);

// Counts verdicts. Thread rule: one thread.
class RuleTally {
 public:
  explicit RuleTally(std::vector<RuleHits> rules);
  // Signals that are no rule's (the prior, the text model, history) are passed over.
  void add(const Verdict& verdict, bool spam);
  const std::vector<RuleHits>& rules() const { return rules_; }

 private:
  std::vector<RuleHits> rules_;
  std::unordered_map<std::string, std::size_t> position_;  // by id
};

}  // namespace winnow
