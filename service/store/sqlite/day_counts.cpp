#include "service/store/sqlite/day_counts.h"

#include "service/store/search.h"
#include "service/store/sqlite/phrases.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/sqlite_store.h"

namespace winnow {
namespace {

using sqlite::Connection;
using sqlite::Happened;
using sqlite::Query;

constexpr std::int64_t kMillisPerDay = 86'400'000;
constexpr SiteId kAllSites = 0;

std::vector<SiteId> sites_of(const DayRange& range) {
  return range.sites ? *range.sites : std::vector<SiteId>{kAllSites};
}

void add(DayCounts& day, Happened what, std::int64_t n) {
  if (what <= Happened::kJudgedDiscard) day.outcomes[static_cast<std::size_t>(what)] += n;
  if (what == Happened::kWronglyFlagged) day.wrongly_flagged += n;
  if (what == Happened::kMissed) day.missed += n;
}

void add(ReasonCounts& reason, Happened what, std::int64_t n) {
  if (what == Happened::kSpoke) reason.hits += n;
  if (what == Happened::kReportedHam) reason.reported_ham += n;
  if (what == Happened::kReportedSpam) reason.reported_spam += n;
}

}  // namespace

void sqlite::DaySums::add(SiteId site, UnixMillis at, Happened what, std::int64_t reason, std::int64_t n) {
  sums_[{site, at / kMillisPerDay, what, reason}] += n;
  sums_[{kAllSites, at / kMillisPerDay, what, reason}] += n;
}

void sqlite::DaySums::put(Connection& connection) const {
  for (const auto& [key, n] : sums_) {
    if (n == 0) continue;
    const auto& [site, day, what, reason] = key;
    Query(connection,
          "INSERT INTO day_count (site, day, what, reason, n) VALUES (?, ?, ?, ?, ?) "
          "ON CONFLICT DO UPDATE SET n = n + excluded.n",
          {site, day, static_cast<std::int64_t>(what), reason, n})
        .run();
  }
}

void sqlite::count_reasons_of_report(Connection& connection, std::string_view verdict, SiteId site,
                                     UnixMillis at, Label label, std::int64_t n) {
  DaySums sums;
  Query reason(
      connection,
      "SELECT signal.value ->> 0 FROM verdict, json_each(verdict.signals) AS signal WHERE verdict.id = ? "
      "AND verdict.is_test = 0",
      {Blob{verdict}});
  while (reason.next())
    sums.add(site, at, label == Label::kSpam ? Happened::kReportedSpam : Happened::kReportedHam,
             reason.integer(0), n);
  sums.put(connection);
}

Result<std::vector<DayCounts>> SqliteStore::day_counts(const DayRange& range) {
  return readers_->read([&](Connection& connection) -> Result<std::vector<DayCounts>> {
    std::map<std::int64_t, DayCounts> days;
    for (const SiteId site : sites_of(range)) {
      Query row(connection,
                "SELECT day, what, n FROM day_count WHERE site = ? AND day BETWEEN ? AND ? AND what <= 5",
                {site, range.first_day, range.last_day});
      while (row.next()) {
        DayCounts& day = days[row.integer(0)];
        day.day = row.integer(0);
        add(day, static_cast<Happened>(row.integer(1)), row.integer(2));
      }
    }
    std::vector<DayCounts> counts;
    counts.reserve(days.size());
    for (const auto& [day, each] : days) counts.push_back(each);
    return counts;
  });
}

Result<std::vector<ReasonCounts>> SqliteStore::reason_counts(const DayRange& range) {
  return readers_->read([&](Connection& connection) -> Result<std::vector<ReasonCounts>> {
    std::map<std::int64_t, ReasonCounts> reasons;
    for (const SiteId site : sites_of(range)) {
      Query row(
          connection,
          "SELECT reason, what, sum(n) FROM day_count WHERE site = ? AND day BETWEEN ? AND ? AND what >= 6 "
          "GROUP BY reason, what",
          {site, range.first_day, range.last_day});
      while (row.next()) add(reasons[row.integer(0)], static_cast<Happened>(row.integer(1)), row.integer(2));
    }
    std::vector<ReasonCounts> counts;
    for (auto& [phrase, each] : reasons) {
      each.signal = sqlite::phrase_text(connection, phrase);
      counts.push_back(std::move(each));
    }
    return counts;
  });
}

}  // namespace winnow
