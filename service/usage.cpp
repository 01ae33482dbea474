#include "service/usage.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace winnow {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month;
using std::chrono::year_month_day;

constexpr std::int64_t kSecondsPerSpam = 10;
constexpr int kLatestYear = 9999;

sys_days today(const Services& services) {
  return std::chrono::floor<days>(
      std::chrono::sys_time<std::chrono::milliseconds>(std::chrono::milliseconds(services.now())));
}

year_month month_of(sys_days day) {
  const year_month_day date(day);
  return date.year() / date.month();
}

sys_days first_of(year_month month) {
  return month / 1;
}
sys_days last_of(year_month month) {
  return month / std::chrono::last;
}

std::int64_t number_of(sys_days day) {
  return day.time_since_epoch().count();
}

std::string text_of(year_month month) {
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u", static_cast<int>(month.year()),
                static_cast<unsigned>(month.month()));
  return text;
}

bool parse_digits(std::string_view text, int& number) {
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failed == std::errc() && end == text.data() + text.size() && number >= 0;
}

// "2026-01"
std::optional<year_month> parse_month(std::string_view text) {
  int year = 0;
  int month = 0;
  if (text.size() != 7 || text[4] != '-' || !parse_digits(text.substr(0, 4), year) ||
      !parse_digits(text.substr(5), month))
    return std::nullopt;
  if (year < 1970 || year > kLatestYear || month < 1 || month > 12) return std::nullopt;
  return std::chrono::year(year) / month;
}

Result<Statistics> statistics(const Services& services, TallyRange range, Span span) {
  const sys_days last = today(services);
  range.last_day = number_of(last);
  if (span == Span::kSixtyDays) range.first_day = number_of(last - days(59));
  if (span == Span::kSixMonths) range.first_day = number_of(first_of(month_of(last) - months(5)));
  Result<std::vector<PeriodTally>> periods =
      services.store.tallies(range, span == Span::kSixtyDays ? Period::kDay : Period::kMonth);
  if (!periods) return periods.error();
  Statistics statistics;
  for (const PeriodTally& period : *periods) {
    statistics.total.spam += period.tally.spam;
    statistics.total.ham += period.tally.ham;
    statistics.total.missed_spam += period.tally.missed_spam;
    statistics.total.false_positives += period.tally.false_positives;
  }
  statistics.periods = *std::move(periods);
  return statistics;
}

// The names of sites are in lower case (canonical_site()).
std::string lower_ascii(std::string text) {
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return text;
}

}  // namespace

Result<Statistics> statistics_of_site(const Services& services, SiteId site, Span span) {
  return statistics(services, {TallyRange::Of::kSite, site}, span);
}

Result<Statistics> statistics_of_key(const Services& services, KeyId key, Span span) {
  return statistics(services, {TallyRange::Of::kKey, key}, span);
}

Result<std::int64_t> checks_this_month(const Services& services, KeyId key) {
  const sys_days last = today(services);
  const TallyRange range{TallyRange::Of::kKey, key, number_of(first_of(month_of(last))), number_of(last)};
  const Result<std::vector<PeriodTally>> months = services.store.tallies(range, Period::kMonth);
  if (!months) return months.error();
  std::int64_t checks = 0;
  for (const PeriodTally& month : *months) checks += month.tally.checks();
  return checks;
}

Result<MonthPage> sites_in_month(const Services& services, KeyId key, const MonthQuery& query) {
  std::optional<year_month> month = month_of(today(services));
  if (!query.month.empty()) month = parse_month(query.month);
  if (!month) return Error{ErrorKind::kInvalid, "The month is not of the form YYYY-MM.", "month"};
  SiteTallyQuery sites;
  sites.range = {TallyRange::Of::kKey, key, number_of(first_of(*month)), number_of(last_of(*month))};
  sites.filter = lower_ascii(query.filter);
  sites.order = query.order;
  sites.limit = query.limit;
  sites.offset = query.offset;
  Result<SiteTallyPage> page = services.store.site_tallies(sites);
  if (!page) return page.error();
  return MonthPage{text_of(*month), *std::move(page)};
}

double accuracy(const Tally& tally) {
  if (tally.checks() == 0) return 100;
  const std::int64_t right = tally.checks() - tally.missed_spam - tally.false_positives;
  return 100.0 * static_cast<double>(std::max<std::int64_t>(right, 0)) / static_cast<double>(tally.checks());
}

std::int64_t seconds_saved(const Tally& tally) {
  return kSecondsPerSpam * tally.spam;
}

}  // namespace winnow
