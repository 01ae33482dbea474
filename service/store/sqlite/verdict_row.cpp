#include "service/store/sqlite/verdict_row.h"

#include <bit>

#include "service/store/sqlite/rows.h"

namespace winnow::sqlite {

Result<StoredVerdict> verdict_of(Connection& connection, const Query& row) {
  StoredVerdict stored;
  stored.id = hex_of_id(row.bytes(0));
  stored.site = row.integer(1);
  stored.key = row.integer(2);
  stored.at = row.integer(3);
  stored.is_test = row.integer(4) != 0;
  stored.verdict.outcome = static_cast<Outcome>(row.integer(5));
  stored.verdict.score = row.real(6);
  stored.verdict.model_id = phrase_text(connection, row.integer(7));
  stored.verdict.rules_version = phrase_text(connection, row.integer(8));
  stored.text_key = std::bit_cast<std::uint64_t>(row.integer(9));
  Result<std::vector<Signal>> signals = signals_from_text(row.bytes(10), connection);
  if (!signals) return signals.error();
  stored.verdict.signals = *std::move(signals);
  Result<Comment> comment = comment_from_text(row.bytes(11), connection);
  if (!comment) return comment.error();
  stored.comment = *std::move(comment);
  stored.supersedes = hex_of_id(row.bytes(12));
  stored.text_deleted_at = deleted_at(row.bytes(kCommentColumn));
  return stored;
}

}  // namespace winnow::sqlite
