#include "tools/import/written_at.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace winnow {
namespace {

constexpr std::int64_t kMillis = 1000;

bool is_digit_char(char c) {
  return c >= '0' && c <= '9';
}

// Takes exactly `digits` digits off the front of `text`.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  if (text.size() < digits || !std::ranges::all_of(text.substr(0, digits), is_digit_char))
    return std::nullopt;
  int number = 0;
  std::from_chars(text.data(), text.data() + digits, number);
  text.remove_prefix(digits);
  return number;
}

bool take(std::string_view& text, std::string_view one_of) {
  if (text.empty() || one_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::int64_t> since_1970(std::string_view digits) {
  std::int64_t number = 0;
  if (std::from_chars(digits.data(), digits.data() + digits.size(), number).ec != std::errc())
    return std::nullopt;
  if (digits.size() >= 9 && digits.size() <= 10) return number * kMillis;
  if (digits.size() >= 12 && digits.size() <= 13) return number;
  return std::nullopt;
}

// "2026-01-02", days in milliseconds.
std::optional<std::int64_t> take_day(std::string_view& text) {
  const std::optional<int> year = take_number(text, 4);
  if (!year || !take(text, "-/")) return std::nullopt;
  const std::optional<int> month = take_number(text, 2);
  if (!month || !take(text, "-/")) return std::nullopt;
  const std::optional<int> day = take_number(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *year < 1970) return std::nullopt;
  return std::chrono::milliseconds(std::chrono::sys_days(date).time_since_epoch()).count();
}

// "03:04", "03:04:05" or "03:04:05.678", in milliseconds.
std::optional<std::int64_t> take_clock(std::string_view& text) {
  const std::optional<int> hour = take_number(text, 2);
  if (!hour || *hour > 23 || !take(text, ":")) return std::nullopt;
  const std::optional<int> minute = take_number(text, 2);
  if (!minute || *minute > 59) return std::nullopt;
  std::int64_t millis = (std::int64_t{*hour} * 3600 + std::int64_t{*minute} * 60) * kMillis;
  if (!take(text, ":")) return millis;
  const std::optional<int> second = take_number(text, 2);
  if (!second || *second > 60) return std::nullopt;
  millis += *second * kMillis;
  if (!take(text, ".,")) return millis;
  std::int64_t worth = 100;
  for (; !text.empty() && is_digit_char(text.front()); text.remove_prefix(1), worth /= 10)
    millis += (text.front() - '0') * worth;
  return millis;
}

// What is to be taken off for "Z", "+01:00" or "+0100"; none if `text` is anything else.
std::optional<std::int64_t> zone_millis(std::string_view text) {
  if (text.empty() || text == "Z" || text == "z" || text == "UTC" || text == "GMT") return 0;
  const std::int64_t sign = text.starts_with('-') ? -1 : 1;
  if (!take(text, "+-")) return std::nullopt;
  const std::optional<int> hours = take_number(text, 2);
  if (!hours) return std::nullopt;
  take(text, ":");
  const std::optional<int> minutes = text.empty() ? 0 : take_number(text, 2);
  if (!minutes || !text.empty()) return std::nullopt;
  return sign * (std::int64_t{*hours} * 60 + *minutes) * 60 * kMillis;
}

}  // namespace

std::optional<std::int64_t> parse_time(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return std::nullopt;
  text = text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
  if (std::ranges::all_of(text, is_digit_char)) return since_1970(text);
  const std::optional<std::int64_t> day = take_day(text);
  if (!day || text.empty()) return day;
  if (!take(text, "Tt ")) return std::nullopt;
  const std::optional<std::int64_t> clock = take_clock(text);
  if (!clock) return std::nullopt;
  take(text, " ");
  const std::optional<std::int64_t> zone = zone_millis(text);
  if (!zone) return std::nullopt;
  return *day + *clock - *zone;
}

std::string iso_text(std::int64_t unix_millis) {
  const std::chrono::sys_time<std::chrono::milliseconds> time{std::chrono::milliseconds(unix_millis)};
  const auto midnight = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(midnight);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - midnight));
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02d:%02d:%02dZ", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
                static_cast<int>(clock.seconds().count()));
  return text;
}

}  // namespace winnow
