// The only file that includes CLI11. Commands include it to declare their options.
#pragma once

#include <CLI/CLI.hpp>

namespace winnow::cli {

// What --json does, in the same words for every command.
inline constexpr const char* kJsonHelp = "Print JSON for programs instead of text for people";

}  // namespace winnow::cli
