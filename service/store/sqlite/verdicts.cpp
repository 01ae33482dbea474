// SqliteStore: the table verdict.
#include <algorithm>
#include <bit>
#include <chrono>
#include <limits>

#include "service/store/sqlite/on_text.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/shadows.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/sqlite/tabs.h"
#include "service/store/sqlite/tally.h"
#include "service/store/sqlite/verdict_row.h"
#include "service/store/sqlite/watches.h"
#include "service/store/sqlite/writer.h"

namespace winnow {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Phrases;
using sqlite::Query;
using sqlite::Value;

constexpr std::string_view kInsert =
    "INSERT INTO verdict (id, site, api_key, at, is_test, outcome, score, model, rules, text_key, signals, "
    "comment, supersedes, tab) "
    "VALUES (?, ?, nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

const std::string kFindById = sqlite::kSelectVerdict + " FROM verdict WHERE id = ?";

const std::string kFindBySeq = sqlite::kSelectVerdict + " FROM verdict WHERE seq = ?";

const std::string kNewest = sqlite::kSelectVerdict +
                            " FROM verdict WHERE seq < ? AND at >= ? AND is_test = 0 AND ? IN (0, site) "
                            "ORDER BY seq DESC LIMIT ?";

// A check is answered without its verdict being stored, rather than late.
constexpr std::chrono::milliseconds kCheckPatience{1000};
constexpr int kMostRechecks = 1000;  // of one comment that are looked back through

sqlite::Counted counted_as(Outcome outcome) {
  return outcome == Outcome::kSpam || outcome == Outcome::kDiscard ? sqlite::Counted::kSpam
                                                                   : sqlite::Counted::kHam;
}

// A verdict that replaces another is counted in its place: on the day of the first that was given.
void count(Connection& connection, const StoredVerdict& stored) {
  UnixMillis at = stored.at;
  std::optional<Outcome> replaced;
  std::string id = stored.supersedes;
  for (int rechecks = 0; !id.empty() && rechecks < kMostRechecks; ++rechecks) {
    Query earlier(connection, "SELECT at, outcome, supersedes FROM verdict WHERE id = ?",
                  {Blob{*sqlite::bytes_of_id(id)}});
    if (!earlier.next()) break;
    at = earlier.integer(0);
    if (!replaced) replaced = static_cast<Outcome>(earlier.integer(1));
    id = sqlite::hex_of_id(earlier.bytes(2));
  }
  if (!stored.supersedes.empty() && !replaced) return;
  if (replaced) sqlite::count(connection, stored.key, stored.site, at, counted_as(*replaced), -1);
  sqlite::count(connection, stored.key, stored.site, at, counted_as(stored.verdict.outcome));
}

Result<void> insert(Connection& connection, Phrases& phrases, const StoredVerdict& stored) {
  const std::optional<std::string> id = sqlite::bytes_of_id(stored.id);
  if (!id) return Error{ErrorKind::kInvalid, "the id of a verdict is 32 hex digits", "id"};
  const std::optional<std::string> replaced = sqlite::bytes_of_id(stored.supersedes);
  if (!replaced && !stored.supersedes.empty())
    return Error{ErrorKind::kInvalid, "the id of a verdict is 32 hex digits", "supersedes"};
  const Verdict& verdict = stored.verdict;
  const std::string signals = sqlite::signals_to_text(verdict.signals, phrases);
  const std::string comment = sqlite::comment_to_text(stored.comment, phrases);
  const Value tab = sqlite::tab_of_new(connection, stored);
  Query(connection, kInsert,
        {Blob{*id}, stored.site, stored.key, stored.at, static_cast<std::int64_t>(stored.is_test),
         static_cast<std::int64_t>(verdict.outcome), verdict.score, phrases.id_of(verdict.model_id),
         phrases.id_of(verdict.rules_version), std::bit_cast<std::int64_t>(stored.text_key),
         std::string_view(signals), std::string_view(comment),
         replaced ? Value(Blob{*replaced}) : Value(nullptr), tab})
      .run();
  if (stored.shadow)
    sqlite::put_shadow_opinion(connection, phrases, connection.last_row_id(), *stored.shadow);
  if (!stored.is_test) count(connection, stored);
  return {};
}

Result<void> insert(Connection& connection, Phrases& phrases, const StoredVerdict& verdict,
                    const std::optional<Watch>& watch) {
  if (Result<void> done = insert(connection, phrases, verdict); !done) return done;
  return watch ? sqlite::put_watch(connection, *watch) : Result<void>();
}

}  // namespace

