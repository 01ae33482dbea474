// Rewriting: verdicts whose comment changes or goes after they were stored. What the index has of a row is
// taken out by saying again what its words were, so it must be known exactly: it is prepared on a reader's
// connection, and made anew by the writer where the row has changed since.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/store/sqlite/connection.h"
#include "service/store/sqlite/phrases.h"
#include "service/store/sqlite/search_row.h"
#include "service/store/store.h"

namespace winnow::sqlite {

// A verdict as it was read, and its words.
struct PreparedRow {
  std::int64_t seq = 0;
  StoredVerdict verdict;
  std::string comment;  // as the row has it
  SearchRow words;
};

// Of a row of kSelectVerdict. kCorrupt as verdict_of().
Result<PreparedRow> prepare_row(Connection& connection, const Query& row);

// All verdicts on the comment of this one, itself included; none if it is not there.
Result<std::vector<PreparedRow>> all_on_comment(Connection& connection, std::string_view id);

// The same row as it is now; none if it is gone, or its number was given to another. On the writer's
// connection, as all that follows.
Result<std::optional<PreparedRow>> row_now(Connection& connection, const PreparedRow& prepared);

// Whether the index has the words of this row.
bool is_indexed(Connection& connection, const PreparedRow& row);

// Puts the comment, the reasons and the text's key of `changed` in place of what `now`, which row_now() gave,
// has.
void rewrite(Connection& connection, Phrases& phrases, const PreparedRow& now, const StoredVerdict& changed);

// Deletes the verdict with what hangs on it.
void remove_verdict(Connection& connection, const PreparedRow& now);
// To be called behind removals, in their transaction.
void verdicts_were_removed(Connection& connection);

// Rows were removed or lost their text: the files are to be scrubbed not later than `at`.
void plan_scrub(Connection& connection, UnixMillis at);

}  // namespace winnow::sqlite
