// Rows: how the values of the domain are written into columns, and read back.
//
//   id        32 hex digits <-> 16 bytes
//   comment   JSON object of the fields that are not empty; fields that many comments share may be phrases
//   signals   JSON array of [id, points, detail], in the order of the verdict; id is a phrase, detail may be
//   one
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/comment.h"
#include "classifier/result.h"
#include "classifier/signal.h"
#include "service/store/sqlite/connection.h"
#include "service/store/sqlite/phrases.h"

namespace winnow::sqlite {

// None unless `hex` is 32 lower-case hex digits.
std::optional<std::string> bytes_of_id(std::string_view hex);
std::string hex_of_id(std::string_view bytes);

std::string comment_to_text(const Comment& comment, Phrases& phrases);
// kCorrupt if `text` is not what comment_to_text() writes.
Result<Comment> comment_from_text(std::string_view text, Connection& connection);

// The same of what may be concealed alone: author_email and user_ip.
Result<Comment> addresses_from_text(std::string_view text);

// What stands in the place of a comment that was deleted after its time; read as one without fields.
std::string deleted_comment(std::int64_t at);
std::optional<std::int64_t> deleted_at(std::string_view text);

std::string signals_to_text(const std::vector<Signal>& signals, Phrases& phrases);
// kCorrupt if `text` is not what signals_to_text() writes.
Result<std::vector<Signal>> signals_from_text(std::string_view text, Connection& connection);

}  // namespace winnow::sqlite
