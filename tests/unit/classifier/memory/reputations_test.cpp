#include "classifier/memory/reputations.h"

#include <doctest/doctest.h>

#include <string>

namespace winnow {
namespace {

TEST_CASE("counts are by kind, name and reporter") {
  Reputations reputations(100);
  reputations.add(ReputationOf::kAuthor, "a", 1, true, 10);
  reputations.add(ReputationOf::kAuthor, "a", 1, false, 20);
  reputations.add(ReputationOf::kAuthor, "a", 2, true, 20);
  const auto counts = reputations.of(ReputationOf::kAuthor, {"a"}, 20);
  REQUIRE(counts.size() == 2);
  CHECK(counts[0].reporter == 1);
  CHECK(counts[0].spam == doctest::Approx(1));
  CHECK(counts[0].ham == doctest::Approx(1));
  CHECK(counts[1].spam == doctest::Approx(1));
  CHECK(reputations.of(ReputationOf::kDomain, {"a"}, 20).empty());
  CHECK(reputations.of(ReputationOf::kAuthor, {"b"}, 20).empty());
}

TEST_CASE("a report is worth half after the half-life, whether others came since or not") {
  Reputations reputations(100);
  reputations.add(ReputationOf::kNetwork, "n", 1, true, 0);
  CHECK(reputations.of(ReputationOf::kNetwork, {"n"}, Reputations::kHalfLife)[0].spam ==
        doctest::Approx(0.5));
  reputations.add(ReputationOf::kNetwork, "n", 1, true, Reputations::kHalfLife);
  CHECK(reputations.of(ReputationOf::kNetwork, {"n"}, Reputations::kHalfLife)[0].spam ==
        doctest::Approx(1.5));
  CHECK(reputations.of(ReputationOf::kNetwork, {"n"}, 0)[0].spam == doctest::Approx(1.5));
}

TEST_CASE("beyond its size those that were reported longest ago go") {
  Reputations reputations(8);
  for (int i = 0; i < 9; ++i) reputations.add(ReputationOf::kDomain, std::to_string(i), 1, true, i);
  CHECK(reputations.size() == 6);
  CHECK(reputations.of(ReputationOf::kDomain, {"0"}, 9).empty());
  CHECK(reputations.of(ReputationOf::kDomain, {"2"}, 9).empty());
  CHECK(reputations.of(ReputationOf::kDomain, {"3"}, 9).size() == 1);
}

TEST_CASE("the counts of one name are bounded, whoever reports it") {
  Reputations reputations(8);
  for (std::uint32_t reporter = 0; reporter < 1000; ++reporter)
    reputations.add(ReputationOf::kDomain, "d", reporter, true, reporter);
  const auto counts = reputations.of(ReputationOf::kDomain, {"d"}, 1000);
  CHECK(counts.size() == 32);
  for (const ReputationCount& count : counts) CHECK(count.reporter >= 968);
}

TEST_CASE("one person under two names is counted as one, each reporter once") {
  Reputations reputations(100);
  reputations.add(ReputationOf::kAuthor, "old", 1, true, 10);
  reputations.add(ReputationOf::kAuthor, "new", 1, true, 10);
  reputations.add(ReputationOf::kAuthor, "new", 2, false, 10);
  const auto counts = reputations.of(ReputationOf::kAuthor, {"old", "new", "never"}, 10);
  REQUIRE(counts.size() == 2);
  CHECK(counts[0].spam == 2);
  CHECK(counts[1].ham == 1);
}

}  // namespace
}  // namespace winnow
