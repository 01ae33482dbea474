// The SHA-256 of a file of any size.
#pragma once

#include <filesystem>
#include <string>

#include "classifier/result.h"

namespace winnow {

// 64 lower-case hex digits. kUnavailable if it cannot be read.
Result<std::string> sha256_of_file(const std::filesystem::path& file);

}  // namespace winnow
