// multipart/form-data (RFC 7578), bounded. Pure, thread-safe, linear in the size of the input.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/http/form.h"

namespace winnow::http {

// The boundary that a Content-Type names, or none: 1 to 70 characters (RFC 2046, section 5.1.1), quoted or
// bare.
std::optional<std::string> multipart_boundary(std::string_view content_type);

// The fields of a body in the order sent; files (parts with a file name) are left out but count against
// `max_parts`, behind which the body is not read. A part whose end is missing is dropped. Values are raw
// bytes.
std::vector<Field> parse_multipart(std::string_view body, std::string_view boundary,
                                   std::size_t max_parts = kMaxFields);

}  // namespace winnow::http
