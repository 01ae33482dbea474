#include "tools/report/numbers.h"

#include <cstdio>

#include "tools/training/interval.h"

namespace winnow::report {
namespace {

constexpr const char* kUnknown = "–";
constexpr const char* kMinus = "−";

std::string fixed(double number, int digits) {
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", digits, number);
  return text;
}

}  // namespace

std::string count(long number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string percent(std::optional<double> share) {
  return share ? fixed(100 * *share, 2) + " %" : kUnknown;
}

std::string percent_of(long part, long whole) {
  return whole == 0 ? kUnknown : percent(static_cast<double>(part) / static_cast<double>(whole));
}

std::string percent_range(long part, long whole) {
  if (whole == 0) return kUnknown;
  const Interval interval = wilson_interval(part, whole);
  return fixed(100 * interval.low, 1) + "–" + fixed(100 * interval.high, 1) + " %";
}

std::string decimal(std::optional<double> number, int digits) {
  return number ? fixed(*number, digits) : kUnknown;
}

std::string signed_points(double points) {
  const std::string text = fixed(points < 0 ? -points : points, 2);
  return (points < 0 ? kMinus : "+") + text;
}

std::string threshold_text(double threshold) {
  std::string text = fixed(threshold, 6);
  while (text.ends_with('0') && text.size() > text.find('.') + 3) text.pop_back();
  return text;
}

std::string plural(long number, const std::string& noun) {
  return count(number) + " " + noun + (number == 1 ? "" : "s");
}

std::optional<double> number_of(const Json& figure) {
  return figure.is_number() ? std::optional<double>(figure.get<double>()) : std::nullopt;
}

}  // namespace winnow::report
