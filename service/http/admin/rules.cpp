#include "service/http/admin/rules.h"

#include "classifier/json_text.h"
#include "classifier/rules/catalogue.h"
#include "service/http/admin/audit.h"
#include "service/http/admin/input.h"
#include "service/http/admin/json.h"
#include "service/http/encode.h"
#include "service/http/errors.h"
#include "service/lists.h"
#include "service/search_query.h"

namespace winnow::http::admin {
namespace {

constexpr std::int64_t kDays = 30;
constexpr std::int64_t kMostDays = 366;
constexpr UnixMillis kDay = 86'400'000;

// What the model's makers counted on comments that it was not trained on.
Json held_out_of(const Model& model, const std::string& id) {
  const Json::json_pointer place("/figures/rules");
  if (!model.manifest.contains(place)) return Json();
  const Json& rules = model.manifest.at(place);
  return rules.is_object() && rules.contains(id) ? rules.at(id) : Json();
}

// Rules in the order of judging.
class RuleTable {
 public:
  RuleTable(const Engine& engine, const RulesOff& off, std::map<std::string, ReasonCounts> counts)
      : engine_(engine), off_(off), counts_(std::move(counts)) {
    const auto& fitted = engine.model().weights.rule_points;
    for (const Rule& rule : catalogue()) {
      const auto found = fitted.find(rule.id);
      add(std::string(rule.id), std::string(rule.sentence),
          found == fitted.end() ? rule.points : found->second,
          rule.source == Points::kFitted ? "fitted" : "hand_set");
    }
    for (const Signal& rule : engine.operator_rules().all())
      add(rule.id, rule.detail, rule.points, "operator");
  }

  Json take() { return std::move(rows_); }

 private:
  void add(const std::string& id, const std::string& sentence, double points, const char* source) {
    const ReasonCounts& counts = counts_[id];
    rows_.push_back({{"id", id},
                     {"group", id.substr(0, id.find('.'))},
                     {"sentence", sentence},
                     {"points", rounded(points)},
                     {"source", source},
                     {"on", !off_.contains(id)},
                     {"hits", counts.hits},
                     {"reported_spam", counts.reported_spam},
                     {"reported_ham", counts.reported_ham},
                     {"held_out", held_out_of(engine_.model(), id)}});
  }

  const Engine& engine_;
  const RulesOff& off_;
  std::map<std::string, ReasonCounts> counts_;
  Json rows_ = Json::array();
};

Result<std::map<std::string, ReasonCounts>> counts_of(const Context& context, const Person& person,
                                                      std::int64_t days) {
  const std::int64_t today = context.services.now() / kDay;
  const Result<std::vector<ReasonCounts>> counted =
      context.services.store.reason_counts({sites_of(person), today - days + 1, today});
  if (!counted) return counted.error();
  std::map<std::string, ReasonCounts> counts;
  for (const ReasonCounts& one : *counted) counts.emplace(one.signal, one);
  return counts;
}

// As the store has it now.
Result<RulesOff> rules_off(const Context& context) {
  const Result<std::vector<RuleOff>> rules = context.services.store.rules_off();
  if (!rules) return rules.error();
  RulesOff off;
  for (const RuleOff& rule : *rules) off.insert(rule.id);
  return off;
}

}  // namespace

Reply list_rules(const Context& context, const Call& call) {
  const Result<std::int64_t> days = parameter(call.request, "days", kDays, 1, kMostDays);
  if (!days) return problem(days.error());
  Result<std::map<std::string, ReasonCounts>> counts = counts_of(context, call.person, *days);
  if (!counts) return problem(counts.error());
  const Result<RulesOff> off = rules_off(context);
  if (!off) return problem(off.error());
  const std::shared_ptr<const Engine> engine = context.services.engine();
  RuleTable table(*engine, *off, *std::move(counts));
  return json_reply(200, {{"rules", table.take()}, {"days", *days}});
}

Reply switch_rule(const Context& context, const Call& call) {
  const Result<Json> json = object_of(call.request, {"on"});
  if (!json) return problem(json.error());
  const Result<std::optional<bool>> on = optional_flag(*json, "on");
  if (!on) return problem(on.error());
  if (!*on) return problem({ErrorKind::kInvalid, "The member is missing.", "on"});
  const Result<void> done = winnow::switch_rule(context.services, call.id, **on, call.person.name);
  if (!done) return problem(done.error());
  record(context, call, **on ? "rule.on" : "rule.off", {}, {{"rule", call.id}});
  return json_reply(200, {{"id", call.id}, {"on", **on}});
}

}  // namespace winnow::http::admin
