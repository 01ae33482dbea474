#include "service/desk.h"

#include <algorithm>
#include <map>
#include <set>

#include "classifier/memory/report_index.h"
#include "classifier/memory/sketch.h"
#include "service/alike.h"
#include "service/log.h"
#include "service/search_indexer.h"
#include "service/search_query.h"

namespace winnow {
namespace {

constexpr std::size_t kMostCampaigns = 5;  // that are looked for after one act

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

ChangedAlike changed_among(const Services& services, const std::vector<AlikeVerdict>& found) {
  ChangedAlike changed;
  std::map<Outcome, std::size_t> outcomes;
  for (const AlikeVerdict& each : found) {
    const StoredVerdict& stored = each.shown.verdict;
    if (each.shown.report || stored.text_deleted_at) continue;
    const Verdict now = judge(services, stored.site, stored.comment);
    if (now.is_spam() != stored.verdict.is_spam()) ++outcomes[now.outcome];
  }
  for (const auto& [outcome, count] : outcomes) {
    changed.count += count;
    if (count == std::ranges::max_element(outcomes, {}, [](const auto& one) { return one.second; })->second)
      changed.outcome = outcome;
  }
  return changed;
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
    filed.emplace_back().verdict_id = id;
    Result<std::optional<StoredVerdict>> verdict = services.store.find_verdict(id);
    if (!verdict) return verdict.error();
    if (!verdict->has_value() || !person.may_see((*verdict)->site)) {
      filed.back().error = no_such_verdict();
      continue;
    }
    filed.back().site = (*verdict)->site;
    if ((*verdict)->text_deleted_at) {
      filed.back().error = text_was_deleted();
      continue;
    }
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
    each.reply = std::move(*reply++);
    if (each.reply.effect == Effect::kDuplicate) each.told = false;
  }
  return filed;
}

Result<ChangedAlike> changed_alike(const Services& services, const Person& person,
                                   const std::vector<Filed>& filed) {
  ChangedAlike most;
  std::vector<Sketch> looked_at;
  std::size_t left = kMostAtOnce;  // to judge
  // What was checked just now is not found yet otherwise; where that fails it is not found.
  static_cast<void>(is_index_behind(services.store));
  for (const Filed& each : filed) {
    if (left == 0 || looked_at.size() == kMostCampaigns) break;
    if (each.error || each.reply.effect == Effect::kTestIgnored) continue;
    const Result<std::optional<StoredVerdict>> verdict = services.store.find_verdict(each.verdict_id);
    if (!verdict) return verdict.error();
    if (!verdict->has_value()) continue;
    const Sketch sketch = sketch_of(model_line(Features((*verdict)->comment)));
    const auto is_like = [&](const Sketch& other) { return likeness(sketch, other) >= kNearLikeness; };
    if (std::ranges::any_of(looked_at, is_like)) continue;
    looked_at.push_back(sketch);
    const Result<std::vector<AlikeVerdict>> found =
        alike(services, sites_of(person), (*verdict)->comment, left);
    if (!found) return found.error();
    left -= std::min(left, found->size());
    ChangedAlike changed = changed_among(services, *found);
    changed.like = each.verdict_id;
    if (changed.count > most.count) most = std::move(changed);
  }
  return most;
}

Result<WithdrawnAtDesk> withdraw_at_desk(const Services& services, const Person& person,
                                         const std::vector<std::string>& ids) {
  WithdrawnAtDesk done;
  std::vector<TakenBack> taken_back;
  const std::set<std::string> together(ids.begin(), ids.end());
  std::set<std::string_view> seen;
  for (const std::string& id : ids) {
    if (!seen.insert(id).second) continue;
    done.results.emplace_back().id = id;
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
