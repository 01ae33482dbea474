// SqliteStore: what keeps the tables search and day_count in step with the table verdict, and deleting.
#include <algorithm>
#include <set>

#include "service/store/search.h"
#include "service/store/sqlite/day_counts.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/search_row.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/sqlite/verdict_row.h"
#include "service/store/sqlite/writer.h"

namespace winnow {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::DaySums;
using sqlite::Happened;
using sqlite::Phrases;
using sqlite::Query;
using sqlite::SearchRow;

constexpr std::size_t kMostBytesAtOnce = 4 * 1024 * 1024;  // of comments
constexpr int kMostRechecks = 1000;                        // of one comment that are looked through

const std::string kBehind =
    sqlite::kSelectVerdict + " FROM verdict WHERE verdict.seq > ? ORDER BY verdict.seq LIMIT ?";

// A row of search_state.
struct State {
  std::int64_t form = 0;
  std::int64_t indexed = 0;
  std::int64_t counted = 0;

  std::int64_t first_behind() const { return std::min(indexed, counted); }
  bool operator==(const State&) const = default;
};

State state_of(Connection& connection) {
  Query row(connection, "SELECT form, indexed, counted FROM search_state");
  row.next();
  return {row.integer(0), row.integer(1), row.integer(2)};
}

// Verdicts that are not indexed, or not counted, and what is to be written of them.
struct Batch {
  State state;
  std::vector<LoggedVerdict> verdicts;
  std::vector<SearchRow> rows;
};

Result<Batch> read_batch(Connection& connection, std::size_t limit) {
  Batch batch;
  batch.state = state_of(connection);
  if (batch.state.form != kSearchForm) batch.state.indexed = 0;
  std::size_t bytes = 0;
  Query row(connection, kBehind, {batch.state.first_behind(), static_cast<std::int64_t>(limit)});
  while (bytes < kMostBytesAtOnce && row.next()) {
    Result<StoredVerdict> stored = sqlite::verdict_of(connection, row);
    if (!stored) return stored.error();
    bytes += stored->comment.content.size();
    batch.verdicts.push_back({row.integer(sqlite::kSeqColumn), *std::move(stored)});
  }
  return batch;
}

// The number of the newest is given again once it is deleted.
bool is_there(Connection& connection, std::int64_t seq, std::string_view id) {
  Query row(connection, "SELECT id FROM verdict WHERE seq = ?", {seq});
  return row.next() && sqlite::hex_of_id(row.bytes(0)) == id;
}

void add_reasons(DaySums& sums, SiteId site, UnixMillis at, Connection& connection, std::string_view signals,
                 std::int64_t n) {
  Query reason(connection, "SELECT DISTINCT value ->> 0 FROM json_each(?)", {signals});
  while (reason.next()) sums.add(site, at, Happened::kSpoke, reason.integer(0), n);
}

// Counts the verdict with this seq; where it replaces another, in its place and on the day of the first.
void count_verdict(DaySums& sums, Connection& connection, std::int64_t seq) {
  Query verdict(connection, "SELECT site, at, outcome, signals, supersedes FROM verdict WHERE seq = ?",
                {seq});
  if (!verdict.next()) return;
  const SiteId site = verdict.integer(0);
  UnixMillis at = verdict.integer(1);
  std::string id = verdict.bytes(4);
  const bool replaces = !id.empty();
  int outcome = -1;  // of the one that it replaces
  std::string signals;
  for (int rechecks = 0; !id.empty() && rechecks < kMostRechecks; ++rechecks) {
    Query earlier(connection, "SELECT at, outcome, signals, supersedes FROM verdict WHERE id = ?",
                  {Blob{id}});
    if (!earlier.next()) break;
    at = earlier.integer(0);
    if (outcome < 0) {
      outcome = static_cast<int>(earlier.integer(1));
      signals = earlier.bytes(2);
    }
    id = earlier.bytes(3);
  }
  if (replaces && outcome < 0) return;
  if (replaces) {
    sums.add(site, at, static_cast<Happened>(outcome), 0, -1);
    add_reasons(sums, site, at, connection, signals, -1);
  }
  sums.add(site, at, static_cast<Happened>(verdict.integer(2)), 0, 1);
  add_reasons(sums, site, at, connection, verdict.bytes(3), 1);
}

// False if another was quicker.
bool write_batch(Connection& connection, const Batch& batch) {
  State state = state_of(connection);
  if (state.form != kSearchForm) {
    Query(connection, "INSERT INTO search (search) VALUES ('delete-all')").run();
    state.indexed = 0;
  }
  state.form = batch.state.form;
  if (state != batch.state) return false;
  DaySums sums;
  for (std::size_t i = 0; i < batch.verdicts.size(); ++i) {
    const LoggedVerdict& each = batch.verdicts[i];
    if (each.verdict.is_test) continue;
    if (!is_there(connection, each.seq, each.verdict.id)) continue;  // deleted meanwhile
    if (each.seq > state.indexed) sqlite::add_search_row(connection, batch.rows[i]);
    if (each.seq > state.counted) count_verdict(sums, connection, each.seq);
  }
  sums.put(connection);
  const std::int64_t last = batch.verdicts.back().seq;
  Query(connection, "UPDATE search_state SET form = ?, indexed = max(?, ?), counted = max(counted, ?)",
        {std::int64_t{kSearchForm}, state.indexed, last, last})
      .run();
  return true;
}

// All verdicts on the comment of this one, itself included; none if it is not there.
std::vector<LoggedVerdict> all_on_comment(Connection& connection, std::string_view id) {
  static const std::string kById = sqlite::kSelectVerdict + " FROM verdict WHERE verdict.id = ?";
  static const std::string kByReplaced =
      sqlite::kSelectVerdict + " FROM verdict WHERE verdict.supersedes = ?";
  std::vector<LoggedVerdict> all;
  std::set<std::string> seen;
  const auto read = [&](const std::string& sql, std::string_view hex) {
    Query row(connection, sql, {Blob{*sqlite::bytes_of_id(hex)}});
    while (row.next() && all.size() < static_cast<std::size_t>(kMostRechecks)) {
      Result<StoredVerdict> stored = sqlite::verdict_of(connection, row);
      if (!stored || !seen.insert(stored->id).second) continue;
      all.push_back({row.integer(sqlite::kSeqColumn), *std::move(stored)});
    }
  };
  read(kById, id);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const StoredVerdict each = all[i].verdict;
    if (!each.supersedes.empty()) read(kById, each.supersedes);
    read(kByReplaced, each.id);
  }
  return all;
}

