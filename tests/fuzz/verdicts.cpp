// A comment judged by the shipped model, operators' rules, and a memory that was taught; and its explanation.
// Input: fields of the comment, a line each, in the order of kFields; the content.
#include <cmath>

#include "classifier/explanation.h"
#include "classifier/memory/sketch.h"
#include "classifier/unicode.h"
#include "tests/fuzz/property.h"
#include "tests/learning/site.h"

namespace winnow::fuzz {
namespace {

constexpr std::string Comment::*kFields[] = {
    &Comment::author,     &Comment::author_email, &Comment::author_url,
    &Comment::user_ip,    &Comment::user_agent,   &Comment::permalink,
    &Comment::post_title, &Comment::type,         &Comment::blog};

class View final : public HistoryView {
 public:
  explicit View(const Memory& memory) : memory_(memory) {}
  void judge(const Features& features, std::vector<Signal>& signals) const override {
    memory_.judge(1, features, signals);
  }
  void add_shares(const TokenList& list, double before, std::span<double> shares) const override {
    memory_.add_shares(1, list, before, shares);
  }

 private:
  const Memory& memory_;
};

const Memory& taught() {
  static const learning_test::Site* const site = [] {
    auto* made = new learning_test::Site;
    for (const bool spam : {true, false}) {
      Comment comment;
      comment.content =
          spam ? "Win big at our casino, click http://casino.example/bonus for cheap pills now"
               : "Thanks for the garden story, the second step was what I had missed this winter";
      comment.author = spam ? "casino" : "Ann";
      comment.author_email = spam ? "win@casino.example" : "ann@example.org";
      comment.user_ip = "203.0.113.7";
      for (int i = 0; i < 3; ++i) made->report(comment, spam, 1 + i);
    }
    return made;
  }();
  return site->memory;
}

void require_verdict(const Verdict& verdict) {
  require(verdict.score >= 0 && verdict.score <= 1, "a score is within 0..1");
  double before = HUGE_VAL;
  for (const Signal& signal : verdict.signals) {
    require(std::isfinite(signal.points) && !signal.id.empty(), "points are finite and have a name");
    require(std::abs(signal.points) <= before, "reasons are told largest first");
    require(is_valid_utf8(signal.detail), "reasons are valid UTF-8");
    before = std::abs(signal.points);
  }
}

// Marks count UTF-16 units.
void require_marks(const Explanation& explanation) {
  std::size_t units = 0;
  for (std::size_t pos = 0; pos < explanation.text.plain.size();)
    units += next_code_point(explanation.text.plain, pos) >= 0x10000 ? 2 : 1;
  require(explanation.marks.size() <= kMostMarks, "there are no more marks than the bound");
  std::size_t behind = 0;
  for (const Mark& mark : explanation.marks) {
    require(mark.begin >= behind && mark.begin < mark.end && mark.end <= units,
            "marks rise, do not overlap, and lie within the text");
    require(std::isfinite(mark.points), "a mark's points are finite");
    behind = mark.end;
  }
  require(std::isfinite(explanation.unmarked) && std::isfinite(explanation.end_of_line),
          "the rest of an explanation is finite");
}

// Without reports the parts sum to the text model's signal.
void require_sum(const Explanation& explanation, const Verdict& verdict) {
  double parts = explanation.unmarked + explanation.end_of_line;
  for (const Mark& mark : explanation.marks) parts += mark.points;
  for (const Signal& signal : verdict.signals)
    if (signal.id == "text.model") parts -= signal.points;
  require(std::abs(parts) < 1e-3, "the parts of an explanation sum to what they explain");
}

}  // namespace
}  // namespace winnow::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace winnow;
  using namespace winnow::fuzz;
  const Engine& engine = learning_test::shipped_engine();
  Parts parts(data, size);
  Comment comment;
  for (const auto field : kFields) comment.*field = to_valid_utf8(parts.line());
  comment.content = to_valid_utf8(parts.rest());

  const Verdict verdict = engine.judge(comment, NoHistory());
  require_verdict(verdict);
  const Verdict again = engine.judge(comment, NoHistory());
  require(again.score == verdict.score && again.signals.size() == verdict.signals.size(),
          "the same comment gets the same verdict");
  const Explanation explanation = explain(engine, comment, NoHistory());
  require_marks(explanation);
  require_sum(explanation, verdict);
  const View view(taught());
  require_verdict(engine.judge(comment, view));
  require_marks(explain(engine, comment, view));

  const Features features(comment);
  const std::string line = model_line(features);
  require(is_valid_utf8(line), "the line that the model reads is valid UTF-8");
  const Sketch sketch = sketch_of(line);
  const double same = likeness(sketch, sketch);
  require(same == (sketch.words == 0 ? 0 : 1), "a text is like itself");
  return 0;
}
