// SqliteStore: what happened to one comment, over the tables verdict, feedback and told.
#include <algorithm>

#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/sqlite_store.h"

namespace winnow {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Query;

constexpr std::size_t kMost = 100;  // verdicts, and reports

// All verdicts that are tied by replacing one another, in order of arrival.
constexpr std::string_view kTied =
    "WITH RECURSIVE "
    "older (id) AS (VALUES (?1) UNION SELECT verdict.supersedes FROM older JOIN verdict "
    "ON verdict.id = older.id WHERE verdict.supersedes IS NOT NULL), "
    "tied (id) AS (SELECT id FROM older UNION SELECT verdict.id FROM tied JOIN verdict "
    "ON verdict.supersedes = tied.id) "
    "SELECT verdict.id FROM tied JOIN verdict ON verdict.id = tied.id ORDER BY verdict.seq LIMIT 100";

constexpr std::string_view kTold = "SELECT at, label FROM told WHERE verdict = ? ORDER BY seq LIMIT 100";

}  // namespace

Result<CommentHistory> SqliteStore::history_of(std::string_view verdict_id) {
  CommentHistory history;
  const std::optional<std::string> id = sqlite::bytes_of_id(verdict_id);
  if (!id) return history;
  std::vector<std::string> tied;
  const Result<void> read = readers_->read([&](Connection& connection) -> Result<void> {
    Query row(connection, kTied, {Blob{*id}});
    while (row.next()) tied.push_back(row.bytes(0));
    for (const std::string& each : tied) {
      Query told(connection, kTold, {Blob{each}});
      while (told.next())
        history.told.push_back({told.integer(0), told.integer(1) != 0 ? Label::kSpam : Label::kHam});
    }
    return {};
  });
  if (!read) return read.error();
  for (const std::string& each : tied) {
    Result<std::optional<StoredVerdict>> verdict = find_verdict(sqlite::hex_of_id(each));
    if (!verdict) return verdict.error();
    if (verdict->has_value()) history.verdicts.push_back(*std::move(*verdict));
    Result<std::vector<FeedbackEvent>> reports = reports_on(each, kMost - history.reports.size());
    if (!reports) return reports.error();
    std::ranges::move(*reports, std::back_inserter(history.reports));
  }
  std::ranges::stable_sort(history.reports, {}, &FeedbackEvent::at);
  std::ranges::stable_sort(history.told, {}, &Told::at);
  return history;
}

}  // namespace winnow
