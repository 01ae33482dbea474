// SqliteStore: pages of a search, and its counts.
#include <algorithm>
#include <limits>

#include "service/store/search.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/shown.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/sqlite/verdict_scan.h"

namespace winnow {
namespace {

using sqlite::Blob;
using sqlite::Budget;
using sqlite::Connection;
using sqlite::Query;
using sqlite::ReadTransaction;
using sqlite::Seq;
using sqlite::VerdictScan;

constexpr std::chrono::milliseconds kForPage{80};
constexpr std::chrono::milliseconds kForCounts{100};

Budget budget_of(std::chrono::milliseconds time) {
  return {std::chrono::steady_clock::now() + time};
}

void sum_up(TabCounts& counts) {
  std::int64_t& all = counts.tabs[static_cast<std::size_t>(Tab::kAll)];
  all = 0;
  for (std::size_t tab = 0; tab < static_cast<std::size_t>(Tab::kAll); ++tab) all += counts.tabs[tab];
  all = std::min(all, TabCounts::kMost);
}

// From the indices of tabs alone.
TabCounts count_whole_tabs(Connection& connection, const std::optional<std::vector<SiteId>>& sites,
                           Seq after) {
  TabCounts counts;
  for (std::size_t tab = 0; tab < static_cast<std::size_t>(Tab::kAll); ++tab) {
    std::int64_t& count = counts.tabs[tab];
    const auto number = static_cast<std::int64_t>(tab);
    if (!sites) count = sqlite::count_tab(connection, number, 0, after, TabCounts::kMost);
    for (const SiteId site : sites ? *sites : std::vector<SiteId>())
      if (count < TabCounts::kMost)
        count += sqlite::count_tab(connection, number, site, after, TabCounts::kMost - count);
  }
  sum_up(counts);
  return counts;
}

TabCounts count_found(Connection& connection, VerdictSearch search, Seq after) {
  TabCounts counts;
  search.tab = Tab::kAll;
  VerdictScan scan(connection, search, after, std::numeric_limits<Seq>::max(), budget_of(kForCounts));
  std::int64_t found = 0;
  for (; found < TabCounts::kMost && scan.next(); ++found)
    ++counts.tabs[static_cast<std::size_t>(scan.tab())];
  counts.complete = found < TabCounts::kMost && !scan.stopped_below();
  sum_up(counts);
  return counts;
}

}  // namespace

Result<SearchPage> SqliteStore::search(const VerdictSearch& search, std::int64_t before, std::size_t limit) {
  return readers_->read([&](Connection& connection) -> Result<SearchPage> {
    const ReadTransaction transaction(connection);
    if (Result<void> may = sqlite::may_be_searched(connection, search); !may) return may.error();
    SearchPage page;
    std::vector<Seq> found;
    VerdictScan scan(connection, search, 0, before == 0 ? std::numeric_limits<Seq>::max() : before,
                     budget_of(kForPage));
    while (const std::optional<Seq> seq = scan.next()) {
      if (found.size() == limit) {
        page.next = found.back();
        break;
      }
      found.push_back(*seq);
    }
    if (!page.next) page.next = scan.stopped_below();
    sqlite::Shower shower(connection);
    for (const Seq seq : found) {
      Result<std::optional<ShownVerdict>> shown = shower.show(seq);
      if (!shown) return shown.error();
      if (shown->has_value()) page.verdicts.push_back(**std::move(shown));
    }
    return page;
  });
}

Result<TabCounts> SqliteStore::count_tabs(const VerdictSearch& search, std::int64_t after) {
  return readers_->read([&](Connection& connection) -> Result<TabCounts> {
    const ReadTransaction transaction(connection);
    if (Result<void> may = sqlite::may_be_searched(connection, search); !may) return may.error();
    return search.terms.empty() ? count_whole_tabs(connection, search.sites, after)
                                : count_found(connection, search, after);
  });
}

Result<std::optional<ShownVerdict>> SqliteStore::shown_verdict(std::string_view id) {
  const std::optional<std::string> bytes = sqlite::bytes_of_id(id);
  if (!bytes) return std::optional<ShownVerdict>();
  return readers_->read([&](Connection& connection) -> Result<std::optional<ShownVerdict>> {
    const ReadTransaction transaction(connection);
    Query row(connection, "SELECT seq FROM verdict WHERE id = ?", {Blob{*bytes}});
    if (!row.next()) return std::optional<ShownVerdict>();
    return sqlite::Shower(connection).show(row.integer(0));
  });
}

}  // namespace winnow
