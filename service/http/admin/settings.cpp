#include "service/http/admin/settings.h"

#include <algorithm>

#include "service/http/admin/json.h"
#include "service/http/encode.h"
#include "service/http/errors.h"
#include "service/http/form.h"

namespace winnow::http::admin {
namespace {

constexpr std::int64_t kUsualActs = 50;
constexpr std::int64_t kMostActs = 200;

std::string_view description_of(std::string_view name) {
  const std::vector<Setting>& all = winnow::settings();
  const auto found = std::ranges::find(all, name, &Setting::name);
  return found == all.end() ? std::string_view() : found->description;
}

// A whole number, or kInvalid naming the field.
Result<std::int64_t> whole(const Field& field, std::int64_t most) {
  Result<std::int64_t> number = number_of(field.second);
  if (!number || *number > most)
    return Error{ErrorKind::kInvalid, "This takes a number from 1 to " + std::to_string(most) + ".",
                 field.first};
  return number;
}

Result<ActQuery> query_of(const Request& request) {
  ActQuery query{false, 0, kUsualActs};
  for (const Field& field : parse_form(request.query)) {
    if (field.first == "only") {
      if (field.second != "deletions")
        return Error{ErrorKind::kInvalid, "This takes deletions, or is left out.", "only"};
      query.only_deletions = true;
    } else if (field.first == "before") {
      const Result<std::int64_t> before = whole(field, INT64_MAX);
      if (!before) return before.error();
      query.before = *before;
    } else if (field.first == "limit") {
      const Result<std::int64_t> limit = whole(field, kMostActs);
      if (!limit) return limit.error();
      query.limit = static_cast<std::size_t>(*limit);
    }
  }
  return query;
}

Json json_of(const Act& act, const SiteNames& names) {
  const Result<Json> what = parse_json(act.what);
  return {{"seq", act.seq},
          {"at", rfc3339(act.at)},
          {"by", act.by},
          {"act", act.act},
          {"site", act.site ? names.of(*act.site) : Json(nullptr)},
          {"what", what ? *what : Json::object()},
          {"client", act.client}};
}

}  // namespace

Reply settings(const Context& context, const Call&) {
  Json list = Json::array();
  for (const ConfigValue& value : context.settings)
    list.push_back({{"name", value.name},
                    {"value", value.value},
                    {"source", value.source},
                    {"description", description_of(value.name)}});
  return json_reply(200, {{"settings", std::move(list)}});
}

Reply acts(const Context& context, const Call& call) {
  const Result<ActQuery> query = query_of(call.request);
  if (!query) return problem(query.error());
  const Result<std::vector<Act>> acts = context.services.store.acts(*query);
  if (!acts) return problem(acts.error());
  const Result<SiteNames> names = SiteNames::read(context.services.store);
  if (!names) return problem(names.error());
  Json list = Json::array();
  for (const Act& act : *acts) list.push_back(json_of(act, *names));
  const bool may_be_more = acts->size() == query->limit;
  return json_reply(
      200, {{"entries", std::move(list)}, {"next", may_be_more ? Json(acts->back().seq) : Json(nullptr)}});
}

}  // namespace winnow::http::admin
