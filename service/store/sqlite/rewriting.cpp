#include "service/store/sqlite/rewriting.h"

#include <bit>
#include <set>

#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/verdict_row.h"

namespace winnow::sqlite {
namespace {

constexpr std::size_t kMostRechecks = 1000;  // of one comment that are looked through

const std::string kFindBySeq = kSelectVerdict + " FROM verdict WHERE verdict.seq = ?";

}  // namespace

Result<PreparedRow> prepare_row(Connection& connection, const Query& row) {
  Result<StoredVerdict> stored = verdict_of(connection, row);
  if (!stored) return stored.error();
  PreparedRow prepared{row.integer(kSeqColumn), *std::move(stored), row.bytes(kCommentColumn), {}};
  prepared.words = search_row(prepared.seq, prepared.verdict);
  return prepared;
}

Result<std::optional<PreparedRow>> row_now(Connection& connection, const PreparedRow& prepared) {
  Query row(connection, kFindBySeq, {prepared.seq});
  if (!row.next() || hex_of_id(row.bytes(0)) != prepared.verdict.id) return std::optional<PreparedRow>();
  if (row.bytes(kCommentColumn) == prepared.comment) return std::optional(prepared);
  Result<PreparedRow> now = prepare_row(connection, row);
  if (!now) return now.error();
  return std::optional(*std::move(now));
}

Result<std::vector<PreparedRow>> all_on_comment(Connection& connection, std::string_view id) {
  static const std::string kById = kSelectVerdict + " FROM verdict WHERE verdict.id = ?";
  static const std::string kByReplaced = kSelectVerdict + " FROM verdict WHERE verdict.supersedes = ?";
  std::vector<PreparedRow> all;
  std::set<std::string> seen;
  const auto read = [&](const std::string& sql, std::string_view hex) -> Result<void> {
    Query row(connection, sql, {Blob{*bytes_of_id(hex)}});
    while (row.next() && all.size() < kMostRechecks) {
      Result<PreparedRow> prepared = prepare_row(connection, row);
      if (!prepared) return prepared.error();
      if (seen.insert(prepared->verdict.id).second) all.push_back(*std::move(prepared));
    }
    return {};
  };
  if (Result<void> done = read(kById, id); !done) return done.error();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string each = all[i].verdict.id, replaced = all[i].verdict.supersedes;
    if (!replaced.empty())
      if (Result<void> done = read(kById, replaced); !done) return done.error();
    if (Result<void> done = read(kByReplaced, each); !done) return done.error();
  }
  return all;
}

bool is_indexed(Connection& connection, const PreparedRow& row) {
  return !row.verdict.is_test && row.seq <= indexed_up_to(connection);
}

void rewrite(Connection& connection, Phrases& phrases, const PreparedRow& now, const StoredVerdict& changed) {
  if (is_indexed(connection, now)) {
    remove_search_row(connection, now.words);
    add_search_row(connection, search_row(now.seq, changed));
  }
  const std::string comment = changed.text_deleted_at ? deleted_comment(*changed.text_deleted_at)
                                                      : comment_to_text(changed.comment, phrases);
  const std::string signals = signals_to_text(changed.verdict.signals, phrases);
  Query(connection, "UPDATE verdict SET comment = ?, signals = ?, text_key = ? WHERE seq = ?",
        {std::string_view(comment), std::string_view(signals), std::bit_cast<std::int64_t>(changed.text_key),
         now.seq})
      .run();
}

void remove_verdict(Connection& connection, const PreparedRow& now) {
  if (is_indexed(connection, now)) remove_search_row(connection, now.words);
  const std::string id = *bytes_of_id(now.verdict.id);
  Query(connection, "DELETE FROM watch WHERE verdict = ?", {Blob{id}}).run();
  Query(connection, "DELETE FROM told WHERE verdict = ?", {Blob{id}}).run();
  Query(connection, "DELETE FROM verdict WHERE seq = ?", {now.seq}).run();
}

void verdicts_were_removed(Connection& connection) {
  Query(connection,
        "UPDATE search_state SET indexed = min(indexed, (SELECT coalesce(max(seq), 0) FROM verdict)), "
        "counted = min(counted, (SELECT coalesce(max(seq), 0) FROM verdict))")
      .run();
  Query(connection,
        "UPDATE privacy_state SET texts = min(texts, newest), discarded = min(discarded, newest), "
        "verdicts = min(verdicts, newest) FROM (SELECT coalesce(max(seq), 0) AS newest FROM verdict)")
      .run();
}

void plan_scrub(Connection& connection, UnixMillis at) {
  Query(connection, "UPDATE privacy_state SET scrub_at = min(coalesce(scrub_at, ?1), ?1)", {at}).run();
}

}  // namespace winnow::sqlite
