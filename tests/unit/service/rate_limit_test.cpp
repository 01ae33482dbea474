#include "service/rate_limit.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

constexpr UnixMillis kNow = 1'700'000'000'000;

TEST_CASE("a full bucket at once, then so many a second") {
  RateLimit limit(2, 10);
  for (int i = 0; i < 10; ++i) CHECK(limit.take("a", 1, kNow) == 0);
  CHECK(limit.take("a", 1, kNow) == 500);
  CHECK(limit.take("a", 1, kNow + 499) == 1);
  CHECK(limit.take("a", 1, kNow + 500) == 0);
  CHECK(limit.take("a", 1, kNow + 500) == 500);
  // Never more than a bucket, however long nobody came.
  for (int i = 0; i < 10; ++i) CHECK(limit.take("a", 1, kNow + 86'400'000) == 0);
  CHECK(limit.take("a", 1, kNow + 86'400'000) > 0);
}

TEST_CASE("each name has a bucket of its own") {
  RateLimit limit(1, 1);
  CHECK(limit.take("a", 1, kNow) == 0);
  CHECK(limit.take("a", 1, kNow) == 1000);
  CHECK(limit.take("b", 1, kNow) == 0);
}

TEST_CASE("who is refused has taken nothing") {
  RateLimit limit(1, 1);
  CHECK(limit.take("a", 1, kNow) == 0);
  for (int i = 0; i < 100; ++i) CHECK(limit.take("a", 1, kNow + 500) == 500);
  CHECK(limit.take("a", 1, kNow + 1000) == 0);
}

TEST_CASE("more than a bucket holds is given when it is full, and leaves a debt") {
  RateLimit limit(10, 20);
  CHECK(limit.take("a", 1, kNow) == 0);
  CHECK(limit.take("a", 100, kNow) == 100);
  CHECK(limit.take("a", 100, kNow + 100) == 0);
  CHECK(limit.take("a", 1, kNow + 100) == 8100);
  CHECK(limit.take("a", 1, kNow + 8200) == 0);
}

TEST_CASE("waiting takes nothing, and charging always does") {
  RateLimit limit(1, 2);
  for (int i = 0; i < 10; ++i) CHECK(limit.wait("a", 1, kNow) == 0);
  for (int i = 0; i < 4; ++i) limit.charge("a", 1, kNow);
  CHECK(limit.wait("a", 1, kNow) == 3000);
  CHECK(limit.wait("a", 1, kNow + 3000) == 0);
}

TEST_CASE("a clock that is put back stops nobody for longer than the limit does") {
  RateLimit limit(1, 1);
  CHECK(limit.take("a", 1, kNow) == 0);
  CHECK(limit.take("a", 1, kNow - 3'600'000) == 1000);
  CHECK(limit.take("a", 1, kNow - 3'600'000 + 1000) == 0);
}

TEST_CASE("no limit is no limit") {
  RateLimit limit(0, 1);
  for (int i = 0; i < 1000; ++i) CHECK(limit.take("a", 1000, kNow) == 0);
  CHECK(limit.wait("a", 1, kNow) == 0);
  CHECK(limit.size() == 0);
}

TEST_CASE("any number of names costs a bounded number of buckets") {
  RateLimit limit(1, 1, 100);
  for (int i = 0; i < 10'000; ++i) limit.take(std::to_string(i), 1, kNow);
  CHECK(limit.size() == 100);
  CHECK(limit.take("9999", 1, kNow) > 0);
}

}  // namespace
}  // namespace winnow
