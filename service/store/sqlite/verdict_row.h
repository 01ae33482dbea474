// A row of the table verdict, read.
#pragma once

#include <string>

#include "service/store/sqlite/connection.h"
#include "service/store/store.h"

namespace winnow::sqlite {

// The columns that verdict_of() reads, in its order; the query's own may follow from kVerdictColumnCount on.
inline const std::string kSelectVerdict =
    "SELECT verdict.id, verdict.site, verdict.api_key, verdict.at, verdict.is_test, verdict.outcome, "
    "verdict.score, verdict.model, verdict.rules, verdict.text_key, verdict.signals, verdict.comment, "
    "verdict.supersedes, verdict.seq";
inline constexpr int kCommentColumn = 11;
inline constexpr int kSeqColumn = 13;
inline constexpr int kVerdictColumnCount = 14;

// kCorrupt if the row is damaged.
Result<StoredVerdict> verdict_of(Connection& connection, const Query& row);

}  // namespace winnow::sqlite
