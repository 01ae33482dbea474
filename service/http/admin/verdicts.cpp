#include "service/http/admin/verdicts.h"

#include <charconv>
#include <map>
#include <set>

#include "service/http/admin/audit.h"
#include "service/http/admin/verdict_row.h"
#include "service/http/encode.h"
#include "service/http/errors.h"
#include "service/http/fields.h"
#include "service/search_indexer.h"
#include "service/search_query.h"

namespace winnow::http::admin {
namespace {

constexpr std::int64_t kPage = 50;
constexpr std::int64_t kMostOnPage = 200;
constexpr std::size_t kMostIds = 200;

// The number of a query parameter; `fallback` where it was not sent.
Result<std::int64_t> number_of(const Fields& fields, std::string_view name, std::int64_t fallback,
                               std::int64_t least, std::int64_t most) {
  const std::string text = fields.text(name, 20);
  if (text.empty()) return fallback;
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed == std::errc() && end == text.data() + text.size() && number >= least && number <= most)
    return number;
  return Error{ErrorKind::kInvalid, "It must be a number from " + std::to_string(least) + " on.",
               std::string(name)};
}

struct Wanted {
  Fields fields;
  VerdictSearch search;
  bool is_behind = false;  // of the index
};

Result<Wanted> wanted_of(const Context& context, const Call& call) {
  Result<Fields> fields = Fields::read(call.request);
  if (!fields) return fields.error();
  const Result<bool> is_behind = is_index_behind(context.services.store);
  // A database that cannot be written can still be searched.
  Result<VerdictSearch> search =
      read_search(context.services, call.person, fields->text("q", 2 * kMaxQueryBytes));
  if (!search) return search.error();
  return Wanted{*std::move(fields), *std::move(search), !is_behind || *is_behind};
}

// {"ids": [1 to 200 ids], "reason"?}
struct Doomed {
  std::vector<std::string> ids;
  std::string reason;
};
Result<Doomed> doomed_of(const Request& request) {
  const Result<Json> json = parse_json(request.body);
  if (!json) return json.error();
  const auto ids = json->is_object() ? json->find("ids") : json->end();
  if (!json->is_object() || ids == json->end() || !ids->is_array() || ids->empty() || ids->size() > kMostIds)
    return Error{ErrorKind::kInvalid, "Name 1 to 200 verdicts.", "ids"};
  Doomed doomed;
  for (const Json& id : *ids) {
    if (!id.is_string()) return Error{ErrorKind::kInvalid, "An id is a text of 32 hex digits.", "ids"};
    doomed.ids.push_back(id.get<std::string>());
  }
  const auto reason = json->find("reason");
  if (reason != json->end() && !reason->is_string() && !reason->is_null())
    return Error{ErrorKind::kInvalid, "The reason is a text.", "reason"};
  doomed.reason = string_or(*json, "reason").substr(0, 1000);
  return doomed;
}

// By site, those of the verdicts that are there and that the person may see.
Result<std::map<SiteId, std::vector<std::string>>> by_site(const Context& context, const Person& person,
                                                           const std::vector<std::string>& ids) {
  std::map<SiteId, std::vector<std::string>> found;
  for (const std::string& id : std::set(ids.begin(), ids.end())) {
    const Result<std::optional<StoredVerdict>> verdict = context.services.store.find_verdict(id);
    if (!verdict) return verdict.error();
    if (verdict->has_value() && person.may_see((*verdict)->site)) found[(*verdict)->site].push_back(id);
  }
  return found;
}

}  // namespace

Reply verdicts(const Context& context, const Call& call) {
  Result<Wanted> wanted = wanted_of(context, call);
  if (!wanted) return problem(wanted.error());
  const std::string tab = wanted->fields.text("tab", 20);
  const std::optional<Tab> known = tab_of(tab.empty() ? "all" : tab);
  if (!known) return problem({ErrorKind::kInvalid, "There is no tab of this name.", "tab"});
  wanted->search.tab = *known;
  const Result<std::int64_t> before =
      number_of(wanted->fields, "before", 0, 0, std::numeric_limits<std::int64_t>::max());
  if (!before) return problem(before.error());
  const Result<std::int64_t> limit = number_of(wanted->fields, "limit", kPage, 1, kMostOnPage);
  if (!limit) return problem(limit.error());
  const Result<SearchPage> page =
      context.services.store.search(wanted->search, *before, static_cast<std::size_t>(*limit));
  if (!page) return problem(page.error());
  Json rows = Json::array();
  for (const ShownVerdict& shown : page->verdicts) rows.push_back(verdict_row(shown));
  Json json = {{"verdicts", std::move(rows)}, {"next", nullptr}};
  if (page->next) json["next"] = *page->next;
  if (wanted->is_behind) json["indexing"] = true;
  return json_reply(200, json);
}

Reply verdict_counts(const Context& context, const Call& call) {
  const Result<Wanted> wanted = wanted_of(context, call);
  if (!wanted) return problem(wanted.error());
  const Result<std::int64_t> after =
      number_of(wanted->fields, "after", 0, 0, std::numeric_limits<std::int64_t>::max());
  if (!after) return problem(after.error());
  const Result<TabCounts> counts = context.services.store.count_tabs(wanted->search, *after);
  if (!counts) return problem(counts.error());
  Json tabs = Json::object();
  for (const Tab tab : {Tab::kUnsure, Tab::kSpam, Tab::kHam, Tab::kDiscard, Tab::kReported, Tab::kAll})
    tabs[std::string(to_string(tab))] = counts->tabs[static_cast<std::size_t>(tab)];
  Json json = {{"counts", std::move(tabs)}, {"most", TabCounts::kMost}, {"complete", counts->complete}};
  if (wanted->is_behind) json["indexing"] = true;
  return json_reply(200, json);
}

Reply delete_verdicts(const Context& context, const Call& call) {
  const Result<Doomed> doomed = doomed_of(call.request);
  if (!doomed) return problem(doomed.error());
  const auto sites = by_site(context, call.person, doomed->ids);
  if (!sites) return problem(sites.error());
  std::size_t deleted = 0;
  for (const auto& [site, ids] : *sites) {
    const Result<std::vector<std::string>> gone = context.services.store.delete_verdicts(ids);
    if (!gone) return problem(gone.error());
    deleted += gone->size();
    Json what = {{"verdicts", *gone}};
    if (!doomed->reason.empty()) what["reason"] = doomed->reason;
    record(context, call, "verdict.delete", site, what);
  }
  return json_reply(200, {{"deleted", deleted}});
}

}  // namespace winnow::http::admin
