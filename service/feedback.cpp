#include "service/feedback.h"

#include <algorithm>

#include "service/content_key.h"
#include "service/house_rules.h"
#include "service/log.h"

namespace winnow {
namespace {

// Short texts are written by many ("thanks!"); so many of the newest are looked through for the author's.
constexpr std::size_t kVerdictsLookedThrough = 50;

// How many of the things that tell authors apart are the same.
constexpr int kAllAlike = 3;
int likeness(const Comment& one, const Comment& other) {
  return static_cast<int>(one.author_email == other.author_email) +
         static_cast<int>(one.author == other.author) + static_cast<int>(one.user_ip == other.user_ip);
}

Result<std::optional<StoredVerdict>> find_by_text(Store& store, SiteId site, const Comment& reported,
                                                  std::uint64_t text_key) {
  Result<std::vector<StoredVerdict>> verdicts =
      store.verdicts_by_text(site, text_key, kVerdictsLookedThrough);
  if (!verdicts) return verdicts.error();
  const auto best = std::ranges::max_element(
      *verdicts, {}, [&](const StoredVerdict& verdict) { return likeness(verdict.comment, reported); });
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
Result<std::optional<StoredVerdict>> find_reported(Store& store, SiteId site, const Report& report,
                                                   std::uint64_t text_key) {
  if (!report.verdict_id.empty()) {
    Result<std::optional<StoredVerdict>> found = store.find_verdict(report.verdict_id);
    if (!found) return found.error();
    if (found->has_value() && (*found)->site == site) return found;
    if (report.comment.content.empty())
      return Error{ErrorKind::kNotFound, "There is no verdict with this id.", "id"};
  }
  if (is_empty_text(text_key)) return std::optional<StoredVerdict>();
  return find_by_text(store, site, report.comment, text_key);
}

bool is_same_comment(const FeedbackEvent& event, const FeedbackEvent& other) {
  if (!event.verdict_id.empty() && event.verdict_id == other.verdict_id) return true;
  return event.text_key == other.text_key && !is_empty_text(event.text_key) &&
         likeness(event.comment, other.comment) == kAllAlike;
}

// What this site said of the same comment last.
Result<std::optional<FeedbackEvent>> find_earlier(Store& store, const FeedbackEvent& event) {
  Result<std::vector<FeedbackEvent>> reports =
      store.reports_on_text(event.site, event.text_key, kVerdictsLookedThrough);
  if (!reports) return reports.error();
  for (FeedbackEvent& earlier : *reports)
    if (is_same_comment(event, earlier)) return std::optional(std::move(earlier));
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

// What the memory made of the event, in the words of the reply.
void tell_effect(const Learning& learning, const std::optional<FeedbackEvent>& earlier, ReportReply& reply) {
  const std::optional<Taught> taught = learning.taught(reply.id);
  if (taught && taught->became == Taught::Became::kAlreadyKnown) reply.effect = Effect::kAlreadyKnown;
  if (earlier || (taught && taught->became == Taught::Became::kConflict)) reply.effect = Effect::kConflict;
  if (earlier) reply.conflicts_with = earlier->id;
  if (taught && !taught->everywhere) reply.sites_agreeing = taught->sites;
}

}  // namespace

std::string_view to_string(Effect effect) {
  constexpr std::string_view kNames[] = {"learned", "already_known", "duplicate", "conflicts_with",
                                         "test_ignored"};
  return kNames[static_cast<std::size_t>(effect)];
}

Result<ReportReply> report(const Services& services, const Caller& caller, const Report& report) {
  const std::uint64_t reported_key = content_key(report.comment);
  Result<std::optional<StoredVerdict>> found =
      find_reported(services.store, caller.site.id, report, reported_key);
  if (!found) return found.error();

  const bool by_id = found->has_value() && (*found)->id == report.verdict_id;
  FeedbackEvent event;
  event.id = services.new_id();
  event.verdict_id = found->has_value() ? (*found)->id : "";
  event.site = caller.site.id;
  event.key = caller.key;
  event.at = services.now();
  event.label = report.label;
  event.comment = by_id ? (*found)->comment : report.comment;
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
    Result<std::optional<FeedbackEvent>> said = find_earlier(services.store, event);
    if (!said) return said.error();
    earlier = *std::move(said);
    if (earlier && earlier->label == event.label && earlier->curator >= event.curator)
      return ReportReply{earlier->id, earlier->verdict_id, Effect::kDuplicate, "", std::nullopt};
    if (earlier && earlier->label == event.label) earlier.reset();
    event.points = points_without_memory(services, event.comment);
  }

  const Result<void> put = services.store.put_feedback(event);
  if (!put) return put.error();
  // It is in the log: what cannot be folded now is folded when the store can be read again.
  if (const Result<void> folded = services.learning.catch_up(); !folded)
    log(LogLevel::kWarn, "a report waits to be learned",
        {{"id", event.id}, {"error", folded.error().message}});
  if (!event.is_test) tell_effect(services.learning, earlier, reply);
  return reply;
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
