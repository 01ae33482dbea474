#include "classifier/number_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>

namespace winnow {
namespace {

constexpr std::array<double, 10> kPowers = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};
constexpr double kSmall = 1e9;     // up to here a product is exact to 1e-7
constexpr double kInDoubt = 1e-6;  // so near to a half all digits of the number decide

// The digits of |value| without the point, rounded; nothing where that takes more than a product.
std::optional<std::uint64_t> small_digits(double value, int decimals) {
  const double product = std::abs(value) * kPowers[static_cast<std::size_t>(decimals)];
  if (!(product < kSmall)) return std::nullopt;
  const double whole = std::floor(product), rest = product - whole;
  if (std::abs(rest - 0.5) < kInDoubt) return std::nullopt;
  return static_cast<std::uint64_t>(whole) + (rest > 0.5 ? 1 : 0);
}

}  // namespace

std::string with_decimals(double value, int decimals) {
  std::array<char, std::numeric_limits<double>::max_exponent10 + 16> text;  // and sign, point, decimals
  char* end = text.data() + text.size();
  const std::optional<std::uint64_t> digits = small_digits(value, decimals);
  if (!digits) {
    end = std::to_chars(text.data(), end, value, std::chars_format::fixed, decimals).ptr;
    return {text.data(), end};
  }
  char* begin = end;
  std::uint64_t rest = *digits;
  for (int written = 0; written <= decimals || rest > 0; ++written, rest /= 10) {
    if (written == decimals && decimals > 0) *--begin = '.';
    *--begin = static_cast<char>('0' + rest % 10);
  }
  if (std::signbit(value)) *--begin = '-';
  return {begin, end};
}

std::string with_sign(double value, int decimals) {
  std::string text = with_decimals(value, decimals);
  return text.starts_with('-') ? text : "+" + text;
}

}  // namespace winnow
