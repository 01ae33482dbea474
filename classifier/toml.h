// TOML for all of winnow: the only file that includes toml++.
#pragma once

#define TOML_ENABLE_FORMATTERS 0
#include <toml++/toml.h>

#include <string>
#include <string_view>

#include "classifier/result.h"

namespace winnow {

// Parses `text`; kInvalid with "NAME:LINE: reason" if it is not TOML.
inline Result<toml::table> parse_toml(std::string_view text, std::string_view name) {
  try {
    return toml::parse(text, name);
  } catch (const toml::parse_error& error) {  // the Debian library has the throwing parser alone
    return Error{ErrorKind::kInvalid,
                 std::string(name) + ":" + std::to_string(error.source().begin.line) + ": " +
                     std::string(error.description()),
                 ""};
  }
}

}  // namespace winnow
