#include "service/recency_map.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

TEST_CASE("the names asked for longest ago go") {
  RecencyMap<int> map(3);
  int number = 0;
  for (const char* name : {"a", "b", "c"}) map.get(name, 0) = ++number;
  REQUIRE(map.find("a"));
  map.get("d", 4);
  CHECK(map.size() == 3);
  CHECK_FALSE(map.find("b"));
  CHECK(*map.find("a") == 1);
  CHECK(map.get("d", 5) == 4);
  for (int i = 0; i < 1000; ++i) map.get("name " + std::to_string(i), i);
  CHECK(map.size() == 3);
  CHECK(*map.find("name 999") == 999);
  CHECK_FALSE(map.find("a"));
}

}  // namespace
}  // namespace winnow
