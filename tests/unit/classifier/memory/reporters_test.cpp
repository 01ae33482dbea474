#include "classifier/memory/reporters.h"

#include <doctest/doctest.h>

#include <string>

namespace winnow {
namespace {

TEST_CASE("a reporter is one by site, voter and name") {
  Reporters reporters(0.6);
  const auto ann = reporters.number_of(1, 1, "ann");
  CHECK(reporters.number_of(1, 1, "ann") == ann);
  CHECK(reporters.number_of(2, 1, "ann") != ann);
  CHECK(reporters.number_of(1, 1, "ben") != ann);
  CHECK(reporters[reporters.number_of(1, 1, std::string(500, 'x'))].name.size() == 64);
}

TEST_CASE("sites of one voter are not independent, nor are voters of one site") {
  Reporters reporters(0.6);
  const auto one = reporters.number_of(1, 5, ""), two = reporters.number_of(2, 5, ""),
             three = reporters.number_of(3, 6, ""), also_three = reporters.number_of(3, 7, "");
  CHECK(reporters.independent({one, two}) == 1);
  CHECK(reporters.independent({one, three}) == 2);
  CHECK(reporters.independent({three, also_three}) == 1);
  CHECK(reporters.independent({}) == 0);
}

TEST_CASE("who is contradicted too often counts at home alone; a few mistakes are forgiven") {
  Reporters reporters(0.6);
  const auto ann = reporters.number_of(1, 1, "ann");
  CHECK(reporters[ann].agreement() == 1);
  reporters[ann].disagreed = Reporters::kJudged - 1;
  CHECK(reporters.is_trusted(ann));
  reporters[ann].disagreed = 2;
  reporters[ann].agreed = 3;
  CHECK(reporters[ann].agreement() == doctest::Approx(0.6));
  CHECK(reporters.is_trusted(ann));
  reporters[ann].disagreed = 3;
  CHECK_FALSE(reporters.is_trusted(ann));
}

TEST_CASE("what others withdrew speaks against a reporter, but not in the fold") {
  Reporters reporters(0.6);
  const auto ann = reporters.number_of(1, 1, "ann");
  reporters[ann].agreed = 1;
  reporters[ann].taken_back = 9;
  CHECK(reporters[ann].agreement() == doctest::Approx(0.1));
  CHECK_FALSE(reporters.is_trusted(ann));
  CHECK(reporters.is_trusted(ann, Trust::kInTheFold));
}

}  // namespace
}  // namespace winnow
