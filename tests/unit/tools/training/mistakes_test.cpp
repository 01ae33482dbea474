#include "tools/training/mistakes.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

Row row(const std::string& id, bool spam, const std::string& content) {
  Comment comment;
  comment.content = content;
  return {id, "site", "en", spam, comment};
}

Verdict verdict(double score) {
  return {
      score >= .5 ? Outcome::kSpam : Outcome::kHam, score, {{"text.model", 1, "most by \"word\""}}, "m", "r"};
}

TEST_CASE("the worst mistakes of one kind come first, right verdicts not at all") {
  Mistakes blocked(false, 2, Words::kLeftOut), missed(true, 2, Words::kLeftOut);
  const std::vector<std::pair<Row, double>> rows = {
      {row("a", false, "first words"), .6}, {row("b", false, "second words"), .9},
      {row("c", false, "third"), .7},       {row("d", false, "fourth"), .1},
      {row("e", true, "fifth"), .3},        {row("f", true, "sixth"), .2},
      {row("g", true, "seventh"), .8}};
  for (const auto& [one, score] : rows) {
    blocked.add(one, verdict(score));
    missed.add(one, verdict(score));
  }
  CHECK(blocked.count() == 3);
  CHECK(blocked.distinct() == 3);
  REQUIRE(blocked.worst().size() == 2);
  CHECK(blocked.worst()[0].id == "b");
  CHECK(blocked.worst()[1].id == "c");
  REQUIRE(missed.worst().size() == 2);
  CHECK(missed.worst()[0].id == "f");
  CHECK(missed.worst()[1].id == "e");
}

TEST_CASE("copies of one text are one mistake, told by its worst") {
  Mistakes blocked(false, 1, Words::kLeftOut);
  blocked.add(row("a", false, "the same words here"), verdict(.6));
  blocked.add(row("b", false, "The same, WORDS here!"), verdict(.8));
  blocked.add(row("c", false, "other words"), verdict(.7));
  blocked.add(row("d", false, "still other words"), verdict(.55));
  blocked.add(row("e", false, "the same words here"), verdict(.5));
  CHECK(blocked.count() == 5);
  CHECK(blocked.distinct() == 3);
  REQUIRE(blocked.worst().size() == 1);
  CHECK(blocked.worst()[0].id == "b");
  CHECK(blocked.worst()[0].copies == 3);
}

TEST_CASE("words are kept only when asked for") {
  Mistakes without(false, 1, Words::kLeftOut), with(false, 1, Words::kKept);
  without.add(row("a", false, "secret"), verdict(.9));
  with.add(row("a", false, "secret"), verdict(.9));
  CHECK(without.worst()[0].content.empty());
  CHECK(without.worst()[0].verdict.signals[0].detail.empty());
  CHECK(without.worst()[0].verdict.signals[0].points == 1);
  CHECK(with.worst()[0].content == "secret");
  CHECK(with.worst()[0].verdict.signals[0].detail == "most by \"word\"");
}

}  // namespace
}  // namespace winnow
