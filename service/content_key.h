// The text of a comment as a key to find it again by.
#pragma once

#include <cstdint>

#include "classifier/comment.h"

namespace winnow {

// The key under which a comment's content is stored: text_key() of its normalized text.
std::uint64_t content_key(const Comment& comment);

// True if `text_key` is that of empty content, which says nothing about a comment.
bool is_empty_text(std::uint64_t text_key);

}  // namespace winnow
