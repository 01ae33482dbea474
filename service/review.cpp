#include "service/review.h"

#include "classifier/features.h"

namespace winnow {
namespace {

// The memory knows reports by their place in the log.
Result<std::vector<AlikeComment>> alike_to(const Services& services, const Features& features) {
  const std::vector<AlikeReport> reports =
      services.learning.with_memory([&](const Memory& memory) { return memory.alike(features, kMostAlike); });
  std::vector<AlikeComment> alike;
  for (const AlikeReport& report : reports) {
    Result<std::vector<LoggedEvent>> logged = services.store.feedback_log(report.seq - 1, 1);
    if (!logged) return logged.error();
    if (!logged->empty() && logged->front().seq == report.seq)
      alike.push_back({std::move(logged->front().event), report.likeness});
  }
  return alike;
}

}  // namespace

Result<Review> review(const Services& services, SiteId site, const Comment& comment) {
  const std::shared_ptr<const Engine> engine = services.engine();
  const Learning::View history = services.learning.of(site);
  Review review;
  review.verdict = judge(services, site, comment);
  review.explanation = explain(*engine, comment, history);
  const Features features(comment);
  Result<std::vector<AlikeComment>> alike = alike_to(services, features);
  if (!alike) return alike.error();
  review.alike = *std::move(alike);
  review.links = features.links;
  return review;
}

}  // namespace winnow
