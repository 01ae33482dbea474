#include "tools/training/settle.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

ReportHead report(int site, std::uint64_t text, bool spam, std::uint64_t reporter = 1) {
  static std::size_t place = 0;
  ReportHead head;
  head.place = ++place;
  head.site = site;
  head.voter = site + 1;
  head.text = text;
  head.reporter = reporter;
  head.at = static_cast<std::int64_t>(place);
  head.spam = spam;
  return head;
}

TEST_CASE("one comment reported twice teaches once") {
  const Settled settled = settle({report(0, 5, true, 1), report(0, 5, true, 2)}, {});
  CHECK(settled.kept.size() == 1);
  CHECK(settled.duplicates == 1);
}

TEST_CASE("who changes their mind is taken at their last word") {
  const Settled settled = settle({report(0, 5, true, 1), report(0, 5, false, 1)}, {});
  REQUIRE(settled.kept.size() == 1);
  CHECK_FALSE(settled.kept[0].head.spam);
  CHECK(settled.overruled == 1);
}

TEST_CASE("of two who contradict each other the later is believed, unless the other is trusted more") {
  std::vector<ReportHead> heads = {report(0, 5, true, 1), report(0, 5, false, 2)};
  CHECK_FALSE(settle(heads, {}).kept[0].head.spam);
  // Reporter 2 calls ham what a curator calls spam, time after time.
  for (std::uint64_t text = 100; text < 106; ++text) {
    heads.push_back(report(0, text, false, 2));
    heads.push_back(report(1, text, true, 3));
    heads.back().curator = true;
  }
  for (const SettledReport& kept : settle(heads, {}).kept)
    if (kept.head.text == 5) CHECK(kept.head.spam);
}

TEST_CASE("a report speaks for all sites once the quorum agrees, and sites of one voter are one") {
  std::vector<ReportHead> heads = {report(0, 5, true), report(1, 5, true), report(2, 5, true)};
  for (const SettledReport& kept : settle(heads, {}).kept) CHECK(kept.of_all);
  heads[2].voter = heads[1].voter;
  for (const SettledReport& kept : settle(heads, {}).kept) CHECK_FALSE(kept.of_all);
}

TEST_CASE("a reporter whom the quorum contradicts has no voice in it") {
  std::vector<ReportHead> heads;
  for (std::uint64_t text = 100; text < 106; ++text) {
    heads.push_back(report(0, text, true, 9));
    for (int site = 1; site < 4; ++site) heads.push_back(report(site, text, false));
  }
  heads.push_back(report(0, 5, true, 9));
  heads.push_back(report(1, 5, true));
  heads.push_back(report(2, 5, true));
  for (const SettledReport& kept : settle(heads, {}).kept)
    if (kept.head.text == 5) CHECK_FALSE(kept.of_all);
}

TEST_CASE("an administrator's row that names no site speaks for all, and is of none") {
  const Settled settled = settle({report(-1, 5, true)}, {});
  REQUIRE(settled.kept.size() == 1);
  CHECK(settled.kept[0].of_all);
  CHECK_FALSE(settled.kept[0].of_site);
}

TEST_CASE("of what is over a cap the newest is kept, and the rest is counted") {
  SettleOptions options;
  options.max_per_text = 2;
  options.max_per_reporter = 5;
  options.max_per_site = 6;
  std::vector<ReportHead> heads;
  for (std::uint64_t sender = 1; sender <= 3; ++sender) {
    heads.push_back(report(0, 5, true, 1));
    heads.back().sender = sender;
  }
  for (std::uint64_t text = 10; text < 20; ++text) heads.push_back(report(0, text, true, text < 15 ? 1 : 2));
  const Settled settled = settle(heads, options);
  CHECK(settled.kept.size() == 6);
  CHECK(settled.kept.back().head.text == 19);
  CHECK(settled.over_text + settled.over_reporter + settled.over_site == 7);
  CHECK(settled.over_site > 0);

  options.max_all = 4;
  CHECK(settle(heads, options).kept.size() == 4);
}

TEST_CASE("the order in which reports are given changes nothing") {
  std::vector<ReportHead> heads;
  for (int i = 0; i < 40; ++i)
    heads.push_back(
        report(i % 4, static_cast<std::uint64_t>(i % 7), i % 3 == 0, static_cast<std::uint64_t>(i % 2)));
  const Settled there = settle(heads, {});
  const Settled back = settle({heads.rbegin(), heads.rend()}, {});
  REQUIRE(there.kept.size() == back.kept.size());
  for (std::size_t i = 0; i < there.kept.size(); ++i)
    CHECK(there.kept[i].head.place == back.kept[i].head.place);
}

}  // namespace
}  // namespace winnow