Result<void> SqliteStore::put_verdict(const StoredVerdict& verdict, const std::optional<Watch>& watch) {
  return writer_->run(
      [&](Connection& connection, Phrases& phrases) { return insert(connection, phrases, verdict, watch); },
      kCheckPatience, sqlite::Writer::Calls::kAgainIfUndone);
}

void SqliteStore::put_verdict(std::shared_ptr<const StoredVerdict> verdict, std::optional<Watch> watch,
                              std::function<void(const Result<void>&)> done) {
  writer_->start(
      [verdict = std::move(verdict), watch = std::move(watch)](Connection& connection, Phrases& phrases) {
        return insert(connection, phrases, *verdict, watch);
      },
      kCheckPatience, std::move(done), sqlite::Writer::Calls::kAgainIfUndone);
}

Result<void> SqliteStore::put_verdicts(const std::vector<StoredVerdict>& verdicts) {
  const auto put = [&](Connection& connection, Phrases& phrases) -> Result<void> {
    for (const StoredVerdict& verdict : verdicts) {
      if (Result<void> done = insert(connection, phrases, verdict); !done) return done;
    }
    return {};
  };
  return writer_->run(put, kCheckPatience);
}

Result<std::optional<StoredVerdict>> SqliteStore::find_verdict(std::string_view id) {
  const std::optional<std::string> bytes = sqlite::bytes_of_id(id);
  if (!bytes) return std::optional<StoredVerdict>();
  return readers_->read([&](Connection& connection) -> Result<std::optional<StoredVerdict>> {
    Query row(connection, kFindById, {Blob{*bytes}});
    if (!row.next()) return std::optional<StoredVerdict>();
    Result<StoredVerdict> stored = sqlite::verdict_of(connection, row);
    if (!stored) return stored.error();
    return std::optional(*std::move(stored));
  });
}

Result<std::vector<StoredVerdict>> SqliteStore::verdicts_by_text(SiteId site, std::uint64_t text_key,
                                                                 std::size_t limit) {
  return readers_->read([&](Connection& connection) -> Result<std::vector<StoredVerdict>> {
    const sqlite::ReadTransaction transaction(connection);
    std::vector<StoredVerdict> verdicts;
    for (const sqlite::Seq seq : sqlite::on_text(connection, {site}, text_key, limit)) {
      Query row(connection, kFindBySeq, {seq});
      if (!row.next()) continue;
      Result<StoredVerdict> stored = sqlite::verdict_of(connection, row);
      if (!stored) return stored.error();
      verdicts.push_back(*std::move(stored));
    }
    return verdicts;
  });
}

Result<std::vector<LoggedVerdict>> SqliteStore::verdicts(const VerdictQuery& query, std::int64_t before,
                                                         std::size_t limit) {
  return readers_->read([&](Connection& connection) -> Result<std::vector<LoggedVerdict>> {
    constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
    const auto most = static_cast<std::int64_t>(std::min<std::uint64_t>(limit, kMost));
    std::vector<LoggedVerdict> found;
    Query row(connection, kNewest, {before == 0 ? kMost : before, query.since, query.site, most});
    while (row.next()) {
      Result<StoredVerdict> stored = sqlite::verdict_of(connection, row);
      if (!stored) return stored.error();
      found.push_back({row.integer(sqlite::kSeqColumn), *std::move(stored)});
    }
    return found;
  });
}

Result<std::uint64_t> SqliteStore::count_verdicts(const VerdictQuery& query) {
  return readers_->read([&](Connection& connection) -> Result<std::uint64_t> {
    const sqlite::ReadTransaction transaction(connection);
    const sqlite::Seq after = sqlite::first_given_at(connection, query.since) - 1;
    std::int64_t count = 0;
    for (std::int64_t tab = 0; tab < static_cast<std::int64_t>(Tab::kAll); ++tab)
      count +=
          sqlite::count_tab(connection, tab, query.site, after, std::numeric_limits<std::int64_t>::max());
    return static_cast<std::uint64_t>(count);
  });
}

}  // namespace winnow
