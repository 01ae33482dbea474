#include "store_on_disk.h"

using namespace winnow;
using namespace winnow::test;

namespace {

constexpr UnixMillis kDay = 86'400'000;
constexpr UnixMillis kNewYear = 1'767'225'600'000;  // 2026-01-01
constexpr std::int64_t kForEver = 1'000'000;

struct Counted {
  Directory directory;
  std::unique_ptr<SqliteStore> store = open_store(directory);
  SiteId site = add_site(*store, "example.org");
  SiteId other = add_site(*store, "other.example");
  KeyId key = store->add_key({.any_site = true, .hash = "hash"})->id;
  unsigned number = 0;

  void check(SiteId where, Outcome outcome, UnixMillis at, bool is_test = false) {
    StoredVerdict verdict = verdict_of(++number, where);
    verdict.key = key;
    verdict.at = at;
    verdict.verdict.outcome = outcome;
    verdict.is_test = is_test;
    REQUIRE(store->put_verdict(verdict).ok());
  }
};

}  // namespace

TEST_CASE("checks are counted by key, site and day; tests are not") {
  Counted home;
  home.check(home.site, Outcome::kSpam, kNewYear);
  home.check(home.site, Outcome::kDiscard, kNewYear + 1);
  home.check(home.site, Outcome::kUnsure, kNewYear + kDay);
  home.check(home.site, Outcome::kHam, kNewYear - 1);
  home.check(home.site, Outcome::kHam, kNewYear, true);
  home.check(home.other, Outcome::kHam, kNewYear + 31 * kDay);

  const auto days = *home.store->tallies({TallyRange::Of::kSite, home.site, 0, kForEver}, Period::kDay);
  REQUIRE(days.size() == 3);
  CHECK(days[0].period == "2025-12-31");
  CHECK(days[0].tally.ham == 1);
  CHECK(days[1].period == "2026-01-01");
  CHECK(days[1].tally.spam == 2);
  CHECK(days[1].tally.ham == 0);
  CHECK(days[2].tally.ham == 1);

  const auto months = *home.store->tallies({TallyRange::Of::kKey, home.key, 0, kForEver}, Period::kMonth);
  REQUIRE(months.size() == 3);
  CHECK(months[1].period == "2026-01");
  CHECK(months[1].tally.checks() == 3);
  CHECK(months[1].sites == 1);
  CHECK(months[2].period == "2026-02");

  const std::int64_t first = kNewYear / kDay;
  CHECK(home.store->tallies({TallyRange::Of::kKey, home.key, first, first}, Period::kDay)->size() == 1);
  CHECK(home.store->tallies({TallyRange::Of::kKey, home.key + 1, 0, kForEver}, Period::kDay)->empty());
}

TEST_CASE("a comment that is judged again twice is counted once, on the day of its first verdict") {
  Counted home;
  home.check(home.site, Outcome::kHam, kNewYear);
  for (const Outcome outcome : {Outcome::kSpam, Outcome::kHam, Outcome::kDiscard}) {
    StoredVerdict again = verdict_of(home.number + 1, home.site);
    again.key = home.key;
    again.at = kNewYear + home.number * kDay;
    again.verdict.outcome = outcome;
    again.supersedes = id_of(home.number);
    REQUIRE(home.store->put_verdict(again).ok());
    ++home.number;
  }
  const auto days = *home.store->tallies({TallyRange::Of::kSite, home.site, 0, kForEver}, Period::kDay);
  REQUIRE(days.size() == 1);
  CHECK(days[0].period == "2026-01-01");
  CHECK(days[0].tally.spam == 1);
  CHECK(days[0].tally.ham == 0);
}

TEST_CASE("a failing write counts nothing") {
  Counted home;
  home.check(home.site, Outcome::kSpam, kNewYear);
  StoredVerdict twice = verdict_of(home.number, home.site);
  twice.key = home.key;
  REQUIRE_FALSE(home.store->put_verdict(twice).ok());
  CHECK(home.store->tallies({TallyRange::Of::kKey, home.key, 0, kForEver}, Period::kDay)->size() == 1);
}

TEST_CASE("sites are listed by what was counted, in pages") {
  Counted home;
  const SiteId third = add_site(*home.store, "third.example");
  add_site(*home.store, "silent.example");
  home.check(home.site, Outcome::kHam, kNewYear);
  home.check(home.site, Outcome::kHam, kNewYear);
  home.check(home.site, Outcome::kHam, kNewYear);
  home.check(home.other, Outcome::kSpam, kNewYear);
  home.check(third, Outcome::kSpam, kNewYear);
  const auto listed = [&](const SiteTallyQuery& query) {
    std::string names;
    const SiteTallyPage page = *home.store->site_tallies(query);
    for (const SiteTally& one : page.sites) names += one.site.url + " ";
    return names + std::to_string(page.total);
  };
  SiteTallyQuery query{{TallyRange::Of::kKey, home.key, 0, kForEver}, "", TallyOrder::kTotal, 10, 0};
  CHECK(listed(query) == "example.org other.example third.example 3");
  query.order = TallyOrder::kSpam;
  CHECK(listed(query) == "other.example third.example example.org 3");
  query.limit = 1;
  query.offset = 1;
  CHECK(listed(query) == "third.example 3");
  query.offset = 7;
  CHECK(listed(query) == "3");
  query.offset = 0;
  query.filter = "third";
  CHECK(listed(query) == "third.example 1");
  query.filter = "%";
  CHECK(listed(query) == "0");
}
