#include "classifier/memory/sketch.h"

#include <doctest/doctest.h>

#include <string>

namespace winnow {
namespace {

// "word0 word1 ..." of letters alone.
std::string words(int first, int count) {
  std::string line;
  for (int i = first; i < first + count; ++i) {
    std::string word = "w";
    for (int n = i + 1; n > 0; n /= 26) word += static_cast<char>('a' + n % 26);
    line += (line.empty() ? "" : " ") + word + "x";
  }
  return line;
}

TEST_CASE("the likeness of short texts is the share of content words that they have in common") {
  CHECK(likeness(sketch_of("garden river lamp story"), sketch_of("story lamp river garden")) == 1);
  CHECK(likeness(sketch_of("garden river lamp"), sketch_of("garden river kitchen")) == doctest::Approx(0.5));
  CHECK(likeness(sketch_of("garden river"), sketch_of("kitchen lamp")) == 0);
  CHECK(likeness(sketch_of(""), sketch_of("")) == 0);
}

TEST_CASE("function words, numbers and repetitions are no content") {
  CHECK(sketch_of("the garden and the river of 2024 garden").words == 2);
  CHECK(sketch_of("the and with").units.empty());
}

TEST_CASE("the likeness of long texts is estimated, and a text is like itself") {
  const Sketch one = sketch_of(words(0, 400));
  CHECK(one.words == 400);
  CHECK(one.units.size() == Sketch::kUnits);
  CHECK(likeness(one, one) == 1);
  // 300 of 500 words in common: 0.6, within three standard deviations of a sample of 32.
  CHECK(likeness(one, sketch_of(words(100, 400))) == doctest::Approx(0.6).epsilon(0.45));
  CHECK(likeness(one, sketch_of(words(1000, 400))) == 0);
}

}  // namespace
}  // namespace winnow
