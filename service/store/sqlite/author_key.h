// Who wrote a comment, as a number: reports of one author are counted by it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "classifier/comment.h"

namespace winnow::sqlite {

// 64 bits of a hash of the e-mail address (case folded) or, without one, of the name; none without either.
std::optional<std::int64_t> author_key(std::string_view email, std::string_view name);
// Of a comment; of a concealed one the pseudonym stands for the address.
std::optional<std::int64_t> author_key(const Comment& comment);

}  // namespace winnow::sqlite
