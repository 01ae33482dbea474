#include "tools/training/minimise.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

TEST_CASE("the lowest point of a narrow bowl is found") {
  const Objective bowl = [](std::span<const double> at, std::vector<double>& gradient) {
    double value = 0;
    for (std::size_t i = 0; i < at.size(); ++i) {
      const double steep = static_cast<double>(1 + 40 * i), off = at[i] - static_cast<double>(i);
      gradient[i] = 2 * steep * off;
      value += steep * off * off;
    }
    return value;
  };
  const std::vector<double> lowest =
      minimise(bowl, std::vector<double>(5), std::vector<double>(5, 1), {200, 1e-9});
  for (std::size_t i = 0; i < lowest.size(); ++i)
    CHECK(lowest[i] == doctest::Approx(static_cast<double>(i)).epsilon(1e-4));
}

}  // namespace
}  // namespace winnow
