#include "tools/report/numbers.h"

#include <doctest/doctest.h>

namespace winnow::report {
namespace {

TEST_CASE("how numbers are written") {
  CHECK(count(0) == "0");
  CHECK(count(999) == "999");
  CHECK(count(1234567) == "1,234,567");
  CHECK(percent(.12345) == "12.35 %");
  CHECK(percent(std::nullopt) == "–");
  CHECK(percent_of(1, 0) == "–");
  CHECK(percent_of(1, 4) == "25.00 %");
  CHECK(percent_range(0, 0) == "–");
  CHECK(percent_range(0, 20) == "0.0–16.1 %");
  CHECK(decimal(.5, 3) == "0.500");
  CHECK(signed_points(-1.234) == "−1.23");
  CHECK(signed_points(2) == "+2.00");
  CHECK(threshold_text(.9183) == "0.9183");
  CHECK(threshold_text(.5) == "0.50");
  CHECK(plural(1, "comment") == "1 comment");
  CHECK(plural(2000, "comment") == "2,000 comments");
  CHECK_FALSE(number_of(Json()));
  CHECK(*number_of(Json(2)) == 2);
}

}  // namespace
}  // namespace winnow::report
