#include "classifier/rules/catalogue.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "classifier/model.h"
#include "tests/source_dir.h"

namespace winnow {
namespace {

TEST_CASE("every rule has an id of its own in a group, a sentence, points and examples of both kinds") {
  std::set<std::string_view> ids;
  for (const Rule& rule : catalogue()) {
    CAPTURE(rule.id);
    CHECK(ids.insert(rule.id).second);
    CHECK(rule.id.find('.') != std::string_view::npos);
    CHECK(rule.sentence.size() > 10);
    CHECK(rule.points != 0);
    CHECK(std::isfinite(rule.points));
    CHECK_FALSE(rule.spam.empty());
    CHECK_FALSE(rule.ham.empty());
    CHECK(find_rule(rule.id) == &rule);
  }
  CHECK(ids.size() >= 40);
  CHECK(find_rule("no.such") == nullptr);
}

TEST_CASE("every rule applies to its own examples and to none of the others") {
  for (const Rule& rule : catalogue()) {
    for (const auto& [examples, wanted] :
         {std::pair{&rule.spam, rule.points > 0}, std::pair{&rule.ham, rule.points < 0}}) {
      for (const Comment& example : *examples) {
        CAPTURE(rule.id);
        CAPTURE(example.content);
        CAPTURE(example.author);
        CHECK(rule.applies(Features(example)) == wanted);
      }
    }
  }
}

TEST_CASE("fitted points take the place of the catalogue's, and a rule worth nothing is silent") {
  const Comment comment = says("[url=http://pills.com]pills[/url]");
  const Features features(comment);
  const auto points_of = [&](const Weights& weights) {
    std::vector<Signal> signals;
    judge_by_rules(features, weights, signals);
    for (const Signal& signal : signals)
      if (signal.id == "links.bbcode") return signal.points;
    return 0.0;
  };
  CHECK(points_of({}) == find_rule("links.bbcode")->points);
  Weights weights;
  weights.rule_points["links.bbcode"] = 3.25;
  CHECK(points_of(weights) == 3.25);
  weights.rule_points["links.bbcode"] = 0;
  CHECK(points_of(weights) == 0);
}

TEST_CASE("rules that no data set shows keep their points under the shipped model, which was fitted before") {
  const Result<Model> model = Model::load(source_dir() + "/models/current");
  REQUIRE(model);
  for (const Rule& rule : catalogue()) {
    CAPTURE(rule.id);
    if (rule.source == Points::kHandSet) CHECK_FALSE(model->weights.rule_points.contains(rule.id));
  }
  const Comment comment = says_with("Hello.", &Comment::javascript, "absent");
  std::vector<Signal> signals;
  judge_by_rules(Features(comment), model->weights, signals);
  const auto found =
      std::find_if(signals.begin(), signals.end(), [](const Signal& s) { return s.id == "form.no_script"; });
  REQUIRE(found != signals.end());
  CHECK(found->points == find_rule("form.no_script")->points);
}

// Each '=' of one long token was followed by a look back to the token's start, each '@' by one to its end: a
// mebibyte took minutes.
TEST_CASE("rules read a mebibyte of anything in passing") {
  for (const std::string_view unit :
       {"a=", "=", "@", "a@b", "{a|", "\"a", "«", "check my ", "i am ", "http://a.com/?", "<a href="}) {
    CAPTURE(unit);
    std::string text;
    while (text.size() < (1 << 20)) text += unit;
    const Comment comment = says(text);
    const Features features(comment);
    int applied = 0;
    for (const Rule& rule : catalogue()) applied += rule.applies(features) ? 1 : 0;
    CHECK(applied <= static_cast<int>(catalogue().size()));
  }
}

TEST_CASE("the administrator outweighs the test values, and each of them all else") {
  double most = 0;
  for (const Rule& rule : catalogue())
    if (rule.group() != "protocol") most += std::max(0.0, rule.points);
  const double administrator = -find_rule("protocol.administrator")->points;
  CHECK(administrator > find_rule("protocol.test_spam")->points + 20);
  CHECK(administrator > most + 20);
  CHECK(find_rule("protocol.test_spam")->points >= 30);
}

}  // namespace
}  // namespace winnow
