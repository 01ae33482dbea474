#include "service/http/akismet_account.h"

#include <algorithm>
#include <charconv>
#include <cstdio>

#include "service/http/akismet_call.h"
#include "service/http/encode.h"
#include "service/http/errors.h"
#include "service/usage.h"

namespace winnow::http::akismet {
namespace {

constexpr Demands kOfKey = {.key_field = true};
constexpr Demands kOfSite = {.key_field = true, .blog = Demands::kAsInvalid};
constexpr std::size_t kMaxParameter = 256;  // bytes
constexpr std::int64_t kMostSites = 500;    // on one page of key-sites
constexpr std::size_t kTokenDigits = 32;

Json subscription_of(const Key& key) {
  return {{"account_id", key.id},
          {"account_type", "winnow"},
          {"account_name", "winnow, self-hosted"},
          {"status", key.suspended_at ? "suspended" : "active"},
          {"next_billing_date", false},
          {"limit_reached", false}};
}

std::string percent(double value) {
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

Json breakdown_of(const std::vector<PeriodTally>& periods) {
  Json breakdown = Json::object();
  for (const auto& [period, tally, sites] : periods)
    breakdown[period] = {{"spam", std::to_string(tally.spam)},
                         {"ham", std::to_string(tally.ham)},
                         {"missed_spam", std::to_string(tally.missed_spam)},
                         {"false_positives", std::to_string(tally.false_positives)},
                         {"blogs", std::to_string(sites)},
                         {"da", period.size() == 7 ? period + "-01" : period}};
  return breakdown;
}

Reply statistics_reply(const Result<Statistics>& statistics) {
  if (!statistics) return plain_error(statistics.error());
  const Tally& total = statistics->total;
  return json_reply(200, {{"spam", total.spam},
                          {"ham", total.ham},
                          {"missed_spam", total.missed_spam},
                          {"false_positives", total.false_positives},
                          {"accuracy", percent(accuracy(total))},
                          {"time_saved", seconds_saved(total)},
                          {"breakdown", breakdown_of(statistics->periods)}});
}

Span span_of(const Fields& fields) {
  const std::string from = fields.text("from", kMaxParameter);
  if (from == "60-days") return Span::kSixtyDays;
  return from == "6-months" ? Span::kSixMonths : Span::kAll;
}

// The number that a field holds, within bounds; `otherwise` if it holds none.
std::int64_t number_of(const Fields& fields, std::string_view name, std::int64_t otherwise,
                       std::int64_t lowest, std::int64_t highest) {
  const std::string text = fields.text(name, kMaxParameter);
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size()) return otherwise;
  return std::clamp(number, lowest, highest);
}

TallyOrder order_of(const std::string& name) {
  constexpr std::pair<std::string_view, TallyOrder> kOrders[] = {
      {"spam", TallyOrder::kSpam},
      {"ham", TallyOrder::kHam},
      {"missed_spam", TallyOrder::kMissedSpam},
      {"false_positives", TallyOrder::kFalsePositives}};
  for (const auto& [known, order] : kOrders)
    if (known == name) return order;
  return TallyOrder::kTotal;
}

MonthQuery month_query(const Fields& fields) {
  MonthQuery query;
  query.month = fields.text("month", kMaxParameter);
  query.filter = fields.text("filter", kMaxParameter);
  query.order = order_of(fields.text("order", kMaxParameter));
  query.limit = number_of(fields, "limit", kMostSites, 1, kMostSites);
  query.offset = number_of(fields, "offset", 0, 0, INT64_MAX);
  return query;
}

Reply sites_as_json(const MonthPage& month, const MonthQuery& query, const Key& key) {
  Json sites = Json::array();
  for (const auto& [site, tally] : month.page.sites)
    sites.push_back({{"site", site.url},
                     {"api_calls", std::to_string(tally.checks())},
                     {"spam", std::to_string(tally.spam)},
                     {"ham", std::to_string(tally.ham)},
                     {"missed_spam", std::to_string(tally.missed_spam)},
                     {"false_positives", std::to_string(tally.false_positives)},
                     {"is_revoked", !key.speaks_for(site.id)}});
  Json json = {{month.month, std::move(sites)}};
  json["limit"] = query.limit;
  json["offset"] = query.offset;
  json["total"] = month.page.total;
  return json_reply(200, json);
}

// RFC 4180
std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"') quoted += c;
    quoted += c;
  }
  return quoted + "\"";
}

