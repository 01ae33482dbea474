// application/x-www-form-urlencoded (WHATWG URL, section 5), bounded. Pure, thread-safe, linear in the size
// of the input.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "service/http/message.h"

namespace winnow::http {

// Fields of one body beyond this many are not read.
inline constexpr std::size_t kMaxFields = 2000;

// Name-value pairs in the order sent, duplicates included. "name" without '=' has an empty value; empty
// pieces
// ("&&", a trailing '&') are no fields; '+' is a blank; a '%' that two hex digits do not follow stays as it
// is. Values are raw bytes: neither valid UTF-8 nor free of NUL.
std::vector<Field> parse_form(std::string_view text, std::size_t max_fields = kMaxFields);

// The same of a path, where '+' is itself (RFC 3986, section 2.1).
std::string percent_decoded(std::string_view text);

}  // namespace winnow::http
