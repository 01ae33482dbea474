#include "service/http/admin/privacy.h"

#include "service/http/admin/audit.h"
#include "service/http/admin/input.h"
#include "service/http/admin/json.h"
#include "service/http/encode.h"
#include "service/http/errors.h"
#include "service/privacy.h"

namespace winnow::http::admin {
namespace {

constexpr std::size_t kMostExported = 2000;
constexpr std::int64_t kPage = 50;
constexpr std::int64_t kMostOfPage = 200;

// {"email", "ip" or "author", "site"?}. Whoever may see some sites alone names one of them.
Result<PersonQuery> query_of(const Context& context, const Call& call) {
  const Result<Json> json = object_of(call.request, {"email", "ip", "author", "site"});
  if (!json) return json.error();
  PersonQuery query;
  const std::pair<const char*, std::string PersonQuery::*> members[] = {
      {"email", &PersonQuery::email}, {"ip", &PersonQuery::ip}, {"author", &PersonQuery::author}};
  for (const auto& [name, member] : members) {
    const Result<std::optional<std::string>> text = optional_text(*json, name);
    if (!text) return text.error();
    query.*member = text->value_or("");
  }
  const Result<std::optional<std::int64_t>> site = optional_number(*json, "site");
  if (!site) return site.error();
  query.site = *site;
  if (!query.site && !call.person.any_site)
    return Error{ErrorKind::kInvalid, "Name one of your sites.", "site"};
  const Error missing{ErrorKind::kNotFound, "There is no site with this id.", "site"};
  if (query.site && !call.person.may_see(*query.site)) return missing;
  if (query.site && !context.services.store.site(*query.site)) return missing;
  return query;
}

Json counts_of(const PersonRows& rows) {
  return {{"verdicts", rows.verdicts.size()}, {"reports", rows.reports.size()}};
}

}  // namespace

Reply find_person(const Context& context, const Call& call) {
  const Result<PersonQuery> query = query_of(context, call);
  if (!query) return problem(query.error());
  const Result<PersonRows> rows = winnow::find_person(context.services, *query);
  if (!rows) return problem(rows.error());
  return json_reply(200, counts_of(*rows));
}

Reply export_person(const Context& context, const Call& call) {
  const Result<PersonQuery> query = query_of(context, call);
  if (!query) return problem(query.error());
  const Result<PersonRows> rows = winnow::find_person(context.services, *query);
  if (!rows) return problem(rows.error());
  if (rows->verdicts.size() + rows->reports.size() > kMostExported)
    return problem({ErrorKind::kTooLarge,
                    "There are more than 2,000 verdicts and reports: winnow privacy export writes them all.",
                    ""});
  Json entries = Json::array();
  const Result<void> read =
      winnow::export_person(context.services, *rows, [&](const Json& entry) -> Result<void> {
        entries.push_back(entry);
        return {};
      });
  if (!read) return problem(read.error());
  record(context, call, "privacy.export", query->site, counts_of(*rows));
  return json_reply(200, {{"entries", std::move(entries)}});
}

Reply erase_person(const Context& context, const Call& call) {
  const Result<PersonQuery> query = query_of(context, call);
  if (!query) return problem(query.error());
  const Result<Erased> erased = winnow::erase_person(context.services, *query);
  if (!erased) return problem(erased.error());
  const Json counts = {{"verdicts", erased->verdicts}, {"reports", erased->reports}};
  record(context, call, "privacy.delete", query->site, counts);
  return json_reply(200, counts);
}

Reply cleanups(const Context& context, const Call& call) {
  const Result<std::int64_t> before = parameter(call.request, "before", 0, 1, INT64_MAX);
  if (!before) return problem(before.error());
  const Result<std::int64_t> limit = parameter(call.request, "limit", kPage, 1, kMostOfPage);
  if (!limit) return problem(limit.error());
  const Result<std::vector<Cleanup>> found =
      context.services.store.cleanups(*before, static_cast<std::size_t>(*limit));
  if (!found) return problem(found.error());
  Json list = Json::array();
  for (const Cleanup& each : *found)
    list.push_back({{"seq", each.seq},
                    {"at", rfc3339(each.at)},
                    {"what", to_string(each.what)},
                    {"verdicts", each.verdicts},
                    {"reports", each.reports}});
  const bool may_be_more = found->size() == static_cast<std::size_t>(*limit);
  return json_reply(
      200, {{"entries", std::move(list)}, {"next", may_be_more ? Json(found->back().seq) : Json(nullptr)}});
}

}  // namespace winnow::http::admin
