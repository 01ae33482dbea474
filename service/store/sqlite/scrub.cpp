// SqliteStore: what was deleted goes from the files, too. SQLite overwrites what is deleted (secure_delete),
// but three things outlive it:
//   - a phrase that no row uses any more;
//   - words in the index: FTS5 (before 3.44) only notes that a row is deleted, and drops its words when it
//   merges the
//     segment that they are in. A full merge in steps, https://www.sqlite.org/fts5.html#the_merge_command,
//     drops all.
//   - pages in the write-ahead log, until it is written back and emptied.
#include <unordered_set>

#include "classifier/json.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/rewriting.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/sqlite/writer.h"

namespace winnow {
namespace {

using sqlite::Connection;
using sqlite::Phrases;
using sqlite::Query;

constexpr std::int64_t kRowsAtOnce = 2000;
constexpr std::int64_t kPagesAtOnce = 64;  // of the index; some milliseconds
constexpr int kTries = 50;                 // to empty the log, which waits for readers
constexpr std::int64_t kNewestCleanups = 20'000;

const Error kStopped{ErrorKind::kUnavailable, "it was stopped", ""};

// The phrases that rows use, and how far they were read.
struct Used {
  std::unordered_set<std::int64_t> phrases;
  std::int64_t verdict = 0, report = 0;
};

void add(Used& used, const Json& value) {
  if (value.is_number_integer()) used.phrases.insert(value.get<std::int64_t>());
}

void add_comment(Used& used, const std::string& text) {
  const Result<Json> comment = parse_json(text);
  if (!comment || !comment->is_object()) return;
  for (const auto& [name, value] : comment->items()) {
    add(used, value);
    if (value.is_array())
      for (const Json& each : value) add(used, each);
  }
}

void add_signals(Used& used, const std::string& text) {
  const Result<Json> signals = parse_json(text);
  if (!signals || !signals->is_array()) return;
  for (const Json& signal : *signals) {
    if (!signal.is_array() || signal.size() != 3) continue;
    add(used, signal[0]);
    add(used, signal[2]);
  }
}

// Both give how many rows they read.
std::int64_t add_verdicts(Used& used, Connection& connection, std::int64_t limit) {
  std::int64_t rows = 0;
  Query row(connection,
            "SELECT seq, model, rules, signals, comment FROM verdict WHERE seq > ? ORDER BY seq LIMIT ?",
            {used.verdict, limit});
  for (; row.next(); ++rows) {
    used.verdict = row.integer(0);
    used.phrases.insert({row.integer(1), row.integer(2)});
    add_signals(used, row.bytes(3));
    add_comment(used, row.bytes(4));
  }
  return rows;
}

std::int64_t add_reports(Used& used, Connection& connection, std::int64_t limit) {
  std::int64_t rows = 0;
  Query row(connection, "SELECT seq, comment FROM feedback WHERE seq > ? ORDER BY seq LIMIT ?",
            {used.report, limit});
  for (; row.next(); ++rows) {
    used.report = row.integer(0);
    add_comment(used, row.bytes(1));
  }
  return rows;
}

void add_others(Used& used, Connection& connection) {
  for (const std::string_view sql : {std::string_view("SELECT DISTINCT reason FROM day_count"),
                                     std::string_view("SELECT DISTINCT model FROM shadow_verdict")}) {
    Query row(connection, sql);
    while (row.next()) used.phrases.insert(row.integer(0));
  }
}

}  // namespace

Result<void> SqliteStore::scrub(const std::function<bool()>& rests) {
  // Phrases: those that are used are gathered on readers' connections; what is given out meanwhile is noted.
  Result<void> begun = writer_->run([](Connection&, Phrases& phrases) -> Result<void> {
    phrases.begin_sweep();
    return {};
  });
  if (!begun) return begun;
  Used used;
  for (bool more = true; more;) {
    Result<void> read = readers_->read([&](Connection& connection) -> Result<void> {
      const std::int64_t verdicts = add_verdicts(used, connection, kRowsAtOnce);
      const std::int64_t reports = add_reports(used, connection, kRowsAtOnce);
      more = verdicts == kRowsAtOnce || reports == kRowsAtOnce;
      if (!more) add_others(used, connection);
      return {};
    });
    if (!read) return read;
    if (more && !rests()) return kStopped;
  }
  Result<void> swept = writer_->run([&](Connection& connection, Phrases& phrases) -> Result<void> {
    // What other processes wrote since.
    add_verdicts(used, connection, -1);
    add_reports(used, connection, -1);
    phrases.sweep(used.phrases);
    return {};
  });
  if (!swept) return swept;

  std::int64_t step = -kPagesAtOnce;  // a negative one begins a full merge, positive ones go on with it
  for (bool more = true; more; step = kPagesAtOnce) {
    Result<void> merged = writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
      const std::int64_t before = connection.total_changes();
      Query(connection, "INSERT INTO search (search, rank) VALUES ('merge', ?)", {step}).run();
      more = connection.total_changes() - before >= 2;  // one is this very statement
      return {};
    });
    if (!merged) return merged;
    if (more && !rests()) return kStopped;
  }

  Result<void> noted = writer_->run([](Connection& connection, Phrases&) -> Result<void> {
    Query(connection, "UPDATE privacy_state SET scrub_at = NULL").run();
    return {};
  });
  if (!noted) return noted;
  return sqlite::guarded([&]() -> Result<void> {
    Connection connection(database_, sqlite::Access::kReadWrite);
    connection.execute("PRAGMA busy_timeout = 100");
    for (int i = 0; i < kTries; ++i) {
      {
        Query row(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        if (row.next() && row.integer(0) == 0) return {};
      }
      if (!rests()) break;
    }
    return Error{ErrorKind::kUnavailable, "the write-ahead log is in use", ""};
  });
}

Result<std::optional<UnixMillis>> SqliteStore::scrub_due() {
  return readers_->read([](Connection& connection) -> Result<std::optional<UnixMillis>> {
    Query row(connection, "SELECT scrub_at FROM privacy_state");
    if (!row.next() || row.is_null(0)) return std::optional<UnixMillis>();
    return std::optional(row.integer(0));
  });
}

Result<void> SqliteStore::plan_scrub(UnixMillis at) {
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    sqlite::plan_scrub(connection, at);
    return {};
  });
}

Result<void> SqliteStore::put_cleanup(const Cleanup& cleanup) {
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    Query(connection, "INSERT INTO cleanup (at, what, verdicts, reports) VALUES (?, ?, ?, ?)",
          {cleanup.at, static_cast<std::int64_t>(cleanup.what), cleanup.verdicts, cleanup.reports})
        .run();
    Query(connection, "DELETE FROM cleanup WHERE seq <= ?", {connection.last_row_id() - kNewestCleanups})
        .run();
    return {};
  });
}

Result<std::vector<Cleanup>> SqliteStore::cleanups(std::int64_t before, std::size_t limit) {
  return readers_->read([&](Connection& connection) -> Result<std::vector<Cleanup>> {
    std::vector<Cleanup> found;
    Query row(connection,
              "SELECT seq, at, what, verdicts, reports FROM cleanup WHERE ?1 = 0 OR seq < ?1 "
              "ORDER BY seq DESC LIMIT ?2",
              {before, static_cast<std::int64_t>(limit)});
    while (row.next())
      found.push_back({row.integer(0), row.integer(1), static_cast<CleanupWhat>(row.integer(2)),
                       row.integer(3), row.integer(4)});
    return found;
  });
}

}  // namespace winnow
