// JSON for all of winnow: the only file that includes nlohmann-json, and the only way in for foreign JSON.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "classifier/result.h"

namespace winnow {

using Json = nlohmann::ordered_json;

// Nesting beyond this is refused: writing and destroying a Json recurses.
inline constexpr int kMaxJsonDepth = 64;

// Parses exactly one JSON value. Ill-formed text, text that is not UTF-8 and nesting beyond kMaxJsonDepth are
// kInvalid; the message has the byte position, never the text. A duplicate key of an object: the last one
// wins.
Result<Json> parse_json(std::string_view text);

// Compact JSON text; invalid UTF-8 inside strings is replaced by U+FFFD, so it never fails.
std::string to_text(const Json& json);
// The same, indented for people.
std::string to_pretty_text(const Json& json);

// `object[name]` if it is a string, else `fallback`.
std::string string_or(const Json& object, std::string_view name, std::string_view fallback = "");

}  // namespace winnow
