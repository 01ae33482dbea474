#include "service/http/admin/input.h"

#include <doctest/doctest.h>

namespace winnow::http::admin {
namespace {

TEST_CASE("times are read as RFC 3339 has them") {
  struct {
    const char* text;
    std::int64_t at;
  } const good[] = {{"1970-01-01", 0},
                    {"1970-01-02T00:00:00Z", 86'400'000},
                    {"1970-01-01t01:02:03z", 3'723'000},
                    {"1970-01-01T01:02:03.45678Z", 3'723'456},
                    {"1970-01-01T01:00:00+01:00", 0},
                    {"1969-12-31T23:30:00-00:30", 0},
                    {"2024-02-29", 1'709'164'800'000}};
  for (const auto& [text, at] : good) {
    CAPTURE(text);
    const auto read = optional_time(Json{{"until", text}}, "until");
    REQUIRE(read);
    CHECK(*read == at);
  }
  for (const char* text :
       {"", "1970", "1970-1-1", "1970-13-01", "2023-02-29", "1970-01-01T", "1970-01-01T24:00:00Z",
        "1970-01-01T00:60:00Z", "1970-01-01T00:00Z", "1970-01-01T00:00:00", "1970-01-01T00:00:00.Z",
        "1970-01-01T00:00:00Zx", "1970-01-01T00:00:00+1:00", "-970-01-01", "1970-01--1"}) {
    CAPTURE(text);
    const auto read = optional_time(Json{{"until", text}}, "until");
    REQUIRE_FALSE(read);
    CHECK(read.error().field == "until");
  }
  CHECK_FALSE((*optional_time(Json::object(), "until")).has_value());
  CHECK_FALSE((*optional_time(Json{{"until", nullptr}}, "until")).has_value());
}

TEST_CASE("parameters of a query") {
  Request request;
  request.query = "limit=20&q=two%20words&zero=0";
  CHECK(parameter(request, "q") == "two words");
  CHECK(parameter(request, "none").empty());
  CHECK(*parameter(request, "limit", 50, 1, 200) == 20);
  CHECK(*parameter(request, "none", 50, 1, 200) == 50);
  CHECK(*parameter(request, "zero", 50, 0, 200) == 0);
  CHECK(parameter(request, "limit", 50, 1, 19).error().field == "limit");
  CHECK_FALSE(parameter(request, "q", 50, 1, 200));
}

}  // namespace
}  // namespace winnow::http::admin
