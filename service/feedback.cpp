#include "service/feedback.h"

#include "service/past.h"

#include <algorithm>

namespace winnow {
namespace {

// Short texts are written by many ("thanks!"); so many of the newest are looked through for the author's.
constexpr std::size_t kVerdictsLookedThrough = 50;

// How many of the things that tell authors apart are the same.
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

}  // namespace

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
  event.corrects = corrects(report, *found);
  event.is_test = report.is_test;

  const Result<void> put = services.store.put_feedback(event);
  if (!put) return put.error();
  return ReportReply{event.id, event.verdict_id};
}

}  // namespace winnow
