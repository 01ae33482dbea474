#include "classifier/memory/report_index.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

RememberedReport report(std::int64_t seq, std::int64_t site, std::uint64_t text_key, std::string_view line) {
  RememberedReport report;
  report.seq = seq;
  report.site = site;
  report.text_key = text_key;
  report.sketch = sketch_of(line);
  return report;
}

constexpr const char* kText = "garden river lamp kitchen story window winter letter";
constexpr const char* kNearly = "garden river lamp kitchen story window summer mirror";
constexpr const char* kOther = "casino bonus jackpot spins welcome deposit prize slots";

TEST_CASE("a text is found as the same, as nearly the same, or not at all") {
  ReportIndex index(10);
  index.add(report(1, 7, 100, kText));
  index.add(report(2, 7, 200, kOther));
  auto found = index.find(100, sketch_of(kText));
  REQUIRE(found.size() == 1);
  CHECK(found[0].likeness == 1);
  CHECK(index.at(found[0].report).seq == 1);
  found = index.find(300, sketch_of(kNearly));
  REQUIRE(found.size() == 1);
  CHECK(index.at(found[0].report).seq == 1);
  CHECK(found[0].likeness == doctest::Approx(0.6));
  CHECK(index.find(300, sketch_of("entirely different words stand here alone today")).empty());
}

TEST_CASE("the same words under another key are next to the same") {
  ReportIndex index(10);
  index.add(report(1, 7, 100, kText));
  const auto found = index.find(101, sketch_of(kText));
  REQUIRE(found.size() == 1);
  CHECK(found[0].likeness == doctest::Approx(0.99));
}

TEST_CASE("a few words in common are no likeness") {
  ReportIndex index(10);
  index.add(report(1, 7, 0, "great garden lamp"));
  CHECK(index.find(0, sketch_of("great garden lamp")).empty());
}

TEST_CASE("the likest comes first, of equals the newer") {
  ReportIndex index(10);
  index.add(report(1, 7, 1, kNearly));
  index.add(report(2, 7, 2, kText));
  index.add(report(3, 8, 3, kText));
  const auto found = index.find(9, sketch_of(kText));
  REQUIRE(found.size() == 3);
  CHECK(index.at(found[0].report).seq == 3);
  CHECK(index.at(found[1].report).seq == 2);
  CHECK(index.at(found[2].report).seq == 1);
}

TEST_CASE("a site's word on a text is its newest; a key of 0 is no text") {
  ReportIndex index(10);
  index.add(report(1, 7, 100, kText));
  index.add(report(2, 8, 100, kText));
  REQUIRE(index.same_text(7, 100) != nullptr);
  CHECK(index.same_text(7, 100)->seq == 1);
  CHECK(index.same_text(9, 100) == nullptr);
  index.add(report(3, 7, 0, kOther));
  CHECK(index.same_text(7, 0) == nullptr);
}

TEST_CASE("beyond its size the oldest go, and nothing of them is found") {
  ReportIndex index(3);
  for (std::int64_t i = 1; i <= 50; ++i)
    index.add(report(i, 7, static_cast<std::uint64_t>(i), i % 2 == 0 ? kText : kOther));
  CHECK(index.size() == 3);
  CHECK(index.same_text(7, 47) == nullptr);
  CHECK(index.same_text(7, 48)->seq == 48);
  CHECK(index.find(0, sketch_of(kText)).size() == 2);
}

}  // namespace
}  // namespace winnow
