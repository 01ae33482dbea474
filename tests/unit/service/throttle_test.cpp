#include "service/throttle.h"

#include <doctest/doctest.h>

using namespace winnow;

namespace {

constexpr UnixMillis kStart = 1'700'000'000'000;
constexpr UnixMillis kSecond = 1000;
constexpr UnixMillis kMinute = 60 * kSecond;

}  // namespace

TEST_CASE("five wrong tries are free, then the wait doubles from 30 seconds to a quarter of an hour") {
  Throttle throttle;
  UnixMillis now = kStart;
  for (int i = 0; i < 5; ++i) CHECK(throttle.begin({"name ann"}, now) == 0);
  for (const std::int64_t wait : {30, 60, 120, 240, 480, 900, 900, 900}) {
    CHECK(throttle.begin({"name ann"}, now) == wait);
    now += wait * kSecond - 1;
    CHECK(throttle.begin({"name ann"}, now) == 1);
    now += 1;
    CHECK(throttle.begin({"name ann"}, now) == 0);
  }
  CHECK(throttle.begin({"name bob"}, now) == 0);
}

TEST_CASE("wrong tries are forgotten after a quarter of an hour without one") {
  Throttle throttle;
  for (int i = 0; i < 5; ++i) throttle.begin({"name ann"}, kStart);
  for (int i = 0; i < 4; ++i) CHECK(throttle.begin({"name ann"}, kStart + 16 * kMinute) == 0);
  CHECK(throttle.begin({"name ann"}, kStart + 32 * kMinute) == 0);
  CHECK(throttle.begin({"name ann"}, kStart + 32 * kMinute) == 0);
}

TEST_CASE("a try waits for the name and for the network, whichever is longer, and counts for both") {
  Throttle throttle;
  for (int i = 0; i < 5; ++i)
    CHECK(throttle.begin({"name " + std::to_string(i), "net 203.0.113.0"}, kStart) == 0);
  CHECK(throttle.begin({"name new", "net 203.0.113.0"}, kStart) == 30);
  CHECK(throttle.begin({"name 0", "net 198.51.100.0"}, kStart) == 0);
  CHECK(throttle.begin({"name new", "net 198.51.100.0"}, kStart) == 0);
}

TEST_CASE("tries at the same time are counted before it is known what they are") {
  Throttle throttle;
  int looked_at = 0;
  for (int i = 0; i < 64; ++i) looked_at += throttle.begin({"name ann"}, kStart) == 0;
  CHECK(looked_at == 5);
}

TEST_CASE("a right try is forgotten with those before it, an unclear one does not count") {
  Throttle throttle;
  const std::vector<std::string> keys = {"name ann", "net 203.0.113.0"};
  for (int i = 0; i < 4; ++i) throttle.begin(keys, kStart);
  for (int i = 0; i < 10; ++i) {
    CHECK(throttle.begin(keys, kStart) == 0);
    throttle.take_back(keys);
  }
  throttle.forget("name ann");
  CHECK(throttle.begin(keys, kStart) == 0);  // the network's fifth, the name's first
  CHECK(throttle.begin({"name ann"}, kStart) == 0);
  CHECK(throttle.begin({"net 203.0.113.0"}, kStart) == 30);
}

TEST_CASE("only so many keys are kept, the newest") {
  Throttle throttle(3);
  for (int i = 0; i < 5; ++i) throttle.begin({"old"}, kStart);
  CHECK(throttle.begin({"old"}, kStart) == 30);
  for (const char* key : {"a", "b", "c", "d"}) throttle.begin({key}, kStart);
  CHECK(throttle.size() == 3);
  CHECK(throttle.begin({"old"}, kStart) == 0);
}

TEST_CASE("an address counts with its network") {
  CHECK(throttle_key_of_address("203.0.113.7") == throttle_key_of_address("203.0.113.200"));
  CHECK(throttle_key_of_address("203.0.113.7") != throttle_key_of_address("203.0.114.7"));
  CHECK(throttle_key_of_address("2001:db8:1:2::1") == throttle_key_of_address("2001:db8:1:2:ffff::9"));
  CHECK(throttle_key_of_address("2001:db8:1:2::1") != throttle_key_of_address("2001:db8:1:3::1"));
  CHECK_FALSE(throttle_key_of_address("").empty());
}
