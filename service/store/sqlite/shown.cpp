#include "service/store/sqlite/shown.h"

#include <tuple>

#include "service/store/sqlite/author_key.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/tabs.h"
#include "service/store/sqlite/verdict_row.h"

namespace winnow::sqlite {
namespace {

const std::string kFindShown =
    kSelectVerdict + ", site.url FROM verdict JOIN site ON site.id = verdict.site WHERE verdict.seq = ?";

constexpr std::string_view kReportsOnAuthor =
    "SELECT label, count(*) FROM (SELECT label FROM feedback INDEXED BY feedback_by_author WHERE site = ? "
    "AND "
    "author_key = ? AND is_test = 0 AND NOT EXISTS (SELECT 1 FROM withdrawal WHERE withdrawal.feedback = "
    "feedback.seq) LIMIT 1000) GROUP BY label";

}  // namespace

Result<std::optional<ShownVerdict>> Shower::show(std::int64_t seq) {
  Query row(connection_, kFindShown, {seq});
  if (!row.next()) return std::optional<ShownVerdict>();
  ShownVerdict shown;
  shown.seq = seq;
  Result<StoredVerdict> stored = verdict_of(connection_, row);
  if (!stored) return stored.error();
  shown.verdict = *std::move(stored);
  shown.site_url = row.bytes(kVerdictColumnCount);
  const std::optional<std::string> id = bytes_of_id(shown.verdict.id);
  shown.report = last_report(connection_, id.value_or(""));
  std::tie(shown.author_ham, shown.author_spam) = reports_on_author_of(shown.verdict);
  return std::optional(std::move(shown));
}

Shower::HamAndSpam Shower::reports_on_author_of(const StoredVerdict& verdict) {
  const std::optional<std::int64_t> author = author_key(verdict.comment);
  if (!author) return {0, 0};
  const auto [known, is_new] = authors_.try_emplace({verdict.site, *author});
  if (!is_new) return known->second;
  Query row(connection_, kReportsOnAuthor, {verdict.site, *author});
  while (row.next()) (row.integer(0) != 0 ? known->second.second : known->second.first) = row.integer(1);
  return known->second;
}

}  // namespace winnow::sqlite
