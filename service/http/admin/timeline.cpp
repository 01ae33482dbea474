#include "service/http/admin/timeline.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "classifier/json_text.h"
#include "service/http/encode.h"

namespace winnow::http::admin {

Json timeline(const CommentHistory& history) {
  std::vector<std::pair<UnixMillis, Json>> entries;
  const auto add = [&](UnixMillis at, const char* what, const Json& rest) {
    Json entry = {{"at", rfc3339(at)}, {"what", what}};
    entry.update(rest);
    entries.emplace_back(at, std::move(entry));
  };
  for (const StoredVerdict& verdict : history.verdicts)
    add(verdict.at, verdict.supersedes.empty() ? "judged" : "judged_again",
        {{"verdict", verdict.id},
         {"outcome", to_string(verdict.verdict.outcome)},
         {"score", rounded(verdict.verdict.score)}});
  for (const FeedbackEvent& report : history.reports) {
    add(report.at, "reported",
        {{"report", report.id}, {"label", to_string(report.label)}, {"by", report.reporter}});
    if (report.withdrawn)
      add(report.withdrawn->at, "withdrawn", {{"report", report.id}, {"by", report.withdrawn->by}});
  }
  for (const Told& told : history.told) add(told.at, "told", {{"label", to_string(told.label)}});
  std::ranges::stable_sort(entries, {}, &std::pair<UnixMillis, Json>::first);
  Json list = Json::array();
  for (auto& [at, entry] : entries) list.push_back(std::move(entry));
  return list;
}

}  // namespace winnow::http::admin
