#include "classifier/engine.h"

#include <doctest/doctest.h>

#include <cmath>

#include "classifier/fingerprint.h"
#include "classifier/normalize.h"
#include "classifier/score.h"
#include "tests/source_dir.h"

namespace winnow {
namespace {

// A model of two words, so that every sum can be worked out by hand.
Engine small_engine(Weights weights = {-1, 2, 0, 0, {}}) {
  Model model;
  model.id = "tiny";
  model.text = TextModel({0, 0, 0, false}, {{"casino", 3.0F}, {"hello", -3.0F}}, {}, 0.0F);
  model.weights = std::move(weights);
  return Engine(std::move(model), OperatorRules());
}

Comment says(std::string_view content) {
  Comment comment;
  comment.content = content;
  return comment;
}

double points_of(const Verdict& verdict, std::string_view id) {
  for (const Signal& signal : verdict.signals)
    if (signal.id == id) return signal.points;
  return 0;
}

class Remembers final : public HistoryView {
 public:
  void judge(const Features& features, std::vector<Signal>& signals) const override {
    if (features.content.folded == "casino") signals.push_back({"memory.same_text", -20, "it was ham"});
  }
};

TEST_CASE("the score is the sigmoid of exactly the signals that are shown") {
  const Engine engine = small_engine();
  for (const char* text : {"casino", "hello", "", "casino http://a.top http://b.top",
                           "Great post! Visit my website www.pills.com"}) {
    CAPTURE(text);
    const Verdict verdict = engine.judge(says(text), NoHistory());
    double sum = 0;
    for (const Signal& signal : verdict.signals) {
      sum += signal.points;
      CHECK_FALSE(signal.detail.empty());
    }
    CHECK(verdict.score == doctest::Approx(sigmoid(sum)));
    CHECK(verdict.model_id == "tiny");
    CHECK(verdict.rules_version == engine.rules_version());
  }
}

TEST_CASE(
    "the text model's points are its log-odds times the weight, less where its words are strange to it") {
  CHECK(points_of(small_engine().judge(says("casino"), NoHistory()), "text.model") ==
        doctest::Approx(2 * 3.0 / 2));
  const Engine wary = small_engine({0, 2, -1, 0, {}});
  // Rows: casino 3, end of line 0; the word that is not known has no row.
  CHECK(points_of(wary.judge(says("casino strange"), NoHistory()), "text.model") ==
        doctest::Approx((2 - 0.5) * 3.0 / 2));
}

TEST_CASE("a linear model beside the text model speaks in the same signal, each word with the sum of both") {
  Model model;
  model.id = "tiny";
  model.text = TextModel({0, 0, 0, false}, {{"casino", 3.0F}, {"hello", -3.0F}}, {}, 0.0F);
  model.linear = TextModel({0, 0, 0, false, 0.5F}, {{"casino", 1.0F}, {"night", 4.0F}}, {}, 0.0F);
  model.weights = {0, 2, 0, 0, {}, 0.5, 0};
  const Engine engine(std::move(model), OperatorRules());
  const Verdict verdict = engine.judge(says("casino night"), NoHistory());
  // casino: 2 * 3 / 2 rows + 0.5 * 1 / sqrt(3 rows); night: 0.5 * 4 / sqrt(3 rows).
  const double casino = 3 + 0.5 / std::sqrt(3), night = 2 / std::sqrt(3);
  CHECK(points_of(verdict, "text.model") == doctest::Approx(casino + night));
  for (const Signal& signal : verdict.signals)
    if (signal.id == "text.model")
      CHECK(signal.detail == "the text model reads it as spam, most by \"casino\" +3.29, \"night\" +1.15");
  CHECK(points_of(engine.judge(says("http://shop.example.com/x"), NoHistory()), "text.model") == 0);
}

// Every comment has the end of line: a comment of nothing but a link was called honest for it.
TEST_CASE("a comment without words gets no points from the text model") {
  Model model;
  model.id = "tiny";
  model.text = TextModel({0, 0, 0, false}, {{"casino", 3.0F}}, {}, -8.0F);
  model.weights = {0, 1, 0, 0, {}};
  const Engine engine(std::move(model), OperatorRules());
  CHECK(points_of(engine.judge(says("http://shop.example.com/x"), NoHistory()), "text.model") == 0);
  CHECK(points_of(engine.judge(says("casino"), NoHistory()), "text.model") != 0);
}

TEST_CASE("same input, same verdict") {
  const Engine engine = small_engine();
  const Comment comment = says("casino http://a.top great post");
  const Verdict one = engine.judge(comment, NoHistory()), two = engine.judge(comment, NoHistory());
  REQUIRE(one.signals.size() == two.signals.size());
  for (std::size_t i = 0; i < one.signals.size(); ++i) {
    CHECK(one.signals[i].id == two.signals[i].id);
    CHECK(one.signals[i].points == two.signals[i].points);
  }
}

TEST_CASE("thresholds of the caller replace the model's") {
  const Engine engine = small_engine();
  const Comment comment = says("casino");
  CHECK(engine.judge(comment, NoHistory(), Thresholds{0, 0, 0}).outcome == Outcome::kDiscard);
  CHECK(engine.judge(comment, NoHistory(), Thresholds{1, 1, 1}).outcome == Outcome::kHam);
}

TEST_CASE("what the protocol calls always is always so") {
  const Engine engine = small_engine();
  Comment comment = says("casino casino casino http://a.top http://b.top http://c.top http://d.top");
  comment.user_role = "administrator";
  CHECK(engine.judge(comment, NoHistory()).outcome == Outcome::kHam);
  comment.author = "viagra-test-123";
  CHECK(engine.judge(comment, NoHistory()).outcome == Outcome::kHam);
  Comment test = says("hello hello hello");
  test.author = "akismet-guaranteed-spam";
  CHECK(engine.judge(test, NoHistory()).is_spam());
}

TEST_CASE("a filled honeypot is spam whatever the text says, unless one of the staff wrote it") {
  const Result<Engine> shipped = Engine::load(source_dir() + "/models/current", "");
  REQUIRE(shipped.ok());
  Comment comment =
      says("Thanks, the second step was what I had missed. Does it also work with the older version?");
  CHECK(shipped->judge(comment, NoHistory()).outcome == Outcome::kHam);
  comment.honeypot = "http://pills.example";
  CHECK(shipped->judge(comment, NoHistory()).is_spam());
  comment.user_role = "editor";
  CHECK_FALSE(shipped->judge(comment, NoHistory()).is_spam());
}

TEST_CASE("what the past says is a signal among the others") {
  const Engine engine = small_engine();
  const Verdict verdict = engine.judge(says("casino"), Remembers());
  CHECK(verdict.signals.front().id == "memory.same_text");
  CHECK(verdict.score < engine.judge(says("casino"), NoHistory()).score);
  CHECK(points_of(engine.judge(says("hello"), Remembers()), "memory.same_text") == 0);
}

TEST_CASE("the version of the rules changes with the operator's rules") {
  OperatorRules rules;
  REQUIRE(rules.add_file("[[rule]]\nid='a.b'\nsentence='s'\npoints=1\nfield='content'\npattern='x'\n", "f"));
  Model model;
  model.id = "tiny";
  const Engine with(model, rules);
  CHECK(with.rules_version().size() == 12);
  CHECK(with.rules_version() != small_engine().rules_version());
  CHECK(points_of(with.judge(says("x"), NoHistory()), "a.b") == 1);
}

TEST_CASE("rules that are off say nothing, be they built-in or an operator's, and the version tells which") {
  OperatorRules rules;
  REQUIRE(rules.add_file("[[rule]]\nid='a.b'\nsentence='s'\npoints=1\nfield='content'\npattern='x'\n", "f"));
  Model model;
  model.id = "tiny";
  const Engine engine(model, rules);
  const Comment comment = says("x [url=http://shop.example/]y[/url]");
  const Verdict all = engine.judge(comment, NoHistory());
  CHECK(points_of(all, "a.b") == 1);
  CHECK(points_of(all, "links.bbcode") != 0);
  CHECK(all.rules_version == engine.rules_version());
  const Verdict some = engine.judge(comment, NoHistory(), std::nullopt, {"a.b", "links.bbcode"});
  CHECK(points_of(some, "a.b") == 0);
  CHECK(points_of(some, "links.bbcode") == 0);
  CHECK(some.signals.size() == all.signals.size() - 2);
  CHECK(some.rules_version.size() == 12);
  CHECK(some.rules_version != all.rules_version);
  CHECK(some.rules_version != engine.rules_version_without({"a.b"}));
}

}  // namespace
}  // namespace winnow
