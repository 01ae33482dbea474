#include "tools/training/gate.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

// Of 1,000 of each.
Comparison of(long caught_before, long caught_after, long blocked_before, long blocked_after) {
  return {"held out", {1000, 1000, caught_before, blocked_before}, {1000, 1000, caught_after, blocked_after}};
}

TEST_CASE("a candidate that is better, or worse by no more than is allowed, passes") {
  CHECK(refusals(of(900, 950, 5, 5), {}).empty());
  CHECK(refusals(of(900, 895, 5, 10), {}).empty());
}

TEST_CASE("one that blocks more ham or misses more spam is refused, with the figures") {
  const auto blocks = refusals(of(900, 950, 5, 11), {});
  REQUIRE(blocks.size() == 1);
  CHECK(blocks[0].find("blocks 11 of 1000 honest comments, the champion 5") != std::string::npos);
  const auto misses = refusals(of(900, 894, 5, 5), {});
  REQUIRE(misses.size() == 1);
  CHECK(misses[0].find("catches 894 of 1000 spams, the champion 900") != std::string::npos);
  CHECK(refusals(of(900, 894, 5, 11), {}).size() == 2);
}

TEST_CASE("the limits are what was asked for") {
  CHECK(refusals(of(900, 900, 5, 24), {2, 0.5}).empty());
  CHECK_FALSE(refusals(of(900, 898, 5, 5), {2, 0}).empty());
}

TEST_CASE("a single comment is no reason") {
  const Comparison small{"site", {20, 20, 10, 0}, {20, 20, 9, 1}};
  CHECK(refusals(small, {0, 0}).empty());
}

TEST_CASE("hits are counted by label") {
  Hits hits;
  hits.add(true, true);
  hits.add(true, false);
  hits.add(false, true);
  CHECK(hits.spam == 2);
  CHECK(hits.caught == 1);
  CHECK(hits.blocked == 1);
  CHECK(hits.errors() == 2);
}

}  // namespace
}  // namespace winnow
