#include "classifier/rules/catalogue.h"

#include <iterator>

namespace winnow {

std::span<const Rule> catalogue() {
  static const std::vector<Rule> rules = [] {
    std::vector<Rule> all;
    for (auto family : {protocol_rules, form_rules, link_rules, author_rules, text_rules, trade_rules,
                        pitch_rules, disguise_rules, honest_rules}) {
      std::vector<Rule> rules_of_family = family();
      all.insert(all.end(), std::make_move_iterator(rules_of_family.begin()),
                 std::make_move_iterator(rules_of_family.end()));
    }
    return all;
  }();
  return rules;
}

const Rule* find_rule(std::string_view id) {
  for (const Rule& rule : catalogue())
    if (rule.id == id) return &rule;
  return nullptr;
}

void judge_by_rules(const Features& features, const Weights& weights, std::vector<Signal>& signals,
                    const RulesOff& off) {
  for (const Rule& rule : catalogue()) {
    if (!off.empty() && off.contains(rule.id)) continue;
    if (!rule.applies(features)) continue;
    const auto fitted = weights.rule_points.find(rule.id);
    const double points = fitted == weights.rule_points.end() ? rule.points : fitted->second;
    if (points != 0) signals.push_back({std::string(rule.id), points, std::string(rule.sentence)});
  }
}

}  // namespace winnow
