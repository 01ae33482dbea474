#include "classifier/explanation.h"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

#include "classifier/memory/memory.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

// A text model with rows for these words alone, whose end of line says something, too.
Engine engine_that_knows(const std::vector<TextModel::WordRow>& words, DeltaModel delta = {}) {
  Model model;
  model.id = "words";
  model.weights.prior = -1;
  model.weights.text = 1.5;
  model.weights.text_unfamiliar = -0.5;
  model.text = TextModel({0, 0, 64, true}, words, std::vector<float>(64, 0.25F), 0.5F);
  model.delta = std::move(delta);
  return Engine(std::move(model), OperatorRules());
}

const Engine& casino_engine() {
  static const Engine engine = engine_that_knows(
      {{"casino", 9}, {"viagra", 5}, {"thanks", -6}, {"赌场", 8}, {"场很", 3}, {"كازينو", 7}, {"free", 4}});
  return engine;
}

Comment says(const std::string& content) {
  Comment comment;
  comment.content = content;
  return comment;
}

double points_of(const Verdict& verdict, std::string_view id) {
  for (const Signal& signal : verdict.signals)
    if (signal.id == id) return signal.points;
  return 0;
}

double sum_of(const Explanation& explanation) {
  double sum = explanation.unmarked + explanation.end_of_line;
  for (const Mark& mark : explanation.marks) sum += mark.points;
  return sum;
}

// The text as JavaScript has it.
std::u16string utf16(const std::string& text) {
  std::u16string units;
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t c = next_code_point(text, pos);
    if (c >= 0x10000) units += static_cast<char16_t>(0xD800 + ((c - 0x10000) >> 10));
    units += static_cast<char16_t>(c >= 0x10000 ? 0xDC00 + ((c - 0x10000) & 0x3FF) : c);
  }
  return units;
}

// Points by what is marked; repeated ones added up.
std::map<std::u16string, double> marked(const Explanation& explanation) {
  const std::u16string text = utf16(explanation.text.plain);
  std::map<std::u16string, double> found;
  std::size_t behind = 0;
  for (const Mark& mark : explanation.marks) {
    CHECK(mark.begin >= behind);
    REQUIRE(mark.end <= text.size());
    CHECK(std::abs(mark.points) >= kLeastMarked);
    behind = mark.end;
    found[text.substr(mark.begin, mark.end - mark.begin)] += mark.points;
  }
  return found;
}

TEST_CASE("the marks of a text sum to the text model's signal, but for the end of line") {
  for (const char* content :
       {"casino", "Thanks, the casino was closed and we had no viagra", "v1agra c a s i n o cаsino", "",
        "...", "free free free", "他们说免费赌场很好", "هذا كازينو مجاني 🎰🎰 free &amp; easy",
        "see http://casino.example/free or write to free@casino.example"}) {
    CAPTURE(content);
    const Comment comment = says(content);
    const Explanation explanation = explain(casino_engine(), comment, NoHistory());
    const double signal = points_of(casino_engine().judge(comment, NoHistory()), "text.model");
    CHECK(sum_of(explanation) == doctest::Approx(signal));
    CHECK(explanation.model_id == "words");
    marked(explanation);
  }
}

TEST_CASE("what the linear model says of a word is in its mark, too") {
  Model model = engine_that_knows({{"casino", 9}}).model();
  model.linear =
      TextModel({2, 3, 64, true, 0.5F}, {{"casino", 4}, {"shed", 6}}, std::vector<float>(64, 0.125F), 0.0F);
  model.weights.linear = 0.75;
  const Engine engine(std::move(model), OperatorRules());
  for (const char* content : {"the casino shed", "", "shed shed shed"}) {
    CAPTURE(content);
    const Explanation explanation = explain(engine, says(content), NoHistory());
    CHECK(sum_of(explanation) ==
          doctest::Approx(points_of(engine.judge(says(content), NoHistory()), "text.model")));
  }
  CHECK(marked(explain(engine, says("the casino shed"), NoHistory())).contains(u"shed"));
}

TEST_CASE("words are marked where a person reads them, however they were disguised") {
  const Explanation disguised = explain(
      casino_engine(), says("🎰 Free <b>C.A.S.I.N.O</b> v1agra c&#97;sin\u200Bo, \u0441asino!"), NoHistory());
  const auto found = marked(disguised);
  CHECK(found.contains(u"C.A.S.I.N.O"));
  CHECK(found.contains(u"v1agra"));
  CHECK(found.contains(u"casino"));
  CHECK(found.contains(u"\u0441asino"));
  CHECK(found.at(u"C.A.S.I.N.O") > found.at(u"v1agra"));
  CHECK(disguised.marks[0].begin == 3);  // behind the emoji, two units, and a blank
  CHECK(disguised.text.disguise.leet_words == 1);
  CHECK(disguised.text.disguise.spaced_words == 1);
  CHECK(disguised.text.disguise.invisible == 1);
  CHECK(disguised.text.disguise.look_alikes == 1);

  const auto chinese = marked(explain(casino_engine(), says("他们说赌场很好"), NoHistory()));
  CHECK(chinese.at(u"场") > chinese.at(u"赌"));
  CHECK_FALSE(chinese.contains(u"他"));
  CHECK(marked(explain(casino_engine(), says("هذا كازينو مجاني"), NoHistory())).at(u"كازينو") > 1);
}

