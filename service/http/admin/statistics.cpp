#include "service/http/admin/statistics.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>

#include "classifier/rules/catalogue.h"
#include "service/http/encode.h"
#include "service/http/errors.h"
#include "service/http/fields.h"
#include "service/search_indexer.h"
#include "service/search_query.h"

namespace winnow::http::admin {
namespace {

constexpr std::int64_t kMillisPerDay = 86'400'000;
constexpr int kDays = 30;
constexpr int kMostDays = 366;
constexpr int kWeek = 7;
constexpr std::size_t kMostReasons = 20;

std::string date_of(std::int64_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

// In general words: what the signals that are no rules say of a comment names its words and its like.
constexpr std::pair<std::string_view, std::string_view> kNoRules[] = {
    {"text.model", "what the text model makes of the words"},
    {"delta.site", "what was trained of this site's reports"},
    {"delta.all", "what was trained of all sites' reports"},
    {"memory.same_text", "the same text was reported"},
    {"memory.near_duplicate", "nearly the same text was reported"},
    {"memory.learned", "words that this site's reports were about"},
    {"memory.learned_everywhere", "words that many sites' reports were about"},
    {"memory.author", "reports on the author"},
    {"memory.network", "reports on the network"},
    {"memory.domain", "reports on a linked domain"},
    {"list.block", "stands on the block list"},
    {"list.allow", "stands on the allow list"},
};

// What a signal says; "" for one that is not known any more.
std::string sentence_of(const Engine& engine, std::string_view id) {
  for (const auto& [known, sentence] : kNoRules)
    if (known == id) return std::string(sentence);
  if (const Rule* rule = find_rule(id)) return std::string(rule->sentence);
  for (const Signal& signal : engine.operator_rules().all())
    if (signal.id == id) return signal.detail;
  return "";
}

// 0 for what is no number.
template <typename Number>
Number number_of(const std::string& text) {
  Number number = 0;
  const char* const end = text.data() + text.size();
  return std::from_chars(text.data(), end, number).ptr == end ? number : 0;
}

Result<int> days_of(const Fields& fields) {
  const std::string text = fields.text("days", 10);
  if (text.empty()) return kDays;
  const auto days = number_of<int>(text);
  if (days >= 1 && days <= kMostDays) return days;
  return Error{ErrorKind::kInvalid, "It must be 1 to 366 days.", "days"};
}

// The sites that are asked for: one, or all that the person may see.
Result<std::optional<std::vector<SiteId>>> sites_of(const Fields& fields, const Person& person) {
  const std::string text = fields.text("site", 20);
  if (text.empty()) return winnow::sites_of(person);
  const auto site = number_of<SiteId>(text);
  if (site > 0 && person.may_see(site)) return std::optional(std::vector<SiteId>{site});
  return Error{ErrorKind::kNotFound, "There is no such site.", "site"};
}

struct Sums {
  std::int64_t checked = 0;
  std::int64_t spam = 0;
  std::int64_t wrongly_flagged = 0;
  std::int64_t missed = 0;
};

std::int64_t of(const DayCounts& day, Outcome outcome) {
  return day.outcomes[static_cast<std::size_t>(outcome)];
}

Json sums_json(const std::vector<DayCounts>& days, std::int64_t first, std::int64_t last) {
  Sums sums;
  for (const DayCounts& day : days) {
    if (day.day < first || day.day > last) continue;
    for (const std::int64_t n : day.outcomes) sums.checked += n;
    sums.spam += of(day, Outcome::kSpam) + of(day, Outcome::kDiscard);
    sums.wrongly_flagged += day.wrongly_flagged;
    sums.missed += day.missed;
  }
  return {{"checked", sums.checked},
          {"spam", sums.spam},
          {"wrongly_flagged", sums.wrongly_flagged},
          {"missed", sums.missed}};
}

// Every day of the range, also those without anything.
Json days_json(const std::vector<DayCounts>& counts, std::int64_t first, std::int64_t last) {
  Json days = Json::array();
  auto next = counts.begin();
  for (std::int64_t day = first; day <= last; ++day) {
    while (next != counts.end() && next->day < day) ++next;
    const DayCounts each = next != counts.end() && next->day == day ? *next : DayCounts{};
    days.push_back({{"day", date_of(day)},
                    {"ham", of(each, Outcome::kHam)},
                    {"unsure", of(each, Outcome::kUnsure)},
                    {"spam", of(each, Outcome::kSpam)},
                    {"discard", of(each, Outcome::kDiscard)},
                    {"wrongly_flagged", each.wrongly_flagged},
                    {"missed", each.missed}});
  }
  return days;
}

Json reasons_json(const Engine& engine, std::vector<ReasonCounts> reasons) {
  // The prior speaks of every comment.
  std::erase_if(reasons,
                [](const ReasonCounts& reason) { return reason.hits <= 0 || reason.signal == "prior"; });
  std::ranges::sort(reasons, [](const ReasonCounts& one, const ReasonCounts& other) {
    return one.hits != other.hits ? one.hits > other.hits : one.signal < other.signal;
  });
  if (reasons.size() > kMostReasons) reasons.resize(kMostReasons);
  Json list = Json::array();
  for (const ReasonCounts& reason : reasons)
    list.push_back(
        {{"signal", reason.signal}, {"sentence", sentence_of(engine, reason.signal)}, {"hits", reason.hits}});
  return list;
}

Json latency_json(const CheckTimes* times) {
  const CheckTimes::Summary summary = times ? times->summary() : CheckTimes::Summary();
  return {{"p50", summary.p50}, {"p95", summary.p95}, {"p99", summary.p99}, {"checks", summary.checks}};
}

}  // namespace

Reply statistics(const Context& context, const Call& call) {
  const Services& services = context.services;
  const Result<Fields> fields = Fields::read(call.request);
  if (!fields) return problem(fields.error());
  const Result<int> days = days_of(*fields);
  if (!days) return problem(days.error());
  const Result<std::optional<std::vector<SiteId>>> sites = sites_of(*fields, call.person);
  if (!sites) return problem(sites.error());
  const Result<bool> is_behind = is_index_behind(services.store);
  const std::int64_t today = services.now() / kMillisPerDay;
  const std::int64_t first = today - *days + 1;
  const Result<std::vector<DayCounts>> counts =
      services.store.day_counts({*sites, std::min(first, today - 2 * kWeek + 1), today});
  if (!counts) return problem(counts.error());
  const Result<std::vector<ReasonCounts>> reasons = services.store.reason_counts({*sites, first, today});
  if (!reasons) return problem(reasons.error());
  Json json = {{"days", days_json(*counts, first, today)},
               {"reasons", reasons_json(*services.engine(), *reasons)},
               {"week", sums_json(*counts, today - kWeek + 1, today)},
               {"week_before", sums_json(*counts, today - 2 * kWeek + 1, today - kWeek)},
               {"latency_ms", latency_json(context.check_times)}};
  if (!is_behind || *is_behind) json["indexing"] = true;
  return json_reply(200, json);
}

}  // namespace winnow::http::admin
