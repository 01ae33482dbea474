// When something was written: the ways in which exports tell it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace winnow {

// Milliseconds since 1970 UTC of
//   2026-01-02, 2026-01-02 03:04, 2026-01-02 03:04:05, 2026-01-02T03:04:05.678Z, ...+01:00   (no zone: UTC)
//   1767322800, 1767322800000                             (seconds or milliseconds since 1970)
// None for anything else, MySQL's zero date and days that the calendar does not have.
std::optional<std::int64_t> parse_time(std::string_view text);

// "2026-01-02T03:04:05Z".
std::string iso_text(std::int64_t unix_millis);

}  // namespace winnow
