#include "tools/training/rule_hits.h"

#include <doctest/doctest.h>

#include "classifier/rules/catalogue.h"

namespace winnow {
namespace {

TEST_CASE("hits are counted by label, and only of rules") {
  RuleTally tally({{"links.many", "has many", 1.5, 0, 0}, {"honest.reply", "answers", -1, 0, 0}});
  Verdict verdict;
  verdict.signals = {{"text.model", 3, ""}, {"links.many", 1.5, ""}, {"prior", -1, ""}};
  tally.add(verdict, true);
  tally.add(verdict, true);
  tally.add(verdict, false);
  const RuleHits& many = tally.rules()[0];
  CHECK(many.spam == 2);
  CHECK(many.ham == 1);
  CHECK(many.right() == 2);
  CHECK(tally.rules()[1].all() == 0);
  verdict.signals = {{"honest.reply", -1, ""}};
  tally.add(verdict, false);
  CHECK(tally.rules()[1].right() == 1);
}

TEST_CASE("the rules of an engine: the catalogue with the model's points, then the operator's") {
  Model model;
  model.weights.rule_points = {{"links.many", 0.25}, {"links.html", 0}};
  OperatorRules own;
  REQUIRE(
      own.add_file("[[rule]]\nid = \"local.x\"\nsentence = \"says x\"\npoints = 2\nfield = \"content\"\n"
                   "pattern = 'x'\n",
                   "own.toml"));
  const std::vector<RuleHits> rules = rules_of(Engine(std::move(model), std::move(own)));
  REQUIRE(rules.size() == catalogue().size() + 1);
  for (const RuleHits& rule : rules) {
    if (rule.id == "links.many") CHECK(rule.points == 0.25);
    if (rule.id == "links.html") CHECK(rule.points == 0);
  }
  CHECK(rules.back().id == "local.x");
  CHECK(rules.back().sentence == "says x");
  CHECK(rules.back().points == 2);
}

}  // namespace
}  // namespace winnow
