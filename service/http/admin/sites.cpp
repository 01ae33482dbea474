#include "service/http/admin/sites.h"

#include <algorithm>

#include "service/http/admin/audit.h"
#include "service/http/admin/json.h"
#include "service/http/encode.h"
#include "service/http/errors.h"
#include "service/lists.h"

namespace winnow::http::admin {
namespace {

constexpr UnixMillis kMillisPerDay = 86'400'000;
constexpr std::int64_t kDays = 30;

std::int64_t first_day(const Context& context) {
  return context.services.now() / kMillisPerDay - (kDays - 1);
}

Json number_or_null(const std::optional<double>& number) {
  return number ? Json(*number) : Json();
}

// {unsure, spam, discard}, each a number or null; a missing one is null. All are, where `thresholds` is null.
Result<SiteThresholds> thresholds_of(const Json& thresholds) {
  SiteThresholds read;
  if (thresholds.is_null()) return read;
  if (!thresholds.is_object()) return Error{ErrorKind::kInvalid, "The member takes an object.", "thresholds"};
  for (const auto& [name, value] : thresholds.items()) {
    std::optional<double>* of = name == "unsure"    ? &read.unsure
                                : name == "spam"    ? &read.spam
                                : name == "discard" ? &read.discard
                                                    : nullptr;
    if (!of || !(value.is_number() || value.is_null()))
      return Error{ErrorKind::kInvalid, "The thresholds are unsure, spam and discard, each a number or null.",
                   "thresholds"};
    if (value.is_number()) *of = value.get<double>();
  }
  return read;
}

Json json_of(const Site& site, const SiteActivity& activity) {
  return {{"id", site.id},
          {"url", site.url},
          {"created_at", rfc3339(site.created_at)},
          {"log_only", site.log_only},
          {"shadow_model", site.shadow_model.empty() ? Json(nullptr) : Json(site.shadow_model)},
          {"thresholds",
           {{"unsure", number_or_null(site.thresholds.unsure)},
            {"spam", number_or_null(site.thresholds.spam)},
            {"discard", number_or_null(site.thresholds.discard)}}},
          {"checks_30_days", activity.checks},
          {"last_check", time_or_null(activity.last_check)}};
}

SiteActivity activity_of(const std::vector<SiteActivity>& all, SiteId site) {
  const auto found = std::ranges::find(all, site, &SiteActivity::site);
  return found == all.end() ? SiteActivity{site, 0, {}} : *found;
}

Reply reply_of(const Context& context, const Site& site, int status) {
  const Result<std::vector<SiteActivity>> activity = context.services.store.site_activity(first_day(context));
  if (!activity) return problem(activity.error());
  return json_reply(status, json_of(site, activity_of(*activity, site.id)));
}

Json default_thresholds(const Context& context) {
  const Thresholds set = context.services.thresholds(context.services.engine()->model().thresholds);
  return {{"unsure", set.unsure}, {"spam", set.spam}, {"discard", set.discard}};
}

}  // namespace

Reply sites(const Context& context, const Call& call) {
  const Result<std::vector<Site>> sites = context.services.store.sites();
  if (!sites) return problem(sites.error());
  const Result<std::vector<SiteActivity>> activity = context.services.store.site_activity(first_day(context));
  if (!activity) return problem(activity.error());
  Json list = Json::array();
  for (const Site& site : *sites)
    if (call.person.may_see(site.id)) list.push_back(json_of(site, activity_of(*activity, site.id)));
  return json_reply(200, {{"sites", std::move(list)}, {"default_thresholds", default_thresholds(context)}});
}

Reply add_site(const Context& context, const Call& call) {
  const Result<Json> body = object_of(call.request, {"url"});
  if (!body) return problem(body.error());
  const Result<std::string> url = text_of(*body, "url");
  if (!url) return problem(url.error());
  const Result<std::string> name = canonical_site(*url, context.sites.form);
  if (!name) return problem({ErrorKind::kInvalid, "This is no address of a site.", "url"});
  const Result<Site> site = context.services.store.add_site(*name, context.services.now());
  if (!site) return problem(site.error());
  record(context, call, "site.add", site->id, {{"url", site->url}});
  return reply_of(context, *site, 201);
}

Reply change_site(const Context& context, const Call& call) {
  const Result<Json> body = object_of(call.request, {"log_only", "thresholds"});
  if (!body) return problem(body.error());
  const Result<std::optional<bool>> log_only = optional_flag(*body, "log_only");
  if (!log_only) return problem(log_only.error());
  const auto asked = body->find("thresholds");
  const Result<SiteThresholds> thresholds = thresholds_of(asked == body->end() ? Json() : *asked);
  if (!thresholds) return problem(thresholds.error());
  const Result<std::int64_t> id = number_of(call.id);
  if (!id) return problem(id.error());
  if (asked != body->end()) {
    const Result<void> set = set_thresholds(context.services, *id, *thresholds);
    if (!set) return problem(set.error());
    record(context, call, "site.change", *id, {{"thresholds", *asked}});
  }
  if (*log_only) {
    const Result<void> set = context.services.store.set_log_only(*id, **log_only);
    if (!set) return problem(set.error());
    record(context, call, "site.change", *id, {{"log_only", **log_only}});
  }
  const Result<Site> site = context.services.store.site(*id);
  if (!site) return problem(site.error());
  return reply_of(context, *site, 200);
}

}  // namespace winnow::http::admin
