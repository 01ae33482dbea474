// Comment as JSON: the names of its fields, in one table. Members are called as in comment.h.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "classifier/comment.h"
#include "classifier/json.h"
#include "classifier/result.h"

namespace winnow {

struct CommentField {
  std::string_view name;
  std::string Comment::*member;
};

// Every text field of Comment, in its order; `context`, the one list, aside.
std::span<const CommentField> comment_fields();

// The members of `object` that are fields of a comment; others (id, label, source, date, ...) are passed
// over. kInvalid with the field's name if one is no string, or `context` is no list of strings. null counts
// as absent.
Result<Comment> comment_from_json(const Json& object);

}  // namespace winnow
