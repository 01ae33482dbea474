#include "service/store/sqlite/tabs.h"

#include <string>

#include "service/store/sqlite/rows.h"

namespace winnow::sqlite {
namespace {

constexpr int kMostRechecks = 1000;  // of one comment that are looked through

// What was judged last on the comment of this verdict.
std::string newest_of(Connection& connection, std::string verdict) {
  for (int rechecks = 0; rechecks < kMostRechecks; ++rechecks) {
    Query newer(connection, "SELECT id FROM verdict WHERE supersedes = ? ORDER BY seq DESC LIMIT 1",
                {Blob{verdict}});
    if (!newer.next()) break;
    verdict = newer.bytes(0);
  }
  return verdict;
}

}  // namespace

Value tab_of_new(Connection& connection, const StoredVerdict& verdict) {
  if (verdict.is_test) return nullptr;
  const std::optional<std::string> replaced = bytes_of_id(verdict.supersedes);
  if (replaced) {
    Query(connection, "UPDATE verdict SET tab = NULL WHERE id = ?", {Blob{*replaced}}).run();
    if (last_report(connection, *replaced)) return static_cast<std::int64_t>(Tab::kReported);
  }
  return static_cast<std::int64_t>(verdict.verdict.outcome);
}

void report_was_put(Connection& connection, std::string_view verdict) {
  const std::string newest = newest_of(connection, std::string(verdict));
  Query(connection, "UPDATE verdict SET tab = 4 WHERE id = ? AND is_test = 0", {Blob{newest}}).run();
}

void report_was_withdrawn(Connection& connection, std::string_view verdict) {
  const std::string newest = newest_of(connection, std::string(verdict));
  if (last_report(connection, newest)) return;
  Query(connection, "UPDATE verdict SET tab = outcome WHERE id = ? AND is_test = 0", {Blob{newest}}).run();
}

std::optional<StandingReport> last_report(Connection& connection, std::string_view verdict) {
  std::string id(verdict);
  std::optional<StandingReport> last;
  for (int rechecks = 0; !id.empty() && rechecks < kMostRechecks; ++rechecks) {
    Query report(
        connection,
        "SELECT id, label, at, reporter FROM feedback WHERE verdict = ? AND is_test = 0 AND NOT EXISTS "
        "(SELECT 1 FROM withdrawal WHERE withdrawal.feedback = feedback.seq) ORDER BY seq DESC LIMIT 1",
        {Blob{id}});
    if (report.next() && (!last || report.integer(2) > last->at))
      last = {hex_of_id(report.bytes(0)), report.integer(1) != 0 ? Label::kSpam : Label::kHam,
              report.integer(2), report.bytes(3)};
    Query replaced(connection, "SELECT supersedes FROM verdict WHERE id = ?", {Blob{id}});
    id = replaced.next() ? replaced.bytes(0) : "";
  }
  return last;
}

}  // namespace winnow::sqlite
