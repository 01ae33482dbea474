#include "tools/training/rule_hits.h"

#include <utility>

#include "classifier/rules/catalogue.h"

namespace winnow {

std::vector<RuleHits> rules_of(const Engine& engine) {
  std::vector<RuleHits> rules;
  const auto& fitted = engine.model().weights.rule_points;
  for (const Rule& rule : catalogue()) {
    const auto found = fitted.find(rule.id);
    rules.push_back({std::string(rule.id), std::string(rule.sentence),
                     found == fitted.end() ? rule.points : found->second, 0, 0});
  }
  for (const Signal& rule : engine.operator_rules().all())
    rules.push_back({rule.id, rule.detail, rule.points, 0, 0});
  return rules;
}

RuleTally::RuleTally(std::vector<RuleHits> rules) : rules_(std::move(rules)) {
  for (std::size_t i = 0; i < rules_.size(); ++i) position_.emplace(rules_[i].id, i);
}

void RuleTally::add(const Verdict& verdict, bool spam) {
  for (const Signal& signal : verdict.signals) {
    const auto found = position_.find(signal.id);
    if (found != position_.end()) ++(spam ? rules_[found->second].spam : rules_[found->second].ham);
  }
}

}  // namespace winnow
