#include "classifier/number_text.h"

#include <doctest/doctest.h>

#include <cstdio>
#include <limits>
#include <random>

using namespace winnow;

namespace {

std::string printed(const char* format, int decimals, double value) {
  char text[400];
  std::snprintf(text, sizeof text, format, decimals, value);
  return text;
}

void check_as_printed(double value) {
  for (const int decimals : {0, 2, 4, 9}) {
    CAPTURE(decimals);
    CAPTURE(value);
    CHECK(with_decimals(value, decimals) == printed("%.*f", decimals, value));
    CHECK(with_sign(value, decimals) == printed("%+.*f", decimals, value));
  }
}

}  // namespace

TEST_CASE("numbers are written as printf() writes them, halves and ends of the range, too") {
  for (const double value :
       {0.0, -0.0, 0.005, 0.125, 0.375, -0.125, 2.675, -0.001, 0.99995, 1e-300, 1e22,
        std::numeric_limits<double>::max(), std::numeric_limits<double>::lowest(),
        std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity()})
    check_as_printed(value);
  std::mt19937_64 random(1);
  std::normal_distribution<double> points(0, 4);
  for (int i = 0; i < 1000; ++i) check_as_printed(points(random));
}
