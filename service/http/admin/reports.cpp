#include "service/http/admin/reports.h"

#include <map>
#include <set>

#include "service/desk.h"
#include "service/http/admin/audit.h"
#include "service/http/encode.h"
#include "service/http/errors.h"

namespace winnow::http::admin {
namespace {

Error invalid(const char* message, const char* field) {
  return {ErrorKind::kInvalid, message, field};
}

// 1 to kMostAtOnce ids.
Result<std::vector<std::string>> ids_of(const Json& json) {
  const auto list = json.find("ids");
  if (list == json.end() || !list->is_array() || list->empty() || list->size() > kMostAtOnce)
    return invalid("ids must be a list of 1 to 200 ids.", "ids");
  std::vector<std::string> ids;
  for (const Json& id : *list) {
    if (!id.is_string()) return invalid("ids must be a list of 1 to 200 ids.", "ids");
    ids.push_back(id.get<std::string>());
  }
  return ids;
}

// An object of these members alone.
Result<Json> body_of(const Call& call, const std::set<std::string_view>& members) {
  Result<Json> json = parse_json(call.request.body);
  if (!json) return json.error();
  if (!json->is_object()) return invalid("The body must be a JSON object.", "");
  for (const auto& [name, value] : json->items())
    if (!members.contains(name))
      return Error{ErrorKind::kInvalid, "This call has no member " + name + ".", name};
  return json;
}

struct Wanted {
  std::vector<std::string> ids;
  Label label = Label::kHam;
  bool everywhere = false;
};

Result<Wanted> wanted_of(const Call& call) {
  const Result<Json> json = body_of(call, {"ids", "label", "everywhere"});
  if (!json) return json.error();
  Result<std::vector<std::string>> ids = ids_of(*json);
  if (!ids) return ids.error();
  Wanted wanted{*std::move(ids)};
  const std::string label = string_or(*json, "label");
  if (label != "spam" && label != "ham") return invalid("label must be \"spam\" or \"ham\".", "label");
  wanted.label = label == "spam" ? Label::kSpam : Label::kHam;
  if (const auto everywhere = json->find("everywhere"); everywhere != json->end()) {
    if (!everywhere->is_boolean()) return invalid("everywhere must be true or false.", "everywhere");
    wanted.everywhere = everywhere->get<bool>();
  }
  if (wanted.everywhere && call.person.role != Role::kOwner)
    return Error{ErrorKind::kForbidden, "Only an owner's report counts on all sites at once.", "everywhere"};
  return wanted;
}

Json to_json(const Filed& filed) {
  if (filed.error) return {{"verdict", filed.verdict_id}, {"error", public_message(*filed.error)}};
  return {{"verdict", filed.verdict_id},
          {"report", filed.reply.id},
          {"effect", to_string(filed.reply.effect)},
          {"told", filed.told}};
}

// What was reported stays so where this cannot be found out.
Json alike_json(const Context& context, const Person& person, const std::vector<Filed>& filed) {
  Json json = {{"count", 0}, {"outcome", nullptr}, {"q", nullptr}};
  const Result<ChangedAlike> changed = changed_alike(context.services, person, filed);
  if (!changed || changed->count == 0) return json;
  json["count"] = changed->count;
  json["outcome"] = to_string(changed->outcome);
  json["q"] = "like:" + changed->like;
  return json;
}

}  // namespace

Reply report_verdicts(const Context& context, const Call& call) {
  const Result<Wanted> wanted = wanted_of(call);
  if (!wanted) return problem(wanted.error());
  const Result<std::vector<Filed>> filed =
      report_at_desk(context.services, call.person, wanted->ids, wanted->label, wanted->everywhere);
  if (!filed) return problem(filed.error());
  Json results = Json::array();
  std::map<SiteId, Json> by_site;
  for (const Filed& each : *filed) {
    results.push_back(to_json(each));
    if (!each.error) by_site[each.site].push_back(each.reply.id);
  }
  for (const auto& [site, reports] : by_site)
    record(context, call, "verdict.report", site,
           {{"reports", reports}, {"label", to_string(wanted->label)}, {"everywhere", wanted->everywhere}});
  Reply reply =
      json_reply(200, {{"results", std::move(results)}, {"alike", alike_json(context, call.person, *filed)}});
  reply.notes = {{"label", std::string(to_string(wanted->label))},
                 {"reports", std::to_string(filed->size())}};
  return reply;
}

Reply withdraw_reports(const Context& context, const Call& call) {
  const Result<Json> json = body_of(call, {"ids"});
  if (!json) return problem(json.error());
  const Result<std::vector<std::string>> ids = ids_of(*json);
  if (!ids) return problem(ids.error());
  const Result<WithdrawnAtDesk> withdrawn = withdraw_at_desk(context.services, call.person, *ids);
  if (!withdrawn) return problem(withdrawn.error());
  Json results = Json::array();
  std::map<SiteId, Json> by_site;
  for (const TakenBackReply& each : withdrawn->results) {
    if (each.error) {
      results.push_back({{"id", each.id}, {"error", public_message(*each.error)}});
      continue;
    }
    results.push_back({{"id", each.id}, {"withdrawn", true}});
    by_site[each.site].push_back(each.id);
  }
  for (const auto& [site, reports] : by_site)
    record(context, call, "report.withdraw", site, {{"reports", reports}});
  Reply reply = json_reply(200, {{"results", std::move(results)}, {"in_force", withdrawn->in_force}});
  reply.notes = {{"reports", std::to_string(withdrawn->results.size())}};
  return reply;
}

}  // namespace winnow::http::admin
