#include "service/http/form.h"

#include <doctest/doctest.h>

namespace winnow::http {
namespace {

using Fields = std::vector<Field>;

TEST_CASE("urlencoded bodies as clients write them") {
  struct {
    std::string_view text;
    Fields fields;
  } const cases[] = {
      {"", {}},
      {"a=1&b=2", {{"a", "1"}, {"b", "2"}}},
      {"a=one+two%20three", {{"a", "one two three"}}},
      {"user_ip&blog=x", {{"user_ip", ""}, {"blog", "x"}}},  // WordPress drops the '=' of an empty value
      {"a=1&", {{"a", "1"}}},                                // bbPress ends so
      {"&&a=1&&", {{"a", "1"}}},
      {"a==b=c", {{"a", "=b=c"}}},
      {"a=1&a=2", {{"a", "1"}, {"a", "2"}}},
      {"=x", {{"", "x"}}},
      {"a%5B0%5D=1", {{"a[0]", "1"}}},
      {"a=%e4%B8%ad", {{"a", "\xe4\xb8\xad"}}},
      {"a=%", {{"a", "%"}}},
      {"a=%4", {{"a", "%4"}}},
      {"a=%zz%41", {{"a", "%zzA"}}},
      {"a=100%&b=%%41", {{"a", "100%"}, {"b", "%A"}}},
      {"a=%00b", {{"a", std::string("\0b", 2)}}},
      {"a=\xff\xfe", {{"a", "\xff\xfe"}}},
  };
  for (const auto& [text, fields] : cases) {
    CAPTURE(text);
    CHECK(parse_form(text) == fields);
  }
}

TEST_CASE("fields beyond the limit are not read") {
  std::string text;
  for (std::size_t i = 0; i < 3 * kMaxFields; ++i) text += "n" + std::to_string(i) + "=v&";
  const Fields fields = parse_form(text);
  REQUIRE(fields.size() == kMaxFields);
  CHECK(fields.back().first == "n1999");
  CHECK(parse_form("a=1&b=2&c=3", 2).size() == 2);
}

TEST_CASE("a million empty pieces cost nothing") {
  CHECK(parse_form(std::string(1 << 20, '&')).empty());
}

}  // namespace
}  // namespace winnow::http
