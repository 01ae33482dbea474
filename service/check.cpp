#include "service/check.h"

#include <future>
#include <memory>

#include "service/concealment.h"
#include "service/house_rules.h"
#include "service/log.h"
#include "service/metrics.h"
#include "service/recheck.h"
#include "service/stored.h"

namespace winnow {
namespace {

// Reports learn to correct what stands before them, and a list decides over all: so they speak in this order.
class Past final : public HistoryView {
 public:
  Past(const Learning::View& reports, const Lists& lists, const ListQuestion& question)
      : reports_(reports), lists_(lists), question_(question) {}

  void judge(const Features& features, std::vector<Signal>& signals) const override {
    reports_.judge(features, signals);
    matches_ = lists_.judge(question_, features, signals);
  }

  const ListMatches& matches() const { return matches_; }

 private:
  const Learning::View reports_;
  const Lists& lists_;
  const ListQuestion question_;
  mutable ListMatches matches_;
};

// `counts`: the entries that it is on are to be counted.
Verdict judge(const Services& services, const Engine& engine, const Site& site, const Comment& comment,
              bool counts) {
  const Thresholds thresholds = site.thresholds.over(services.thresholds(engine.model().thresholds));
  if (!services.house) return engine.judge(comment, services.learning.of(site.id), thresholds);
  const std::shared_ptr<const Lists> lists = services.house->lists();
  const std::shared_ptr<const RulesOff> off = services.house->rules_off();
  const Past past(services.learning.of(site.id), *lists, {site.id, services.now(), thresholds});
  Verdict verdict = engine.judge(comment, past, thresholds, *off);
  if (counts) services.house->count(past.matches());
  return verdict;
}

// Of the site's shadow model, if it has one that is loaded and is not the one that answers.
std::optional<ShadowOpinion> shadow_opinion(const Services& services, const Site& site,
                                            const Comment& comment, const Verdict& answered) {
  if (site.shadow_model.empty() || !services.shadow) return std::nullopt;
  const std::shared_ptr<const Engine> engine = services.shadow(site.shadow_model);
  if (!engine || engine->model().id == answered.model_id) return std::nullopt;
  const Verdict verdict = judge(services, *engine, site, comment, false);
  return ShadowOpinion{verdict.model_id, verdict.outcome, verdict.score};
}

StoredVerdict judge(const Services& services, const Caller& caller, const CheckRequest& request,
                    std::string id) {
  StoredVerdict stored;
  stored.id = std::move(id);
  stored.site = caller.site.id;
  stored.key = caller.key;
  stored.at = services.now();
  stored.comment = services.as_kept(request.comment);
  stored.verdict = judge(services, *services.engine(), caller.site, request.comment, !request.is_test);
  if (stored.comment.concealed) hide_people(stored.verdict.signals);
  stored.shadow = shadow_opinion(services, caller.site, request.comment, stored.verdict);
  stored.text_key = stored.verdict.text_key;
  stored.is_test = request.is_test;
  if (services.metrics) services.metrics->checked(stored.verdict.outcome);
  return stored;
}

// What became of putting verdicts: whether they are stored, or the Error where the check fails for it.
Result<bool> are_stored(const Services& services, const Result<void>& put, std::size_t verdicts) {
  const bool is_refused =
      !put && (put.error().kind == ErrorKind::kInvalid || put.error().kind == ErrorKind::kConflict);
  if (is_refused || (!put && !services.answers_unstored)) return put.error();
  if (services.answers_unstored) services.answers_unstored->note(put, static_cast<std::int64_t>(verdicts));
  return put.ok();
}

// Answered, and kept nowhere but in the figures; these may fail.
CheckReply judged_only(const Services& services, const Caller& caller, const CheckRequest& request,
                       std::string id) {
  CheckReply reply;
  reply.id = std::move(id);
  reply.verdict = judge(services, *services.engine(), caller.site, request.comment, !request.is_test);
  reply.is_declined = true;
  reply.log_only = caller.site.log_only;
  if (request.is_test) return reply;
  const Result<void> counted =
      services.store.count_check(caller.key, caller.site.id, services.now(), reply.verdict.outcome);
  if (!counted) log(LogLevel::kWarn, "a check is not in the figures", {{"error", counted.error().message}});
  return reply;
}

}  // namespace

Comment Services::as_kept(Comment comment) const {
  return concealment ? concealment->concealed(std::move(comment)) : comment;
}

Verdict judge(const Services& services, const Site& site, const Comment& comment) {
  return judge(services, *services.engine(), site, comment, false);
}

Verdict judge(const Services& services, SiteId site, const Comment& comment) {
  const Result<Site> known = services.store.site(site);
  Site unknown;
  unknown.id = site;
  return judge(services, known ? *known : unknown, comment);
}

std::function<void(TakeCheck)> begin_check(const Services& services, const Caller& caller,
                                           const CheckRequest& request, std::string id) {
  if (!request.store)
    return [reply = judged_only(services, caller, request, std::move(id))](const TakeCheck& take) {
      take(reply);
    };
  const auto stored = std::make_shared<StoredVerdict>(judge(services, caller, request, std::move(id)));
  std::optional<Watch> watch = watch_for(services, caller.site, request, *stored);
  const bool is_held = watch && watch->held_until;
  return [&services, stored, watch = std::move(watch), is_held,
          log_only = caller.site.log_only](TakeCheck take) {
    services.store.put_verdict(
        stored, watch, [=, &services, take = std::move(take)](const Result<void>& put) {
          const Result<bool> kept = are_stored(services, put, 1);
          if (!kept) return take(kept.error());
          CheckReply reply{std::move(stored->id), std::move(stored->verdict), {}, log_only, !*kept};
          if (*kept && is_held) reply.hold_seconds = services.recheck.hold_seconds;
          take(std::move(reply));
        });
  };
}

Result<CheckReply> check(const Services& services, const Caller& caller, const CheckRequest& request,
                         const std::string& id) {
  std::promise<Result<CheckReply>> promise;
  begin_check(services, caller, request,
              id)([&promise](Result<CheckReply> reply) { promise.set_value(std::move(reply)); });
  return promise.get_future().get();
}

Result<std::vector<CheckReply>> check_batch(const Services& services, const Caller& caller,
                                            const std::vector<CheckRequest>& requests) {
  std::vector<StoredVerdict> stored;
  std::vector<CheckReply> replies;
  replies.reserve(requests.size());
  for (const CheckRequest& request : requests) {
    std::string id = services.new_id();
    if (!request.store) {
      replies.push_back(judged_only(services, caller, request, std::move(id)));
      continue;
    }
    stored.push_back(judge(services, caller, request, std::move(id)));
    replies.push_back({stored.back().id, stored.back().verdict, {}, caller.site.log_only});
  }
  if (stored.empty()) return replies;
  const Result<bool> kept = are_stored(services, services.store.put_verdicts(stored), stored.size());
  if (!kept) return kept.error();
  for (CheckReply& reply : replies) reply.is_unstored = !*kept && !reply.is_declined;
  return replies;
}

}  // namespace winnow
