#include "tools/training/interval.h"

#include <algorithm>
#include <cmath>

namespace winnow {

Interval wilson_interval(long part, long whole) {
  if (whole == 0) return {};
  constexpr double kZ = 1.959964;  // 97.5 % of the normal distribution lie below
  const double n = static_cast<double>(whole), share = static_cast<double>(part) / n, z2 = kZ * kZ;
  const double middle = (share + z2 / (2 * n)) / (1 + z2 / n);
  const double half = kZ / (1 + z2 / n) * std::sqrt(share * (1 - share) / n + z2 / (4 * n * n));
  return {std::max(0.0, middle - half), std::min(1.0, middle + half)};
}

}  // namespace winnow
