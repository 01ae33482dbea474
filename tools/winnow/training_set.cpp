#include "tools/winnow/training_set.h"

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "classifier/comment_json.h"
#include "classifier/fingerprint.h"
#include "classifier/language.h"
#include "classifier/normalize.h"
#include "classifier/vocabulary.h"
#include "service/content_key.h"
#include "service/report_log.h"
#include "tools/winnow/installation.h"

namespace winnow::cli {
namespace {

constexpr int kLeastFunctionWords = 3;

// By which the comment of a report is known again.
std::vector<std::uint64_t> keys_of(const FeedbackEvent& event) {
  const std::string site = std::to_string(event.site);
  std::vector<std::uint64_t> keys;
  if (!event.verdict_id.empty()) keys.push_back(text_key(site + "\nverdict\n" + event.verdict_id));
  if (!is_empty_text(event.text_key)) {
    const Comment& comment = event.comment;
    keys.push_back(text_key(site + "\ntext\n" + std::to_string(event.text_key) + "\n" + comment.author +
                            "\n" + comment.author_email + "\n" + comment.user_ip));
  }
  return keys;
}

constexpr std::int64_t kStep = 500;

// Calls `visit` for each report of the log, but for tests and withdrawn ones.
Result<void> for_each_in_log(Store& store, SiteId only,
                             const std::function<Result<void>(const FeedbackEvent&)>& visit,
                             const std::function<Result<void>(std::uint64_t)>& step) {
  return for_each_logged(store, 0, [&](const LoggedEvent& logged) -> Result<void> {
    if (logged.seq % kStep == 0) {
      if (Result<void> goes_on = step(static_cast<std::uint64_t>(logged.seq)); !goes_on) return goes_on;
    }
    const FeedbackEvent& event = logged.event;
    if (event.is_test || event.withdrawn || (only != 0 && event.site != only)) return {};
    return visit(event);
  });
}

}  // namespace

Result<void> for_each_report_that_counts(
    Store& store, SiteId only, const std::function<Result<void>(const Site&, const FeedbackEvent&)>& visit,
    const std::function<Result<void>(std::uint64_t)>& step) {
  const Result<LogEnd> end = store.log_end();
  if (!end) return end.error();
  const Result<std::vector<Site>> all = store.sites();
  if (!all) return all.error();
  std::map<SiteId, Site> sites;
  for (const Site& site : *all) sites[site.id] = site;

  std::unordered_map<std::uint64_t, Label> last_word;
  Result<void> noted = for_each_in_log(
      store, only,
      [&](const FeedbackEvent& event) -> Result<void> {
        for (const std::uint64_t key : keys_of(event)) last_word[key] = event.label;
        return {};
      },
      step);
  if (!noted) return noted;
  return for_each_in_log(
      store, only,
      [&](const FeedbackEvent& event) -> Result<void> {
        for (const std::uint64_t key : keys_of(event)) {
          const auto last = last_word.find(key);
          if (last != last_word.end() && last->second != event.label) return {};
        }
        return visit(sites[event.site], event);
      },
      [&](std::uint64_t steps) { return step(static_cast<std::uint64_t>(end->event) + steps); });
}

Json training_row(const Site& site, const FeedbackEvent& event) {
  Json row = {{"id", event.id}, {"source", site.url}, {"label", std::string(to_string(event.label))}};
  const std::string folded = normalize(event.comment.content).folded;
  const std::string_view language = language_of(split_words(folded), kLeastFunctionWords);
  if (!language.empty()) row["lang"] = std::string(language);
  for (const CommentField& field : comment_fields()) {
    const std::string& text = event.comment.*field.member;
    if (field.member == &Comment::content || !text.empty()) row[std::string(field.name)] = text;
  }
  if (!event.comment.context.empty()) row["context"] = event.comment.context;
  row["provenance"] = {{"origin", event.origin},
                       {"reporter", event.reporter},
                       {"key", event.key == 0 ? Json() : Json(event.key)},
                       {"at", iso_time(event.at)},
                       {"verdict_id", event.verdict_id},
                       {"label", std::string(to_string(event.label))}};
  return row;
}

}  // namespace winnow::cli
