#include "classifier/searched_text.h"

#include <doctest/doctest.h>

#include <random>
#include <string>

namespace winnow::test {
namespace {

TEST_CASE("what stands in a text is found, at its ends and beyond ASCII, too") {
  const std::string text = "buy \xD0\xB2\xD0\xBE now, 5$ a piece";
  const SearchedText searched(text);
  for (const char* part : {"buy", "piece", "\xD0\xB2\xD0\xBE", "$", "", "5$ a"}) {
    CAPTURE(part);
    CHECK(searched.has(part));
  }
  for (const char* part : {"bun", "pieces", "yb", "\xD0\xBE\xD0\xB2", "#"}) {
    CAPTURE(part);
    CHECK_FALSE(searched.has(part));
  }
  CHECK(searched.has_any({"casino", "now"}));
  CHECK_FALSE(searched.has_any({"casino", "then"}));
}

TEST_CASE("an empty text has nothing but the empty string") {
  const SearchedText searched("");
  CHECK(searched.has(""));
  CHECK_FALSE(searched.has("a"));
}

TEST_CASE("it says of any string what a search says") {
  std::mt19937 random(1);
  const auto made = [&random](std::size_t length) {
    std::string text;
    for (std::size_t i = 0; i < length; ++i) text += static_cast<char>("abc \xC3\xA9"[random() % 6]);
    return text;
  };
  int found = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string text = made(random() % 40), part = made(random() % 5);
    const bool is_in = text.find(part) != std::string::npos;
    found += is_in;
    CHECK(SearchedText(text).has(part) == is_in);
  }
  CHECK(found > 200);
  CHECK(found < 1900);
}

}  // namespace
}  // namespace winnow::test
