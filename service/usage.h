// Use case: how much a key or a site asked, and how often winnow was wrong.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "service/check.h"

namespace winnow {

// How far back statistics go, today (UTC) included.
enum class Span { kSixtyDays, kSixMonths, kAll };

struct Statistics {
  Tally total;
  std::vector<PeriodTally> periods;  // by day for sixty days, by month else
};

// kInternal or kUnavailable as the store's.
Result<Statistics> statistics_of_site(const Services& services, SiteId site, Span span);
Result<Statistics> statistics_of_key(const Services& services, KeyId key, Span span);

// Checks of this month (UTC) by one key.
Result<std::int64_t> checks_this_month(const Services& services, KeyId key);

// What the sites of one key did in one month.
struct MonthQuery {
  std::string month;   // "2026-01"; empty: this month
  std::string filter;  // part of the site's name, any case
  TallyOrder order = TallyOrder::kTotal;
  std::int64_t limit = 500;
  std::int64_t offset = 0;
};

struct MonthPage {
  std::string month;
  SiteTallyPage page;
};

// kInvalid (field "month") if the month is no month.
Result<MonthPage> sites_in_month(const Services& services, KeyId key, const MonthQuery& query);

// Share of the checks that nobody corrected, in percent, 0..100; 100 where nothing was checked.
double accuracy(const Tally& tally);

// Seconds that a moderator did not spend on the spam that was caught, at ten seconds each: an estimate.
std::int64_t seconds_saved(const Tally& tally);

}  // namespace winnow
