#include "service/desk.h"

#include <algorithm>
#include <set>

#include "service/log.h"

namespace winnow {
namespace {

Error no_such_verdict() {
  return {ErrorKind::kNotFound, "There is no verdict with this id.", "id"};
}

Error no_such_report() {
  return {ErrorKind::kNotFound, "There is no report with this id.", "id"};
}

// As the store will tell it (Store::put_feedback).
Result<bool> is_told(const Services& services, const StoredVerdict& verdict, Label label) {
  if (verdict.is_test) return false;
  const Result<std::optional<Watch>> watch = services.store.find_watch(verdict.id);
  if (!watch) return watch.error();
  if (!watch->has_value()) return false;
  const Result<Site> site = services.store.site(verdict.site);
  if (!site) return site.error();
  if (site->log_only && label == Label::kSpam) return false;
  return (*watch)->told != label || (*watch)->held_until || (*watch)->to_tell;
}

// What a site is to be told of a comment when the report `without` is gone.
Result<std::optional<Label>> label_without(const Services& services, const FeedbackEvent& event,
                                           const std::set<std::string>& without) {
  if (event.verdict_id.empty() || event.is_test || event.withdrawn) return std::optional<Label>();
  const Result<CommentHistory> history = services.store.history_of(event.verdict_id);
  if (!history) return history.error();
  for (auto report = history->reports.rbegin(); report != history->reports.rend(); ++report)
    if (!report->is_test && !report->withdrawn && !without.contains(report->id))
      return std::optional(report->label);
  if (history->verdicts.empty()) return std::optional<Label>();
  return std::optional(history->verdicts.back().verdict.is_spam() ? Label::kSpam : Label::kHam);
}

}  // namespace

Result<std::vector<Filed>> report_at_desk(const Services& services, const Person& person,
                                          const std::vector<std::string>& ids, Label label, bool everywhere) {
  std::vector<Filed> filed;
  std::vector<StoredVerdict> verdicts;
  std::vector<bool> told;
  std::set<std::string_view> seen;
  for (const std::string& id : ids) {
    if (!seen.insert(id).second) continue;
    filed.push_back({.verdict_id = id});
    Result<std::optional<StoredVerdict>> verdict = services.store.find_verdict(id);
    if (!verdict) return verdict.error();
    if (!verdict->has_value() || !person.may_see((*verdict)->site)) {
      filed.back().error = no_such_verdict();
      continue;
    }
    filed.back().site = (*verdict)->site;
    const Result<bool> tells = is_told(services, **verdict, label);
    if (!tells) return tells.error();
    filed.back().told = *tells;
    verdicts.push_back(*std::move(*verdict));
  }
  Result<std::vector<ReportReply>> replies =
      report_verdicts(services, verdicts, label, {person.key, person.name, everywhere});
  if (!replies) return replies.error();
  auto reply = replies->begin();
  for (Filed& each : filed) {
    if (each.error) continue;
    each.reply = *std::move(reply++);
    if (each.reply.effect == Effect::kDuplicate) each.told = false;
  }
  return filed;
}

Result<WithdrawnAtDesk> withdraw_at_desk(const Services& services, const Person& person,
                                         const std::vector<std::string>& ids) {
  WithdrawnAtDesk done;
  std::vector<TakenBack> taken_back;
  const std::set<std::string> together(ids.begin(), ids.end());
  std::set<std::string_view> seen;
  for (const std::string& id : ids) {
    if (!seen.insert(id).second) continue;
    done.results.push_back({.id = id});
    const Result<std::optional<FeedbackEvent>> event = services.store.find_feedback(id);
    if (!event) return event.error();
    if (!event->has_value() || !person.may_see((*event)->site)) {
      done.results.back().error = no_such_report();
      continue;
    }
    done.results.back().site = (*event)->site;
    const Result<std::optional<Label>> label = label_without(services, **event, together);
    if (!label) return label.error();
    taken_back.push_back({id, *label});
  }
  if (taken_back.empty()) return done;
  const Withdrawal withdrawal = {services.now(), person.key, person.name};
  if (const Result<void> put = services.store.withdraw_feedbacks(taken_back, withdrawal); !put)
    return put.error();
  if (const Result<void> folded = services.learning.catch_up(); !folded)
    log(LogLevel::kWarn, "reports that were taken back wait to be forgotten",
        {{"error", folded.error().message}});
  const Result<bool> current = services.learning.is_up_to_date();
  done.in_force = current.ok() && *current;
  return done;
}

}  // namespace winnow
