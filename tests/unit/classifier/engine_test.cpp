#include "classifier/engine.h"

#include <doctest/doctest.h>

#include <cmath>

#include "classifier/fingerprint.h"
#include "classifier/normalize.h"
#include "classifier/score.h"

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

class Remembered final : public HistoryView {
 public:
  Past of_text, of_sites, of_author;
  std::uint64_t asked_for = 0;
  Past reports_of_text(std::uint64_t text_key) const override {
    return text_key == asked_for ? of_text : Past{};
  }
  Past sites_on_text(std::uint64_t text_key) const override {
    return text_key == asked_for ? of_sites : Past{};
  }
  Past reports_of_author(const std::string&) const override { return of_author; }
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
  const Result<Engine> shipped = Engine::load(WINNOW_SOURCE_DIR "/models/current", "");
  REQUIRE(shipped.ok());
  Comment comment =
      says("Thanks, the second step was what I had missed. Does it also work with the older version?");
  CHECK(shipped->judge(comment, NoHistory()).outcome == Outcome::kHam);
  comment.honeypot = "http://pills.example";
  CHECK(shipped->judge(comment, NoHistory()).is_spam());
  comment.user_role = "editor";
  CHECK_FALSE(shipped->judge(comment, NoHistory()).is_spam());
}

TEST_CASE("a text that was reported is known again, disguised or not; a short one is not") {
  const Engine engine = small_engine();
  const std::string text = "Come to our wonderful place and be happy";
  Remembered past;
  past.asked_for = text_key(normalize(text).folded);
  past.of_text = {1, 0};
  CHECK(points_of(engine.judge(says(text), past), "history.same_text") ==
        doctest::Approx(10 * std::log(3.0)));
  CHECK(points_of(engine.judge(says("COME to our <b>wonderful</b> place, and be happy!!"), past),
                  "history.same_text") > 10);
  past.of_text = {0, 1};
  CHECK(points_of(engine.judge(says(text), past), "history.same_text") < -10);
  past.of_text = {1, 1};
  CHECK(points_of(engine.judge(says(text), past), "history.same_text") == 0);
  past.asked_for = text_key(normalize("thanks").folded);
  past.of_text = {50, 0};
  CHECK(points_of(engine.judge(says("thanks"), past), "history.same_text") == 0);
}

TEST_CASE("two more sites that say spam make a campaign; the site's own word goes before theirs") {
  const Engine engine = small_engine();
  const std::string text = "Come to our wonderful place and be happy";
  Remembered past;
  past.asked_for = text_key(normalize(text).folded);
  const auto points = [&] { return points_of(engine.judge(says(text), past), "history.campaign"); };
  past.of_sites = {1, 0};
  CHECK(points() == 0);
  past.of_sites = {2, 0};
  CHECK(points() == doctest::Approx(10 * std::log(5.0)));
  past.of_sites = {2, 1};
  CHECK(points() == 0);
  past.of_sites = {0, 9};
  CHECK(points() == 0);
  past.of_sites = {500, 1};
  CHECK(points() == 20);
  past.of_text = {0, 1};
  CHECK(points() == 0);
  past.of_text = {1, 1};
  CHECK(points() == 0);
}

TEST_CASE("an author's reports count with their e-mail address, within bounds") {
  const Engine engine = small_engine();
  Remembered past;
  past.of_author = {0, 1000};
  Comment comment = says("hello");
  CHECK(points_of(engine.judge(comment, past), "history.same_author") == 0);
  comment.author_email = "ann@example.org";
  CHECK(points_of(engine.judge(comment, past), "history.same_author") == -4);
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

}  // namespace
}  // namespace winnow
