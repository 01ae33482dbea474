#include "classifier/memory/background.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace winnow {
namespace {

TEST_CASE("shares come back from bytes, to 1/255; an unknown token has none") {
  const Background made({{7, 0.5}, {8, 1.0}, {4000000000U, 0.02}, {9, 0}});
  const Result<Background> read = Background::parse(made.serialize());
  REQUIRE(read.ok());
  CHECK(read->size() == 3);
  for (const Background* each : {&made, &*read}) {
    CHECK(each->share(7) == doctest::Approx(0.5).epsilon(0.01));
    CHECK(each->share(8) == 1);
    CHECK(each->share(4000000000U) == doctest::Approx(0.02).epsilon(0.1));
    CHECK(each->share(9) == 0);
    CHECK(each->share(10) == 0);
  }
  CHECK(Background().share(7) == 0);
}

TEST_CASE("bytes that are no background are refused") {
  const std::string whole = Background({{7, 0.5}, {8, 1.0}}).serialize();
  for (std::size_t size = 0; size < whole.size(); ++size)
    CHECK(Background::parse(whole.substr(0, size)).error().kind == ErrorKind::kCorrupt);
  CHECK_FALSE(Background::parse(whole + "x").ok());
  std::string other = whole;
  other[4] = 2;
  CHECK_FALSE(Background::parse(other).ok());
  other = whole;
  other[11] = '\x7f';
  CHECK_FALSE(Background::parse(other).ok());
  other = whole;
  std::swap_ranges(other.end() - 10, other.end() - 5, other.end() - 5);
  CHECK_FALSE(Background::parse(other).ok());
}

}  // namespace
}  // namespace winnow
