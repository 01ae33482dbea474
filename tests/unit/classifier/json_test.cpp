#include "classifier/json.h"

#include <doctest/doctest.h>

#include <chrono>
#include <string>

using namespace winnow;

namespace {

std::string nested(int depth, const char* open, const char* close, const std::string& inside = "") {
  std::string text;
  for (int i = 0; i < depth; ++i) text += open;
  text += inside;
  for (int i = 0; i < depth; ++i) text += close;
  return text;
}

}  // namespace

TEST_CASE("parse_json reads every kind of value and keeps the order of members") {
  const auto parsed =
      parse_json(R"({"z":1,"a":[true,false,null,-7,2.5,"x"],"m":{"k":"v"},"big":18446744073709551615})");
  REQUIRE(parsed.ok());
  CHECK(to_text(*parsed) ==
        R"({"z":1,"a":[true,false,null,-7,2.5,"x"],"m":{"k":"v"},"big":18446744073709551615})");
  CHECK((*parsed)["a"].size() == 6);
  CHECK(parse_json(" 1 ").ok());
  CHECK(parse_json("\"\\u00e9\\ud83d\\ude00\"")->get<std::string>() == "é😀");
}

TEST_CASE("parse_json refuses what is not exactly one JSON value") {
  for (const std::string& text : {
           std::string(""),
           std::string("  "),
           std::string("{"),
           std::string("{}{}"),
           std::string("{} x"),
           std::string("[1,]"),
           std::string("{a:1}"),
           std::string("'a'"),
           std::string("nul"),
           std::string("NaN"),
           std::string("// c\n1"),
           std::string("\"\x01\""),
           std::string("\"\xff\""),
           std::string("\"\xc0\xaf\""),
           std::string("\"\xed\xa0\x80\""),
           std::string("\"\\ud800\""),
           std::string("\"\xe2\x82\""),
           std::string("1e999"),
           std::string("{\"\xff\":1}"),
           std::string("{}\0{}", 5),
           std::string("\"a\0b\"", 5),
       }) {
    CAPTURE(text);
    const auto parsed = parse_json(text);
    REQUIRE_FALSE(parsed.ok());
    CHECK(parsed.error().kind == ErrorKind::kInvalid);
    CHECK(parsed.error().message.find("at byte ") != std::string::npos);
  }
}

TEST_CASE("parse_json names the position of an error and never the text") {
  const auto parsed = parse_json(R"({"secret": passw0rd})");
  REQUIRE_FALSE(parsed.ok());
  CHECK(parsed.error().message.find("12") != std::string::npos);
  CHECK(parsed.error().message.find("passw0rd") == std::string::npos);
  CHECK(parsed.error().message.find("secret") == std::string::npos);
}

TEST_CASE("parse_json takes kMaxJsonDepth levels and not one more") {
  CHECK(parse_json(nested(kMaxJsonDepth, "[", "]")).ok());
  CHECK(parse_json(nested(kMaxJsonDepth, "{\"a\":", "}", "1")).ok());
  CHECK_FALSE(parse_json(nested(kMaxJsonDepth + 1, "[", "]")).ok());
  CHECK_FALSE(parse_json(nested(kMaxJsonDepth + 1, "{\"a\":", "}", "1")).ok());
  CHECK(parse_json("\"" + nested(500, "[", "]") + "\"").ok());
  CHECK(parse_json("[\"\\\"" + nested(500, "[", "") + "\"]").ok());
  CHECK_FALSE(parse_json(std::string(1 << 20, '[')).ok());
}

TEST_CASE("of a duplicate key the last value wins, at the place of the first") {
  CHECK(to_text(*parse_json(R"({"a":1,"b":2,"a":[3]})")) == R"({"a":[3],"b":2})");
  std::string many = "{";
  for (int i = 0; i < 100; ++i) many += "\"k" + std::to_string(i) + "\":0,";
  many += "\"k40\":{\"x\":1},\"k99\":5}";
  const auto parsed = parse_json(many);
  REQUIRE(parsed.ok());
  CHECK(parsed->size() == 100);
  CHECK(to_text((*parsed)["k40"]) == R"({"x":1})");
  CHECK((*parsed)["k99"] == 5);
}

TEST_CASE("an object of 100,000 members is read in linear time") {
  std::string text = "{\"k\":0";
  for (int i = 0; i < 100000; ++i) text += ",\"" + std::to_string(i) + "\":1";
  text += "}";
  const auto start = std::chrono::steady_clock::now();
  const auto parsed = parse_json(text);
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(3));
  REQUIRE(parsed.ok());
  CHECK(parsed->size() == 100001);
}

TEST_CASE("writing never fails") {
  const Json json = {{"a", "b\xff"}, {"n", 1}};
  CHECK(to_text(json) == "{\"a\":\"b\xEF\xBF\xBD\",\"n\":1}");
  CHECK(to_pretty_text(json) == "{\n  \"a\": \"b\xEF\xBF\xBD\",\n  \"n\": 1\n}");
}

TEST_CASE("string_or falls back on anything but a string member") {
  const Json json = {{"s", "yes"}, {"n", 1}};
  CHECK(string_or(json, "s") == "yes");
  CHECK(string_or(json, "n", "no") == "no");
  CHECK(string_or(json, "absent", "no") == "no");
  CHECK(string_or(json, "absent").empty());
  CHECK(string_or(Json::array({1}), "s", "no") == "no");
  CHECK(string_or(Json("s"), "s", "no") == "no");
}
