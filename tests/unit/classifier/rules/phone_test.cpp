#include "classifier/rules/phone.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

TEST_CASE("numbers that are written to be called") {
  for (const char* text : {"call +1 (800) 555-0199 now", "(800) 555 0199", "1-800-555-0199", "800.555.0199",
                           "+4915112345678", "tel. 030 12 345678"}) {
    CAPTURE(text);
    CHECK(has_phone_number(text, false));
  }
  CHECK(has_phone_number("whatsapp 4915112345678", true));
}

TEST_CASE("numbers that are not") {
  for (const char* text : {"2013-05-06 12", "version 10.2.33.4455", "ISBN 978-3-16-148410-0-1-2",
                           "4915112345678", "id_800-555-0199", "item/80055501999", "#800555019912",
                           "1 2 3 4 5 6 7 8 9 10 11 12", "00000000000000000000", ""}) {
    CAPTURE(text);
    CHECK_FALSE(has_phone_number(text, false));
  }
  CHECK_FALSE(has_phone_number("2013-05-06 12", true));
}

}  // namespace
}  // namespace winnow
