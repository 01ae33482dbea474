#include "service/http/admin/input.h"

#include <charconv>
#include <chrono>

#include "classifier/unicode.h"
#include "service/http/admin/json.h"
#include "service/http/form.h"

namespace winnow::http::admin {
namespace {

Error invalid(std::string message, std::string_view field) {
  return {ErrorKind::kInvalid, std::move(message), std::string(field)};
}

// Two or four digits off the front; none if they are not there.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
  if (text.size() < count) return std::nullopt;
  int number = 0;
  for (const char c : text.substr(0, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    number = 10 * number + (c - '0');
  }
  text.remove_prefix(count);
  return number;
}

bool take(std::string_view& text, std::string_view signs) {
  if (text.empty() || signs.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

std::optional<std::chrono::sys_days> take_day(std::string_view& text) {
  const auto year = take_digits(text, 4);
  if (!year || !take(text, "-")) return std::nullopt;
  const auto month = take_digits(text, 2);
  if (!month || !take(text, "-")) return std::nullopt;
  const auto day = take_digits(text, 2);
  if (!day) return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(*year),
                                         std::chrono::month(static_cast<unsigned>(*month)),
                                         std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date);
}

// "03:04", in minutes.
std::optional<int> take_minutes(std::string_view& text) {
  const auto hours = take_digits(text, 2);
  if (!hours || *hours > 23 || !take(text, ":")) return std::nullopt;
  const auto minutes = take_digits(text, 2);
  if (!minutes || *minutes > 59) return std::nullopt;
  return 60 * *hours + *minutes;
}

// RFC 3339
std::optional<UnixMillis> time_of(std::string_view text) {
  using namespace std::chrono;
  const auto day = take_day(text);
  if (!day) return std::nullopt;
  UnixMillis at = duration_cast<milliseconds>(day->time_since_epoch()).count();
  if (text.empty()) return at;
  if (!take(text, "Tt ")) return std::nullopt;
  const auto minutes = take_minutes(text);
  if (!minutes || !take(text, ":")) return std::nullopt;
  const auto seconds = take_digits(text, 2);
  if (!seconds || *seconds > 60) return std::nullopt;
  at += 60'000 * *minutes + 1000 * *seconds;
  if (take(text, ".")) {
    UnixMillis share = 100;
    if (text.empty() || text.front() < '0' || text.front() > '9') return std::nullopt;
    while (const auto digit = take_digits(text, 1)) {
      at += share * *digit;
      share /= 10;
    }
  }
  if (take(text, "Zz")) return text.empty() ? std::optional(at) : std::nullopt;
  const bool east = text.starts_with('+');
  if (!take(text, "+-")) return std::nullopt;
  const auto offset = take_minutes(text);
  if (!offset || !text.empty()) return std::nullopt;
  return at + (east ? -60'000 : 60'000) * *offset;
}

}  // namespace

Result<std::optional<std::int64_t>> optional_number(const Json& object, std::string_view name) {
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return std::optional<std::int64_t>();
  if (!found->is_number_integer()) return invalid("The member takes a whole number.", name);
  return std::optional(found->get<std::int64_t>());
}

Result<std::optional<UnixMillis>> optional_time(const Json& object, std::string_view name) {
  const Result<std::optional<std::string>> text = optional_text(object, name);
  if (!text) return text.error();
  if (!*text) return std::optional<UnixMillis>();
  const std::optional<UnixMillis> at = time_of(**text);
  if (!at) return invalid("The member takes a time such as 2026-01-31T23:59:59Z.", name);
  return at;
}

std::string parameter(const Request& request, std::string_view name) {
  for (const auto& [key, value] : parse_form(request.query))
    if (key == name) return to_valid_utf8(value);
  return "";
}

Result<std::int64_t> parameter(const Request& request, std::string_view name, std::int64_t fallback,
                               std::int64_t least, std::int64_t most) {
  const std::string text = parameter(request, name);
  if (text.empty()) return fallback;
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool good = failed == std::errc() && end == text.data() + text.size();
  if (good && number >= least && number <= most) return number;
  if (most == INT64_MAX) return invalid("This is a whole number.", name);
  return invalid("This is a number from " + std::to_string(least) + " to " + std::to_string(most) + ".",
                 name);
}

}  // namespace winnow::http::admin
