#include "service/feedback.h"

#include "service/past.h"

namespace winnow {
namespace {

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
  return store.find_verdict_by_text(site, text_key);
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
  event.is_test = report.is_test;

  const Result<void> put = services.store.put_feedback(event);
  if (!put) return put.error();
  return ReportReply{event.id, event.verdict_id};
}

}  // namespace winnow