Reply sites_as_csv(const MonthPage& month, const MonthQuery& query, const Admission& admission) {
  Reply reply;
  reply.content_type = "text/csv; charset=utf-8";
  reply.body = "Active sites for " + admission.key_text + " during " + month.month +
               " (limit:" + std::to_string(query.limit) + ", offset: " + std::to_string(query.offset) +
               ", total: " + std::to_string(month.page.total) +
               ")\nSite,Total API Calls,Spam,Ham,Missed Spam,False Positives,Is Revoked";
  for (const auto& [site, tally] : month.page.sites) {
    reply.body += "\n" + csv_field(site.url);
    for (const std::int64_t number :
         {tally.checks(), tally.spam, tally.ham, tally.missed_spam, tally.false_positives})
      reply.body += "," + std::to_string(number);
    reply.body += admission.key.speaks_for(site.id) ? ",false" : ",true";
  }
  return reply;
}

}  // namespace

Reply get_subscription(const Context& context, const Call& call) {
  const Admission admission = admit(context, call, kOfKey);
  if (admission.refusal && !admission.is_suspended) return *admission.refusal;
  return json_reply(200, subscription_of(admission.key));
}

Reply get_stats(const Context& context, const Call& call) {
  const Admission admission = admit(context, call, kOfSite);
  if (admission.refusal) return *admission.refusal;
  return statistics_reply(
      statistics_of_site(context.services, admission.caller.site.id, span_of(admission.fields)));
}

Reply get_key_stats(const Context& context, const Call& call) {
  const Admission admission = admit(context, call, kOfKey);
  if (admission.refusal) return *admission.refusal;
  return statistics_reply(statistics_of_key(context.services, admission.key.id, span_of(admission.fields)));
}

Reply usage_limit(const Context& context, const Call& call) {
  const Admission admission = admit(context, call, kOfKey);
  if (admission.refusal) return *admission.refusal;
  const Result<std::int64_t> checks = checks_this_month(context.services, admission.key.id);
  if (!checks) return plain_error(checks.error());
  Json json = {{"limit", "none"}, {"usage", *checks}, {"percentage", percent(0)}, {"throttled", false}};
  if (admission.fields.flag("extended")) {
    json["notice_level"] = 0;
    json["upgrade"] = false;
  }
  return json_reply(200, json);
}

Reply key_sites(const Context& context, const Call& call) {
  const Admission admission = admit(context, call, kOfKey);
  if (admission.refusal) return *admission.refusal;
  const MonthQuery query = month_query(admission.fields);
  const Result<MonthPage> month = sites_in_month(context.services, admission.key.id, query);
  if (!month && month.error().kind == ErrorKind::kInvalid) return with_help("invalid", month.error().message);
  if (!month) return plain_error(month.error());
  return admission.fields.text("format", kMaxParameter) == "csv"
             ? sites_as_csv(*month, query, admission)
             : sites_as_json(*month, query, admission.key);
}

Reply token(const Context& context, const Call& call) {
  const Admission admission = admit(context, call, kOfKey);
  if (admission.refusal) return *admission.refusal;
  Reply reply;
  reply.body = context.secret.hash("token " + std::to_string(admission.key.id)).substr(0, kTokenDigits);
  return reply;
}

Reply deactivate(const Context& context, const Call& call) {
  const Admission admission = admit(context, call, kOfSite);
  if (admission.refusal) return *admission.refusal;
  const Result<void> ended = context.services.store.end_watches(admission.caller.site.id);
  if (!ended) return plain_error(ended.error());
  Reply reply;
  reply.body = "deactivated";
  reply.notes = {{"site", admission.caller.site.url}};
  return reply;
}

Reply verify_wpcom_key(const Context& context, const Call& call) {
  const Admission admission = admit(context, call, kOfKey);
  if (admission.refusal) return *admission.refusal;
  Json json = subscription_of(admission.key);
  json["api_key"] = admission.key_text;
  return json_reply(200, json);
}

Reply test(const Context&, const Call&) {
  Reply reply;
  reply.body = "connected";
  return reply;
}

Reply compatible_plugins(const Context&, const Call&) {
  return json_reply(200, Json::array());
}

}  // namespace winnow::http::akismet
