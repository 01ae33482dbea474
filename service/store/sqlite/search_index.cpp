// SqliteStore: what keeps the tables search and day_count in step with the table verdict.
#include <algorithm>

#include "service/store/search.h"
#include "service/store/sqlite/day_counts.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/rewriting.h"
#include "service/store/sqlite/rows.h"
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
using sqlite::PreparedRow;
using sqlite::Query;

constexpr std::size_t kMostBytesAtOnce = 4 * 1024 * 1024;  // of comments
constexpr int kMostRechecks = 1000;                        // of one comment that are looked back through

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
  std::vector<PreparedRow> rows;
};

Result<Batch> read_batch(Connection& connection, std::size_t limit) {
  Batch batch;
  batch.state = state_of(connection);
  if (batch.state.form != kSearchForm) batch.state.indexed = 0;
  std::size_t bytes = 0;
  Query row(connection, kBehind, {batch.state.first_behind(), static_cast<std::int64_t>(limit)});
  while (bytes < kMostBytesAtOnce && row.next()) {
    Result<PreparedRow> prepared = sqlite::prepare_row(connection, row);
    if (!prepared) return prepared.error();
    bytes += prepared->comment.size();
    batch.rows.push_back(*std::move(prepared));
  }
  return batch;
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

// Nothing is written if another was quicker.
Result<void> write_batch(Connection& connection, const Batch& batch) {
  State state = state_of(connection);
  if (state.form != kSearchForm) {
    Query(connection, "INSERT INTO search (search) VALUES ('delete-all')").run();
    state.indexed = 0;
  }
  state.form = batch.state.form;
  if (state != batch.state) return {};
  DaySums sums;
  for (const PreparedRow& each : batch.rows) {
    if (each.verdict.is_test) continue;
    const Result<std::optional<PreparedRow>> now = sqlite::row_now(connection, each);
    if (!now) return now.error();
    if (!now->has_value()) continue;  // deleted meanwhile
    if (each.seq > state.indexed) sqlite::add_search_row(connection, (*now)->words);
    if (each.seq > state.counted) count_verdict(sums, connection, each.seq);
  }
  sums.put(connection);
  const std::int64_t last = batch.rows.back().seq;
  Query(connection, "UPDATE search_state SET form = ?, indexed = max(?, ?), counted = max(counted, ?)",
        {std::int64_t{kSearchForm}, state.indexed, last, last})
      .run();
  return {};
}

}  // namespace

Result<std::size_t> SqliteStore::index_verdicts(std::size_t limit) {
  const Result<Batch> batch =
      readers_->read([&](Connection& connection) { return read_batch(connection, limit); });
  if (!batch) return batch.error();
  if (batch->rows.empty()) return 0;
  const Result<void> written =
      writer_->run([&](Connection& connection, Phrases&) { return write_batch(connection, *batch); });
  if (!written) return written.error();
  return batch->rows.size();
}

Result<IndexState> SqliteStore::index_state() {
  return readers_->read([](Connection& connection) -> Result<IndexState> {
    const State state = state_of(connection);
    Query row(connection, "SELECT coalesce(max(seq), 0) FROM verdict");
    row.next();
    return IndexState{state.form == kSearchForm ? state.first_behind() : 0, row.integer(0)};
  });
}

}  // namespace winnow
