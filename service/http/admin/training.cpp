#include "service/http/admin/training.h"

#include <algorithm>
#include <system_error>

#include "service/http/admin/audit.h"
#include "service/http/admin/json.h"
#include "service/http/encode.h"
#include "service/http/errors.h"
#include "service/model_shelf.h"
#include "service/promotion.h"
#include "service/search_query.h"

namespace winnow::http::admin {
namespace {

// Among so many of the newest reports those that wait are looked for.
constexpr std::size_t kLookedAt = 200;
constexpr std::size_t kMostWaiting = 50;
constexpr std::size_t kMostReporters = 200;
constexpr std::size_t kMostPromotions = 100;
constexpr std::size_t kMaxReasonBytes = 1000;
constexpr const char* kRetrain = "winnow retrain --promote";

// The reports behind the last one that the model in force was trained on.
Result<Json> report_counts(const Context& context, const Person& person) {
  Store& store = context.services.store;
  const std::shared_ptr<const Engine> engine = context.services.engine();
  const Model& model = engine->model();
  std::int64_t since = 0;
  if (!model.trained_until.empty()) {
    const Result<std::optional<FeedbackEvent>> last = store.find_feedback(model.trained_until);
    if (!last) return last.error();
    const Json::json_pointer seq("/feedback_until/seq");
    // A model that was trained elsewhere knows none of this log's reports.
    if (*last && model.manifest.contains(seq) && model.manifest.at(seq).is_number_integer())
      since = model.manifest.at(seq).get<std::int64_t>();
  }
  const Result<ReportCounts> counts = store.report_counts(sites_of(person), since);
  if (!counts) return counts.error();
  return Json{{"all", counts->spam + counts->ham},
              {"spam", counts->spam},
              {"ham", counts->ham},
              {"withdrawn", counts->withdrawn},
              {"since_model", counts->since}};
}

// Where there is one site alone, there is nobody to wait for.
Result<Json> waiting_reports(const Context& context, const Person& person, const SiteNames& names) {
  Json waiting = Json::array();
  if (names.size() < 2) return waiting;
  const Learning& learning = context.services.learning;
  const std::vector<WaitingReport> found = learning.with_memory([&](const Memory& memory) {
    return memory.waiting(kLookedAt, kMostWaiting, [&](SiteId site) { return person.may_see(site); });
  });
  for (const WaitingReport& one : found) {
    const Result<std::vector<LoggedEvent>> event = context.services.store.feedback_log(one.seq - 1, 1);
    if (!event) return event.error();
    if (event->empty() || event->front().seq != one.seq) continue;
    Json report = to_json(event->front().event);
    report["site"] = names.of(one.site);
    waiting.push_back({{"report", std::move(report)}, {"sites", one.sites}, {"of", learning.quorum()}});
  }
  return waiting;
}

// Those who reported most.
Json reporters(const Context& context, const Person& person, const SiteNames& names) {
  return context.services.learning.with_memory([&](const Memory& memory) {
    const Reporters& all = memory.reporters();
    std::vector<std::uint32_t> shown;
    for (std::uint32_t i = 0; i < all.all().size(); ++i)
      if (person.may_see(all[i].site)) shown.push_back(i);
    std::ranges::stable_sort(shown, std::ranges::greater(), [&](std::uint32_t i) { return all[i].reports; });
    if (shown.size() > kMostReporters) shown.resize(kMostReporters);
    Json rows = Json::array();
    for (const std::uint32_t i : shown)
      rows.push_back({{"site", names.of(all[i].site)},
                      {"reporter", all[i].name},
                      {"reports", all[i].reports},
                      {"agreed", all[i].agreed},
                      {"disagreed", all[i].disagreed + all[i].taken_back},
                      {"trusted", all.is_trusted(i)}});
    return rows;
  });
}

// A member of a manifest, which may be any JSON; null where it is missing.
Json part_of(const Json& manifest, const char* place) {
  const Json::json_pointer pointer(place);
  return manifest.is_object() && manifest.contains(pointer) ? manifest.at(pointer) : Json();
}

Json json_of(const ShelvedModel& model) {
  Json held_out = part_of(model.manifest, "/figures/held_out");
  if (held_out.is_object())
    held_out.erase("by");  // by source and language: long, and for `winnow model show`
  const Json errors = part_of(model.manifest, "/figures/by_threshold");
  return {{"id", model.id},
          {"made_at", rfc3339(model.made_at)},
          {"in_force", model.in_force},
          {"damage", model.damage.empty() ? Json() : Json(model.damage)},
          {"base", part_of(model.manifest, "/base/id")},
          {"reports", part_of(model.manifest, "/reports/read")},
          {"thresholds", part_of(model.manifest, "/thresholds")},
          {"figures", {{"held_out", std::move(held_out)}}},
          {"errors", errors.is_array() ? errors : Json::array()}};
}

Json json_of(const Promotion& promotion) {
  return {{"at", rfc3339(promotion.at)},
          {"from", promotion.from},
          {"to", promotion.to},
          {"reason", promotion.reason},
          {"rollback", promotion.is_rollback},
          {"forced", promotion.forced}};
}

Result<std::string> reason_of(const Call& call) {
  const Result<Json> json = object_of(call.request, {"reason"});
  if (!json) return json.error();
  Result<std::string> reason = text_of(*json, "reason");
  if (!reason) return reason.error();
  if (reason->empty())
    return Error{ErrorKind::kInvalid, "Please say why: the reason is kept with the promotion.", "reason"};
  if (reason->size() > kMaxReasonBytes)
    return Error{ErrorKind::kInvalid, "A reason has at most 1000 bytes.", "reason"};
  return reason;
}

Reply promoted(const Context& context, const Call& call, const Result<Promotion>& promotion) {
  if (!promotion && promotion.error().kind == ErrorKind::kCorrupt) return unusable(promotion.error());
  if (!promotion) return problem(promotion.error());
  record(context, call, promotion->is_rollback ? "model.rollback" : "model.promote", {},
         {{"from", promotion->from}, {"to", promotion->to}, {"reason", promotion->reason}});
  return json_reply(200, json_of(*promotion));
}

}  // namespace

Reply training(const Context& context, const Call& call) {
  const Result<SiteNames> names = SiteNames::read(context.services.store);
  if (!names) return problem(names.error());
  const Result<Json> counts = report_counts(context, call.person);
  if (!counts) return problem(counts.error());
  const Result<Json> waiting = waiting_reports(context, call.person, *names);
  if (!waiting) return problem(waiting.error());
  const Result<std::vector<ShelvedModel>> shelf = models_on_shelf(context.model);
  if (!shelf) return problem(shelf.error());
  Result<std::vector<Promotion>> past = promotions(context.model);
  if (!past) return problem(past.error());
  if (past->size() > kMostPromotions)
    past->erase(past->begin(), past->end() - static_cast<std::ptrdiff_t>(kMostPromotions));
  Json models = Json::array(), moves = Json::array();
  for (const ShelvedModel& model : *shelf) models.push_back(json_of(model));
  for (const Promotion& promotion : *past) moves.push_back(json_of(promotion));
  std::error_code failed;
  return json_reply(200, {{"reports", *counts},
                          {"waiting", *waiting},
                          {"reporters", reporters(context, call.person, *names)},
                          {"models", std::move(models)},
                          {"promotions", std::move(moves)},
                          {"can_promote", std::filesystem::is_symlink(model_path(context.model), failed)},
                          {"retrain", kRetrain}});
}

Reply promote_model(const Context& context, const Call& call) {
  const Result<std::string> reason = reason_of(call);
  if (!reason) return problem(reason.error());
  return promoted(context, call, promote(context.model, call.id, *reason, context.services.now()));
}

Reply roll_back_model(const Context& context, const Call& call) {
  const Result<std::string> reason = reason_of(call);
  if (!reason) return problem(reason.error());
  return promoted(context, call, roll_back(context.model, *reason, context.services.now()));
}

}  // namespace winnow::http::admin
