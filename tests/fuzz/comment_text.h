// The texts of a Comment, for properties that hold of each.
#pragma once

#include <string>
#include <string_view>

#include "classifier/comment_json.h"
#include "classifier/unicode.h"
#include "tests/fuzz/property.h"

namespace winnow::fuzz {

// Every text of `comment` is valid UTF-8 and within its bound.
inline void require_texts(const Comment& comment, std::size_t most_content, std::size_t most_else) {
  for (const CommentField& field : comment_fields()) {
    const std::string& text = comment.*field.member;
    require(is_valid_utf8(text), "a comment's texts are valid UTF-8");
    require(text.size() <= (field.member == &Comment::content ? most_content : most_else),
            "a comment's texts are within their bounds");
  }
  for (const std::string& text : comment.context)
    require(is_valid_utf8(text) && text.size() <= most_else,
            "what stands around a comment is valid UTF-8 within its bound");
}

}  // namespace winnow::fuzz
