#include "classifier/alignment.h"

#include <doctest/doctest.h>

#include <string>

namespace winnow {
namespace {

// What of the plain text stands where the folded text has `wanted`; "" if that is not known.
std::string plain_of(const std::string& text, const std::string& wanted) {
  const NormalizedText normalized = normalize(text);
  const std::size_t at = normalized.folded.find(wanted);
  REQUIRE(at != std::string::npos);
  const auto place = Alignment(normalized).in_plain({at, at + wanted.size()});
  return place ? normalized.plain.substr(place->begin, place->end - place->begin) : "";
}

TEST_CASE("each word of the folded text has its place in the plain one") {
  CHECK(plain_of("Buy NOW, friends", "now") == "NOW");
  CHECK(plain_of("say &quot;CHEAP&quot; <b>again</b>", "cheap") == "CHEAP");
  CHECK(plain_of("a V1agra offer", "viagra") == "V1agra");
  CHECK(plain_of("best c a s i n o here", "casino") == "c a s i n o");
  CHECK(plain_of("best C.A.S.I.N.O here", "casino") == "C.A.S.I.N.O");
  CHECK(plain_of("this is a сasinо of ours", "casino") == "сasinо");
  CHECK(plain_of("so c\u0336a\u0336s\u0336i\u0336n\u0336o\u0336 it is", "casino") ==
        "c\u0336a\u0336s\u0336i\u0336n\u0336o\u0336");
  CHECK(plain_of("die Straße hier", "strasse") == "Straße");
  CHECK(plain_of("zwischen „GROẞ“ und klein", "gross") == "GROẞ");
  CHECK(plain_of("他们说免费赌场很好", "赌场") == "赌场");
  CHECK(plain_of("هذا كازينو مجاني", "كازينو") == "كازينو");
  CHECK(plain_of("🎰🎰 Free 🎁 spins", "spins") == "spins");
  CHECK(plain_of("ＦＲＥＥ spins", "free") == "FREE");
  CHECK(plain_of("it’s Ours", "it's") == "it’s");
  CHECK(plain_of("c\U0001F600a\U0001F600s\U0001F600i\U0001F600n\U0001F600o now", "casino").starts_with("c"));
}

TEST_CASE("what was one character is never cut in two") {
  const NormalizedText text = normalize("Straße");
  CHECK(Alignment(text).in_plain({4, 5}) == TextRange{4, 6});  // the first s of ss
}

TEST_CASE("a text that is not the folded one of its plain one has no places") {
  NormalizedText text = normalize("one two three");
  text.folded = "one tvo three";
  const Alignment other_word(text);
  CHECK(other_word.in_plain({0, 3}) == TextRange{0, 3});
  CHECK_FALSE(other_word.in_plain({4, 7}).has_value());
  CHECK(other_word.in_plain({8, 13}) == TextRange{8, 13});
  CHECK_FALSE(other_word.in_plain({0, 13}).has_value());
  text.folded = "one two three four";
  CHECK_FALSE(Alignment(text).in_plain({0, 3}).has_value());
  CHECK_FALSE(Alignment(normalize("")).in_plain({0, 1}).has_value());
}

}  // namespace
}  // namespace winnow
