// The catalogue: every built-in rule, in one fixed order. To add a rule, add it to its family's file beside
// this one.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/model.h"
#include "classifier/rules/rule.h"
#include "classifier/signal.h"

namespace winnow {

// Made once; ids are unique. Thread-safe.
std::span<const Rule> catalogue();

// The rule with that id, or null.
const Rule* find_rule(std::string_view id);

// Appends a Signal for each rule that applies and is not off, with the points of `weights` where it has some.
void judge_by_rules(const Features& features, const Weights& weights, std::vector<Signal>& signals,
                    const RulesOff& off = {});

}  // namespace winnow
