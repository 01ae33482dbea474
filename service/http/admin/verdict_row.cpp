#include "service/http/admin/verdict_row.h"

#include <algorithm>

#include "classifier/json_text.h"
#include "classifier/links.h"
#include "classifier/normalize.h"
#include "classifier/unicode.h"
#include "service/http/admin/json.h"
#include "service/http/encode.h"

namespace winnow::http::admin {
namespace {

constexpr std::size_t kReasons = 2;
constexpr std::size_t kLinks = 3;
constexpr double kSureHam = 0.1;    // below
constexpr double kSureSpam = 0.95;  // from here on
constexpr std::size_t kMostBytesLooked = 64 * 1024;

std::string_view first_characters(std::string_view text, std::size_t most) {
  std::size_t pos = 0;
  for (std::size_t characters = 0; pos < text.size() && characters < most; ++characters)
    next_code_point(text, pos);
  return text.substr(0, pos);
}

}  // namespace

std::string_view band_of(const Verdict& verdict) {
  switch (verdict.outcome) {
    case Outcome::kHam:
      return verdict.score < kSureHam ? "ham" : "likely_ham";
    case Outcome::kUnsure:
      return "unsure";
    case Outcome::kSpam:
      return verdict.score < kSureSpam ? "likely_spam" : "spam";
    case Outcome::kDiscard:
      return "spam";
  }
  return "unsure";
}

Json site_json(SiteId id, std::string_view url) {
  return {{"id", id}, {"url", url}};
}

Json reasons_json(const Verdict& verdict, std::size_t most) {
  Json list = Json::array();
  for (std::size_t i = 0; i < std::min(most, verdict.signals.size()); ++i) {
    const Signal& signal = verdict.signals[i];
    list.push_back({{"signal", signal.id}, {"points", rounded(signal.points)}, {"detail", signal.detail}});
  }
  return list;
}

Json report_json(const std::optional<StandingReport>& report) {
  if (!report) return nullptr;
  return {{"id", report->id},
          {"label", to_string(report->label)},
          {"at", rfc3339(report->at)},
          {"by", report->by}};
}

std::string excerpt_of(std::string_view content, std::size_t most) {
  return std::string(first_characters(normalize(clip_utf8(content, kMostBytesLooked)).plain, most));
}

Json verdict_row(const ShownVerdict& shown) {
  const StoredVerdict& stored = shown.verdict;
  const Comment& comment = stored.comment;
  const LinkList links = find_links(nfkc(clip_utf8(comment.content, kMostBytesLooked)));
  Json first_links = Json::array();
  for (std::size_t i = 0; i < std::min(kLinks, links.links.size()); ++i)
    first_links.push_back({{"host", links.links[i].host}, {"url", links.links[i].url}});
  return {{"id", stored.id},
          {"seq", shown.seq},
          {"at", rfc3339(stored.at)},
          {"site", site_json(stored.site, shown.site_url)},
          {"outcome", to_string(stored.verdict.outcome)},
          {"score", rounded(stored.verdict.score)},
          {"band", band_of(stored.verdict)},
          {"reasons", reasons_json(stored.verdict, kReasons)},
          {"author", comment.author},
          {"author_email", comment.author_email},
          {"author_url", comment.author_url},
          {"author_ham", shown.author_ham},
          {"author_spam", shown.author_spam},
          {"excerpt", excerpt_of(comment.content)},
          {"links", std::move(first_links)},
          {"link_count", links.total},
          {"page", comment.permalink},
          {"type", comment.type},
          {"text_deleted_at", time_or_null(stored.text_deleted_at)},
          {"report", report_json(shown.report)}};
}

}  // namespace winnow::http::admin