void remove(Connection& connection, const State& state, const SearchRow& row, const StoredVerdict& verdict) {
  if (!is_there(connection, row.seq, verdict.id)) return;
  if (!verdict.is_test && state.form == kSearchForm && row.seq <= state.indexed)
    sqlite::remove_search_row(connection, row);
  Query(connection, "DELETE FROM watch WHERE verdict = ?", {Blob{*sqlite::bytes_of_id(verdict.id)}}).run();
  Query(connection, "DELETE FROM told WHERE verdict = ?", {Blob{*sqlite::bytes_of_id(verdict.id)}}).run();
  Query(connection, "DELETE FROM verdict WHERE seq = ?", {row.seq}).run();
}

}  // namespace

Result<std::size_t> SqliteStore::index_verdicts(std::size_t limit) {
  Result<Batch> batch = readers_->read([&](Connection& connection) { return read_batch(connection, limit); });
  if (!batch) return batch.error();
  if (batch->verdicts.empty()) return 0;
  for (const LoggedVerdict& each : batch->verdicts)
    batch->rows.push_back(each.seq > batch->state.indexed && !each.verdict.is_test
                              ? sqlite::search_row(each.seq, each.verdict)
                              : SearchRow());
  const Result<void> written = writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    write_batch(connection, *batch);
    return {};
  });
  if (!written) return written.error();
  return batch->verdicts.size();
}

Result<IndexState> SqliteStore::index_state() {
  return readers_->read([](Connection& connection) -> Result<IndexState> {
    const State state = state_of(connection);
    Query row(connection, "SELECT coalesce(max(seq), 0) FROM verdict");
    row.next();
    return IndexState{state.form == kSearchForm ? state.first_behind() : 0, row.integer(0)};
  });
}

// A row is removed from the index by saying again what its words are: they are prepared before the writer is
// asked.
Result<std::vector<std::string>> SqliteStore::delete_verdicts(const std::vector<std::string>& ids) {
  std::vector<std::pair<SearchRow, StoredVerdict>> doomed;
  std::vector<std::string> found;
  const Result<void> read = readers_->read([&](Connection& connection) -> Result<void> {
    for (const std::string& id : ids) {
      if (!sqlite::bytes_of_id(id)) continue;
      const std::vector<LoggedVerdict> all = all_on_comment(connection, id);
      if (!all.empty()) found.push_back(id);
      for (const LoggedVerdict& each : all)
        doomed.emplace_back(sqlite::search_row(each.seq, each.verdict), each.verdict);
    }
    return {};
  });
  if (!read) return read.error();
  const Result<void> removed = writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    const State state = state_of(connection);
    for (const auto& [row, verdict] : doomed) remove(connection, state, row, verdict);
    Query(connection,
          "UPDATE search_state SET indexed = min(indexed, (SELECT coalesce(max(seq), 0) FROM verdict)), "
          "counted = min(counted, (SELECT coalesce(max(seq), 0) FROM verdict))")
        .run();
    return {};
  });
  if (!removed) return removed.error();
  return found;
}

}  // namespace winnow
