// SqliteStore: finding all of a person's comments, and removing them.
#include <algorithm>

#include "classifier/pseudonym.h"
#include "classifier/unicode.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/removing.h"
#include "service/store/sqlite/rewriting.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/sqlite/tabs.h"
#include "service/store/sqlite/writer.h"

namespace winnow {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Phrases;
using sqlite::PreparedRow;
using sqlite::Query;

constexpr std::int64_t kRowsAtOnce = 5000;  // so that no reader is held for long
constexpr UnixMillis kScrubAfterDeleting = 10 * 60 * 1000;

// Both give: seq, id, site, and of the comment e-mail address, address and author, and the first two as
// pseudonyms.
constexpr std::string_view kVerdicts =
    "SELECT seq, id, site, comment ->> 'email', comment ->> 'ip', comment ->> 'author', "
    "comment ->> 'email_as', comment ->> 'ip_as' FROM verdict WHERE seq > ? ORDER BY seq LIMIT ?";
constexpr std::string_view kReports =
    "SELECT seq, id, site, comment ->> 'email', comment ->> 'ip', comment ->> 'author', "
    "comment ->> 'email_as', comment ->> 'ip_as' FROM feedback WHERE seq > ? ORDER BY seq LIMIT ?";

bool has(const std::vector<std::string>& names, const std::string& name) {
  return !name.empty() && std::ranges::find(names, name) != names.end();
}

bool is_theirs(const PersonMatch& person, const Query& row) {
  if (person.site && *person.site != row.integer(2)) return false;
  Comment comment;
  comment.concealed = !row.is_null(6) || !row.is_null(7);
  comment.author_email = row.bytes(comment.concealed ? 6 : 3);
  comment.user_ip = row.bytes(comment.concealed ? 7 : 4);
  if (has(person.emails, email_name_of(comment)) || has(person.addresses, address_name_of(comment)))
    return true;
  return !person.author.empty() && fold(row.bytes(5)) == person.author;
}

// What is to be removed, and which of `ids` it was named by.
struct Doomed {
  std::vector<PreparedRow> rows;
  std::vector<std::string> found;
};

Result<Doomed> read_doomed(Connection& connection, const std::vector<std::string>& ids) {
  Doomed doomed;
  for (const std::string& id : ids) {
    if (!sqlite::bytes_of_id(id)) continue;
    Result<std::vector<PreparedRow>> all = sqlite::all_on_comment(connection, id);
    if (!all) return all.error();
    if (!all->empty()) doomed.found.push_back(id);
    std::ranges::move(*all, std::back_inserter(doomed.rows));
  }
  return doomed;
}

Result<std::size_t> remove(Connection& connection, const std::vector<PreparedRow>& rows) {
  std::size_t removed = 0;
  for (const PreparedRow& row : rows) {
    const Result<std::optional<PreparedRow>> current = sqlite::row_now(connection, row);
    if (!current) return current.error();
    if (!current->has_value()) continue;
    sqlite::remove_verdict(connection, **current);
    ++removed;
  }
  if (removed > 0) sqlite::verdicts_were_removed(connection);
  return removed;
}

}  // namespace

namespace sqlite {

std::size_t remove_reports(Connection& connection, const std::vector<std::int64_t>& seqs) {
  std::size_t removed = 0;
  for (const std::int64_t seq : seqs) {
    std::string verdict;
    {
      Query report(connection, "SELECT verdict FROM feedback WHERE seq = ?", {seq});
      if (!report.next()) continue;
      verdict = report.bytes(0);
    }
    Query(connection, "DELETE FROM withdrawal WHERE feedback = ?", {seq}).run();
    Query(connection, "DELETE FROM feedback WHERE seq = ?", {seq}).run();
    if (!verdict.empty()) report_was_withdrawn(connection, verdict);
    ++removed;
  }
  if (removed == 0) return 0;
  Query(connection, "UPDATE privacy_state SET removed = removed + 1").run();
  return removed;
}

}  // namespace sqlite

Result<std::vector<std::string>> SqliteStore::delete_verdicts(const std::vector<std::string>& ids) {
  Result<Doomed> doomed =
      readers_->read([&](Connection& connection) { return read_doomed(connection, ids); });
  if (!doomed) return doomed.error();
  if (doomed->rows.empty()) return std::move(doomed->found);
  const Result<void> removed = writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    const Result<std::size_t> count = remove(connection, doomed->rows);
    if (!count) return count.error();
    // Not at once: whoever deletes one verdict is likely to delete others.
    Query(connection, "UPDATE privacy_state SET scrub_at = coalesce(scrub_at, unixepoch() * 1000 + ?)",
          {kScrubAfterDeleting})
        .run();
    return {};
  });
  if (!removed) return removed.error();
  return std::move(doomed->found);
}

Result<CleanupStep> SqliteStore::erase(const std::vector<std::string>& verdicts,
                                       const std::vector<std::string>& reports) {
  Result<Doomed> doomed =
      readers_->read([&](Connection& connection) { return read_doomed(connection, verdicts); });
  if (!doomed) return doomed.error();
  CleanupStep step;
  const Result<void> erased = writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    std::vector<std::int64_t> seqs;
    for (const std::string& id : reports) {
      Query report(connection, "SELECT seq FROM feedback WHERE id = ?",
                   {Blob{sqlite::bytes_of_id(id).value_or("")}});
      if (report.next()) seqs.push_back(report.integer(0));
    }
    for (const PreparedRow& row : doomed->rows) {
      Query report(connection, "SELECT seq FROM feedback WHERE verdict = ?",
                   {Blob{*sqlite::bytes_of_id(row.verdict.id)}});
      while (report.next()) seqs.push_back(report.integer(0));
    }
    const Result<std::size_t> removed = remove(connection, doomed->rows);
    if (!removed) return removed.error();
    const std::size_t taken = sqlite::remove_reports(connection, seqs);
    step = {*removed + taken, *removed, taken};
    if (step.looked > 0) sqlite::plan_scrub(connection, 0);
    return {};
  });
  if (!erased) return erased.error();
  return step;
}

Result<PersonRows> SqliteStore::find_person(const PersonMatch& person) {
  PersonRows rows;
  const auto find = [&](std::string_view sql, std::vector<std::string>& ids) -> Result<void> {
    for (std::int64_t after = 0;;) {
      std::int64_t looked = 0;
      Result<void> read = readers_->read([&](Connection& connection) -> Result<void> {
        Query row(connection, sql, {after, kRowsAtOnce});
        while (row.next()) {
          ++looked;
          after = row.integer(0);
          if (is_theirs(person, row)) ids.push_back(sqlite::hex_of_id(row.bytes(1)));
        }
        return {};
      });
      if (!read || looked < kRowsAtOnce) return read;
      if (ids.size() >= PersonRows::kMost) {
        rows.complete = false;
        return {};
      }
    }
  };
  if (const Result<void> found = find(kVerdicts, rows.verdicts); !found) return found.error();
  if (const Result<void> found = find(kReports, rows.reports); !found) return found.error();
  return rows;
}

}  // namespace winnow
