#include "tools/import/written_at.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

TEST_CASE("times are read as exports write them") {
  struct Row {
    const char* text;
    std::int64_t millis;
  };
  for (const Row& row :
       {Row{"2026-01-02 03:04:05", 1767323045000}, Row{"2026-01-02T03:04:05Z", 1767323045000},
        Row{"2026-01-02T03:04:05.678Z", 1767323045678}, Row{"2026-01-02", 1767312000000},
        Row{"2026-01-02 03:04", 1767323040000}, Row{"2026-01-02T04:04:05+01:00", 1767323045000},
        Row{"2026-01-01T22:04:05-0500", 1767323045000}, Row{" 1767323045 ", 1767323045000},
        Row{"1767323045678", 1767323045678}, Row{"2024-02-29", 1709164800000}}) {
    CAPTURE(row.text);
    CHECK(parse_time(row.text) == row.millis);
  }
}

TEST_CASE("what is no time is none") {
  for (const char* text :
       {"", "0000-00-00 00:00:00", "2026-02-30", "2026-13-01", "2026-01-02 25:00:00", "soon",
        "2026-01-02 03:04:05 x", "12", "2026-01-02T03:04:05+x", "99999999999999999999"}) {
    CAPTURE(text);
    CHECK_FALSE(parse_time(text).has_value());
  }
}

TEST_CASE("a time is written as it is read") {
  CHECK(iso_text(1767323045678) == "2026-01-02T03:04:05Z");
  CHECK(iso_text(0) == "1970-01-01T00:00:00Z");
  CHECK(parse_time(iso_text(1709164800000)) == 1709164800000);
}

}  // namespace
}  // namespace winnow
