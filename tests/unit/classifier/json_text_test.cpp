#include "classifier/json_text.h"

#include <doctest/doctest.h>

#include <limits>
#include <string>

#include "classifier/json.h"

using namespace winnow;

namespace {

template <typename Value>
std::string written(Value value) {
  std::string out = ">";
  append_json(out, value);
  return out.substr(1);
}

}  // namespace

TEST_CASE("a text is written as to_text() writes it") {
  std::string all_bytes;
  for (int byte = 0; byte < 256; ++byte) all_bytes += static_cast<char>(byte);
  for (const std::string& text : {std::string(), std::string("plain ~!"), std::string("a \"b\" \\ c"),
                                  std::string("line\nbreak\t"), std::string("naïve 😀"), std::string("\x7f"),
                                  std::string("cut \xf0\x9f"), std::string("nul\0nul", 7), all_bytes}) {
    CAPTURE(text);
    CHECK(written(std::string_view(text)) == to_text(Json(text)));
  }
  for (int byte = 0; byte < 256; ++byte) {
    CAPTURE(byte);
    const std::string text(1, static_cast<char>(byte));
    CHECK(written(std::string_view(text)) == to_text(Json(text)));
  }
}

TEST_CASE("a number reads back as the same") {
  for (const double number :
       {0.0, -0.0, 1.0, -3.0, 0.1, 1e-6, -2.345678, 12345678.0, 1e22, 1.7976931348623157e308, 5e-324,
        2.2250738585072014e-308, 0.30000000000000004, 0.9999999999999999}) {
    CAPTURE(number);
    const Result<Json> read = parse_json(written(number));
    REQUIRE(read.ok());
    REQUIRE(read->is_number());
    CHECK(read->get<double>() == number);
  }
  CHECK(written(0.25) == "0.25");
  CHECK(written(std::numeric_limits<double>::infinity()) == "null");
  CHECK(written(std::numeric_limits<double>::quiet_NaN()) == "null");
}
