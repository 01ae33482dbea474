#include "service/feedback.h"

#include <algorithm>

#include "service/concealment.h"
#include "service/content_key.h"
#include "service/house_rules.h"
#include "service/log.h"
#include "service/metrics.h"

namespace winnow {
namespace {

// Short texts are written by many ("thanks!"); so many of the newest are looked through for the author's.
constexpr std::size_t kVerdictsLookedThrough = 50;

// How many of the things that tell authors apart are the same.
constexpr int kAllAlike = 3;
int likeness(const Services& services, const Comment& one, const Comment& stored) {
  const Concealment* keys = services.concealment;
  const bool same_email = keys ? keys->same_email(one, stored) : one.author_email == stored.author_email;
  const bool same_address = keys ? keys->same_address(one, stored) : one.user_ip == stored.user_ip;
  return static_cast<int>(same_email) + static_cast<int>(one.author == stored.author) +
         static_cast<int>(same_address);
}

Result<std::optional<StoredVerdict>> find_by_text(const Services& services, SiteId site,
                                                  const Comment& reported, std::uint64_t text_key) {
  Result<std::vector<StoredVerdict>> verdicts =
      services.store.verdicts_by_text(site, text_key, kVerdictsLookedThrough);
  if (!verdicts) return verdicts.error();
  const auto best = std::ranges::max_element(*verdicts, {}, [&](const StoredVerdict& verdict) {
    return likeness(services, reported, verdict.comment);
  });
  if (best == verdicts->end()) return std::optional<StoredVerdict>();
  return std::optional(std::move(*best));
}

// True if the report says the opposite of what winnow had answered, as far as that is known.
bool corrects(const Report& report, const std::optional<StoredVerdict>& verdict) {
  const bool is_spam = report.label == Label::kSpam;
  if (verdict) return !verdict->is_test && verdict->verdict.is_spam() != is_spam;
  return report.answered_spam && *report.answered_spam != is_spam;
}

// The verdict that a report is about; none if winnow never judged this comment.
Result<std::optional<StoredVerdict>> find_reported(const Services& services, SiteId site,
                                                   const Report& report, std::uint64_t text_key) {
  if (!report.verdict_id.empty()) {
    Result<std::optional<StoredVerdict>> found = services.store.find_verdict(report.verdict_id);
    if (!found) return found.error();
    const bool is_there = found->has_value() && (*found)->site == site;
    if (is_there && (*found)->text_deleted_at && report.comment.content.empty()) return text_was_deleted();
    if (is_there) return found;
    if (report.comment.content.empty())
      return Error{ErrorKind::kNotFound, "There is no verdict with this id.", "id"};
  }
  if (is_empty_text(text_key)) return std::optional<StoredVerdict>();
  return find_by_text(services, site, report.comment, text_key);
}

// What this site said of the same comment last: of this very verdict, or else of the same text by the same
// author. `comment`: of the event, as it came if that is known.
Result<std::optional<FeedbackEvent>> find_earlier(const Services& services, const FeedbackEvent& event,
                                                  const Comment& comment) {
  Result<std::vector<FeedbackEvent>> reports =
      services.store.reports_on_text(event.site, event.text_key, kVerdictsLookedThrough);
  if (!reports) return reports.error();
  const auto same_verdict = std::ranges::find_if(*reports, [&](const FeedbackEvent& earlier) {
    return !event.verdict_id.empty() && event.verdict_id == earlier.verdict_id;
  });
  if (same_verdict != reports->end()) return std::optional(std::move(*same_verdict));
  if (is_empty_text(event.text_key)) return std::optional<FeedbackEvent>();
  for (FeedbackEvent& earlier : *reports)
    if (likeness(services, comment, earlier.comment) == kAllAlike) return std::optional(std::move(earlier));
  return std::optional<FeedbackEvent>();
}

// Nor the lists: what an entry decides is nothing to learn.
double points_without_memory(const Services& services, const Comment& comment) {
  const auto off = services.house ? services.house->rules_off() : std::make_shared<const RulesOff>();
  double points = 0;
  for (const Signal& signal : services.engine()->judge(comment, NoHistory(), std::nullopt, *off).signals)
    points += signal.points;
  return points;
}

FeedbackEvent event_on(const Services& services, const StoredVerdict& verdict, Label label,
                       const DeskReporter& reporter) {
  FeedbackEvent event;
  event.id = services.new_id();
  event.verdict_id = verdict.id;
  event.site = verdict.site;
  event.key = reporter.key;
  event.at = services.now();
  event.label = label;
  event.comment = services.as_kept(verdict.comment);
  event.text_key = verdict.text_key;
  event.reporter = reporter.name;
  event.origin = "admin";
  event.curator = reporter.is_curator;
  event.corrects = !verdict.is_test && verdict.verdict.is_spam() != (label == Label::kSpam);
  event.tell = true;
  event.is_test = verdict.is_test;
  return event;
}

// It is in the log: what cannot be folded now is folded when the store can be read again.
void fold(Learning& learning, const std::string& id) {
  if (const Result<void> folded = learning.catch_up(); !folded)
    log(LogLevel::kWarn, "a report waits to be learned", {{"id", id}, {"error", folded.error().message}});
}

// What the memory made of the event, in the words of the reply.
void tell_effect(const Learning& learning, const std::optional<FeedbackEvent>& earlier, ReportReply& reply) {
  const std::optional<Taught> taught = learning.taught(reply.id);
  const bool is_known = taught && (taught->became == Taught::Became::kAlreadyKnown ||
                                   taught->became == Taught::Became::kDuplicate);
  if (is_known) reply.effect = Effect::kAlreadyKnown;
  if (earlier || (taught && taught->became == Taught::Became::kConflict)) reply.effect = Effect::kConflict;
  if (earlier) reply.conflicts_with = earlier->id;
  if (taught && !taught->everywhere) reply.sites_agreeing = taught->sites;
}

}  // namespace

Error text_was_deleted() {
  return {ErrorKind::kConflict,
          "The text of this comment was deleted after its time. Report it with the comment itself.", "id"};
}

std::string_view to_string(Effect effect) {
  constexpr std::string_view kNames[] = {"learned", "already_known", "duplicate", "conflicts_with",
                                         "test_ignored"};
  return kNames[static_cast<std::size_t>(effect)];
}

Result<ReportReply> report(const Services& services, const Caller& caller, const Report& report) {
  const std::uint64_t reported_key = content_key(report.comment);
  Result<std::optional<StoredVerdict>> found = find_reported(services, caller.site.id, report, reported_key);
  if (!found) return found.error();

  const bool by_id = found->has_value() && (*found)->id == report.verdict_id && !(*found)->text_deleted_at;
  FeedbackEvent event;
  event.id = services.new_id();
  event.verdict_id = found->has_value() ? (*found)->id : "";
  event.site = caller.site.id;
  event.key = caller.key;
  event.at = services.now();
  event.label = report.label;
  const Comment& comment = by_id ? (*found)->comment : report.comment;
  event.comment = services.as_kept(comment);
  event.text_key = by_id ? (*found)->text_key : reported_key;
  event.reporter = report.reporter;
  event.origin = report.origin;
  event.curator = caller.is_curator;
  event.corrects = corrects(report, *found);
  event.is_test = report.is_test;
  ReportReply reply{event.id, event.verdict_id, Effect::kLearned, "", std::nullopt};
  std::optional<FeedbackEvent> earlier;
  if (event.is_test) {
    reply.effect = Effect::kTestIgnored;
  } else {
    Result<std::optional<FeedbackEvent>> said = find_earlier(services, event, comment);
    if (!said) return said.error();
    earlier = *std::move(said);
    if (earlier && earlier->label == event.label && earlier->curator >= event.curator)
      return ReportReply{earlier->id, earlier->verdict_id, Effect::kDuplicate, "", std::nullopt};
    if (earlier && earlier->label == event.label) earlier.reset();
    event.points = points_without_memory(services, comment);
  }

  const Result<void> put = services.store.put_feedback(event);
  if (!put) return put.error();
  if (services.metrics) services.metrics->reported(event.label);
  fold(services.learning, event.id);
  if (!event.is_test) tell_effect(services.learning, earlier, reply);
  return reply;
}

Result<std::vector<ReportReply>> report_verdicts(const Services& services,
                                                 const std::vector<StoredVerdict>& verdicts, Label label,
                                                 const DeskReporter& reporter) {
  std::vector<ReportReply> replies;
  std::vector<std::optional<FeedbackEvent>> earlier(verdicts.size());
  std::vector<FeedbackEvent> events;
  for (std::size_t i = 0; i < verdicts.size(); ++i) {
    FeedbackEvent event = event_on(services, verdicts[i], label, reporter);
    Result<std::optional<FeedbackEvent>> said = find_earlier(services, event, event.comment);
    if (!said) return said.error();
    const bool is_same = *said && (*said)->label == label;
    if (is_same && (*said)->verdict_id == event.verdict_id && (*said)->curator >= event.curator) {
      replies.push_back({(*said)->id, event.verdict_id, Effect::kDuplicate, "", std::nullopt});
      continue;
    }
    if (!is_same) earlier[i] = *std::move(said);
    event.points = points_without_memory(services, event.comment);
    replies.push_back({event.id, event.verdict_id, Effect::kLearned, "", std::nullopt});
    if (event.is_test) replies.back().effect = Effect::kTestIgnored;
    events.push_back(std::move(event));
  }
  if (events.empty()) return replies;
  const Result<std::size_t> put = services.store.put_feedbacks(events);
  if (!put) return put.error();
  for (std::size_t i = 0; services.metrics && i < *put; ++i) services.metrics->reported(label);
  fold(services.learning, events.back().id);
  for (std::size_t i = 0; i < replies.size(); ++i)
    if (replies[i].effect == Effect::kLearned) tell_effect(services.learning, earlier[i], replies[i]);
  return replies;
}

Result<FeedbackEvent> withdraw(const Services& services, std::string_view id, const Withdrawal& withdrawal) {
  const Result<void> done = services.store.withdraw_feedback(id, withdrawal);
  if (!done) return done.error();
  if (const Result<void> folded = services.learning.catch_up(); !folded)
    log(LogLevel::kWarn, "a withdrawal waits to be folded",
        {{"id", std::string(id)}, {"error", folded.error().message}});
  Result<std::optional<FeedbackEvent>> event = services.store.find_feedback(id);
  if (!event) return event.error();
  return std::move(**event);
}

}  // namespace winnow
