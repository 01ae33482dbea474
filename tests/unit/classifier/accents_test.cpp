#include "classifier/accents.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

TEST_CASE("without accents letters stay what they are, and marks that make another letter stay") {
  CHECK(without_accents("café søren ångström łódź đặng e\u0301") == "cafe soren angstrom lodz dang e");
  CHECK(without_accents("ёлка καλημέρα") == "елка καλημερα");
  for (const char* same : {"plain", "", "がぎ", "한글", "हिन्दी", "สวัสดี", "مَرحبا", "你好"})
    CHECK(without_accents(same) == same);
}

}  // namespace
}  // namespace winnow
