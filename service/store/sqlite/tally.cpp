#include "service/store/sqlite/tally.h"

#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/sqlite/writer.h"

namespace winnow {
namespace {

using sqlite::Connection;
using sqlite::Query;

constexpr std::int64_t kMillisPerDay = 86'400'000;

constexpr std::string_view kAdd =
    "INSERT INTO tally (api_key, site, day, spam, ham, missed_spam, false_positives) VALUES (?, ?, ?, ?, ?, "
    "?, ?) "
    "ON CONFLICT DO UPDATE SET spam = spam + excluded.spam, ham = ham + excluded.ham, "
    "missed_spam = missed_spam + excluded.missed_spam, false_positives = false_positives + "
    "excluded.false_positives";

constexpr std::string_view kSums =
    "sum(tally.spam), sum(tally.ham), sum(tally.missed_spam), sum(tally.false_positives)";

// Parameters 1 to 3 are those of a TallyRange: either way an index leads to its rows.
std::string in_range(TallyRange::Of of) {
  return std::string(of == TallyRange::Of::kKey ? "tally.api_key" : "tally.site") +
         " = ?1 AND tally.day BETWEEN ?2 AND ?3 ";
}

std::string select_by_period(TallyRange::Of of, const char* format) {
  return std::string("SELECT strftime('") + format + "', day * 86400, 'unixepoch') AS period, " +
         std::string(kSums) + ", count(DISTINCT site) FROM tally WHERE " + in_range(of) +
         "GROUP BY period ORDER BY period";
}

std::string select_by_site(TallyRange::Of of) {
  return "SELECT site.id, site.url, site.created_at, " + std::string(kSums) +
         ", count(*) OVER () FROM tally JOIN site ON site.id = tally.site WHERE " + in_range(of) +
         "AND instr(site.url, ?4) > 0 GROUP BY site.id ORDER BY "
         "CASE ?5 WHEN 0 THEN sum(tally.spam + tally.ham) WHEN 1 THEN sum(tally.spam) WHEN 2 THEN "
         "sum(tally.ham) "
         "WHEN 3 THEN sum(tally.missed_spam) ELSE sum(tally.false_positives) END DESC, site.url LIMIT ?6 "
         "OFFSET "
         "?7";
}

// A statement is known by its text, which must live as long as the connections.
struct Selects {
  std::string by_day;
  std::string by_month;
  std::string by_site;
};
const Selects& selects(TallyRange::Of of) {
  static const auto make = [](TallyRange::Of which) {
    return Selects{select_by_period(which, "%Y-%m-%d"), select_by_period(which, "%Y-%m"),
                   select_by_site(which)};
  };
  static const Selects of_key = make(TallyRange::Of::kKey);
  static const Selects of_site = make(TallyRange::Of::kSite);
  return of == TallyRange::Of::kKey ? of_key : of_site;
}

Tally tally_of(const Query& row, int first_column) {
  return {row.integer(first_column), row.integer(first_column + 1), row.integer(first_column + 2),
          row.integer(first_column + 3)};
}

}  // namespace

void sqlite::count(Connection& connection, KeyId key, SiteId site, UnixMillis at, Counted what, int by) {
  const auto one_if = [=](Counted wanted) { return static_cast<std::int64_t>(what == wanted ? by : 0); };
  Query(connection, kAdd,
        {key, site, at / kMillisPerDay, one_if(Counted::kSpam), one_if(Counted::kHam),
         one_if(Counted::kMissedSpam), one_if(Counted::kFalsePositive)})
      .run();
}

Result<std::vector<PeriodTally>> SqliteStore::tallies(const TallyRange& range, Period period) {
  return readers_->read([&](Connection& connection) -> Result<std::vector<PeriodTally>> {
    std::vector<PeriodTally> tallies;
    const Selects& select = selects(range.of);
    Query row(connection, period == Period::kMonth ? select.by_month : select.by_day,
              {range.id, range.first_day, range.last_day});
    while (row.next()) tallies.push_back({row.bytes(0), tally_of(row, 1), row.integer(5)});
    return tallies;
  });
}

Result<SiteTallyPage> SqliteStore::site_tallies(const SiteTallyQuery& query) {
  return readers_->read([&](Connection& connection) -> Result<SiteTallyPage> {
    SiteTallyPage page;
    const auto rows = [&](std::int64_t limit, std::int64_t offset) {
      Query row(connection, selects(query.range.of).by_site,
                {query.range.id, query.range.first_day, query.range.last_day, std::string_view(query.filter),
                 static_cast<std::int64_t>(query.order), limit, offset});
      std::vector<SiteTally> sites;
      while (row.next()) {
        sites.push_back({{row.integer(0), row.bytes(1), row.integer(2)}, tally_of(row, 3)});
        page.total = row.integer(7);
      }
      return sites;
    };
    page.sites = rows(query.limit, query.offset);
    if (page.sites.empty()) rows(1, 0);  // behind the last page: the total all the same
    return page;
  });
}

}  // namespace winnow
