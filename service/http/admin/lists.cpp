#include "service/http/admin/lists.h"

#include "service/http/admin/audit.h"
#include "service/http/admin/input.h"
#include "service/http/admin/json.h"
#include "service/http/encode.h"
#include "service/http/errors.h"
#include "service/lists.h"
#include "service/search_query.h"

namespace winnow::http::admin {
namespace {

constexpr std::int64_t kPage = 50;
constexpr std::int64_t kMostOfPage = 200;
constexpr std::int64_t kAny = INT64_MAX;

Error no_such_site() {
  return {ErrorKind::kNotFound, "There is no site with this id.", "site"};
}

Json json_of(const KeptEntry& kept, const SiteNames& names) {
  const ListEntry& entry = kept.entry;
  return {{"id", entry.id},
          {"list", to_string(entry.list)},
          {"field", to_string(entry.field)},
          {"pattern", entry.pattern},
          {"site", entry.site == 0 ? Json() : names.of(entry.site)},
          {"note", kept.note},
          {"by", kept.by},
          {"at", rfc3339(kept.at)},
          {"until", entry.until ? Json(rfc3339(*entry.until)) : Json()},
          {"hits", kept.hits}};
}

// For the log: a pattern may be somebody's name or address, but a domain.
Json note_of(const ListEntry& entry) {
  Json note = {{"entry", entry.id}, {"list", to_string(entry.list)}, {"field", to_string(entry.field)}};
  if (entry.field == ListField::kDomain) note["pattern"] = entry.pattern;
  return note;
}

std::optional<SiteId> site_of(const ListEntry& entry) {
  return entry.site == 0 ? std::nullopt : std::optional(entry.site);
}

Result<ListQuery> query_of(const Call& call) {
  ListQuery query;
  query.visible = sites_of(call.person);
  query.text = parameter(call.request, "q");
  const Result<std::int64_t> site = parameter(call.request, "site", 0, 1, kAny);
  if (!site) return site.error();
  if (*site != 0 && !call.person.may_see(*site)) return no_such_site();
  if (*site != 0) query.site = *site;
  return query;
}

Result<ListRequest> request_of(const Call& call) {
  const Result<Json> json = object_of(call.request, {"list", "field", "pattern", "site", "note", "until"});
  if (!json) return json.error();
  const auto list = optional_text(*json, "list"), field = optional_text(*json, "field"),
             pattern = optional_text(*json, "pattern"), note = optional_text(*json, "note");
  for (const auto* text : {&list, &field, &pattern, &note})
    if (!*text) return text->error();
  const auto site = optional_number(*json, "site");
  if (!site) return site.error();
  const auto until = optional_time(*json, "until");
  if (!until) return until.error();
  const std::optional<ListKind> kind = list_kind_named((*list).value_or(""));
  if (!kind) return Error{ErrorKind::kInvalid, "The list is allow or block.", "list"};
  const std::optional<ListField> which = list_field_named((*field).value_or(""));
  if (!which)
    return Error{ErrorKind::kInvalid, "The field is author, email, domain, address or text.", "field"};
  return ListRequest{*kind, *which, (*pattern).value_or(""), (*site).value_or(0), (*note).value_or(""),
                     *until};
}

// Whether the caller may change what holds for this site, 0 for all.
Result<void> may_change(const Context& context, const Call& call, SiteId site) {
  if (site == 0 && (call.person.role < Role::kOwner || !call.person.any_site))
    return Error{ErrorKind::kForbidden, "What holds for all sites is for owners to change.", "site"};
  if (site == 0) return {};
  if (!call.person.may_see(site)) return no_such_site();
  const Result<Site> known = context.services.store.site(site);
  if (known) return {};
  return known.error().kind == ErrorKind::kNotFound ? no_such_site() : known.error();
}

}  // namespace

Reply list_entries(const Context& context, const Call& call) {
  const Result<ListQuery> query = query_of(call);
  if (!query) return problem(query.error());
  const Result<std::int64_t> before = parameter(call.request, "before", 0, 0, kAny);
  if (!before) return problem(before.error());
  const Result<std::int64_t> limit = parameter(call.request, "limit", kPage, 1, kMostOfPage);
  if (!limit) return problem(limit.error());
  const Result<SiteNames> names = SiteNames::read(context.services.store);
  if (!names) return problem(names.error());
  Result<std::vector<KeptEntry>> found =
      context.services.store.list_entries(*query, *before, static_cast<std::size_t>(*limit) + 1);
  if (!found) return problem(found.error());
  const bool more = found->size() > static_cast<std::size_t>(*limit);
  if (more) found->pop_back();
  Json entries = Json::array();
  for (const KeptEntry& kept : *found) entries.push_back(json_of(kept, *names));
  return json_reply(
      200, {{"entries", std::move(entries)}, {"next", more ? Json(found->back().entry.id) : Json()}});
}

Reply add_list_entry(const Context& context, const Call& call) {
  const Result<ListRequest> request = request_of(call);
  if (!request) return problem(request.error());
  if (const Result<void> may = may_change(context, call, request->site); !may) return problem(may.error());
  const Result<SiteNames> names = SiteNames::read(context.services.store);
  if (!names) return problem(names.error());
  const Result<KeptEntry> kept = winnow::add_list_entry(context.services, *request, call.person.name);
  if (!kept) return problem(kept.error());
  record(context, call, "list.add", site_of(kept->entry), note_of(kept->entry));
  return json_reply(201, json_of(*kept, *names));
}

Reply remove_list_entry(const Context& context, const Call& call) {
  const Error none{ErrorKind::kNotFound, "There is no list entry with this id.", "id"};
  const Result<std::int64_t> id = number_of(call.id);
  if (!id) return problem(none);
  const Result<KeptEntry> kept = context.services.store.list_entry(*id);
  if (!kept) return problem(kept.error().kind == ErrorKind::kNotFound ? none : kept.error());
  if (kept->entry.site != 0 && !call.person.may_see(kept->entry.site)) return problem(none);
  if (const Result<void> may = may_change(context, call, kept->entry.site); !may) return problem(may.error());
  if (const Result<void> removed = winnow::remove_list_entry(context.services, *id); !removed)
    return problem(removed.error());
  record(context, call, "list.delete", site_of(kept->entry), note_of(kept->entry));
  Reply reply;
  reply.status = 204;
  return reply;
}

}  // namespace winnow::http::admin