TEST_CASE("where the sum takes the log-odds within a limit, all shares are less") {
  const Engine sure = engine_that_knows({{"casino", 90}, {"free", 30}});
  const Explanation explanation = explain(sure, says("casino free"), NoHistory());
  CHECK(sum_of(explanation) ==
        doctest::Approx(points_of(sure.judge(says("casino free"), NoHistory()), "text.model")));
  CHECK(marked(explanation).at(u"casino") > 2 * marked(explanation).at(u"free"));
}

// Site 1's past.
class OfMemory final : public HistoryView {
 public:
  explicit OfMemory(const Memory& memory) : memory_(memory) {}
  void judge(const Features& features, std::vector<Signal>& signals) const override {
    memory_.judge(1, features, signals);
  }
  void add_shares(const TokenList& list, double before, std::span<double> shares) const override {
    memory_.add_shares(1, list, before, shares);
  }

 private:
  const Memory& memory_;
};

TEST_CASE("what the site's reports taught of a word is in its mark") {
  const Engine mute = engine_that_knows({});
  Memory memory;
  const Comment garden = says("the garden shed was painted by our wonderful gardeners");
  const Comment cat = says("my cat sleeps on the warm roof all day");
  Lesson lesson;
  lesson.seq = lesson.site = lesson.voter = 1;
  lesson.spam = true;
  lesson.points = -4;
  memory.learn(lesson, Features(garden));
  lesson.seq = 2;
  lesson.spam = false;
  lesson.points = 1;
  memory.learn(lesson, Features(cat));
  const Comment asked = says("Our Garden is not for the cat, and not for garden shows");
  const auto before = marked(explain(mute, asked, NoHistory()));
  const auto after = marked(explain(mute, asked, OfMemory(memory)));
  const auto points = [](const auto& marks, const std::u16string& word) {
    const auto found = marks.find(word);
    return found == marks.end() ? 0.0 : found->second;
  };
  CHECK(points(after, u"Garden") > points(before, u"Garden") + 0.05);
  CHECK(points(after, u"garden") > points(before, u"garden") + 0.05);
  CHECK(points(after, u"cat") < points(before, u"cat"));

  // All tokens' shares are the learner's points, but for what it takes back of the others' sum.
  const Features features(asked);
  const TokenList list = learner_tokens(features);
  std::vector<double> shares(list.tokens.size());
  memory.add_shares(1, list, 0, shares);
  Verdict verdict;
  memory.judge(1, features, verdict.signals);
  double sum = 0;
  for (const double share : shares) sum += share;
  CHECK(sum == doctest::Approx(points_of(verdict, "memory.learned")));
}

TEST_CASE("what the model's layers have for a word is in its mark, on the layer's site alone") {
  const TokenList list = learner_tokens(Features(says("garden")));
  DeltaLayer layer;
  for (const auto& [word, hash] : list.words)
    if (word == "garden") layer.numbers = {{token_number(hash), 6.0F}};
  const Engine engine = engine_that_knows({}, DeltaModel({{"blog.example", layer}}));
  Comment comment = says("in the garden");
  const double elsewhere = marked(explain(engine, comment, NoHistory()))[u"garden"];
  comment.blog = "https://blog.example/";
  CHECK(marked(explain(engine, comment, NoHistory()))[u"garden"] > elsewhere + 0.3);
}

TEST_CASE("hostile texts are explained within bounds") {
  std::string words, han, marks, links, one(100'000, 'a');
  for (int i = 0; words.size() < 100'000; ++i) words += "casino" + std::to_string(i) + " casino ";
  while (han.size() < 100'000) han += "赌场很好";
  while (marks.size() < 100'000) marks += "\u202Ec\u0336\u0300\u0301\u0302a\u200B.s.i.n.o ";
  for (int i = 0; i < 3000; ++i)
    links += "<a href=\"http://x.example/" + std::to_string(i) + "\">casino</a> ";
  for (const std::string& content : {words, han, marks, links, one, std::string(100'000, '<')}) {
    const Explanation explanation = explain(casino_engine(), says(content), NoHistory());
    CHECK(explanation.marks.size() <= kMostMarks);
    marked(explanation);
    CHECK(sum_of(explanation) ==
          doctest::Approx(points_of(casino_engine().judge(says(content), NoHistory()), "text.model")));
  }
}

}  // namespace
}  // namespace winnow
