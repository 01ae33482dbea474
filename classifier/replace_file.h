// replace_file: a file is there whole or as it was.
#pragma once

#include <filesystem>
#include <string_view>

#include "classifier/result.h"

namespace winnow {

// Writes `bytes` to `path` by way of a temporary file beside it, which is then renamed. Fails with
// kUnavailable and a message that names the file and the reason; then `path` is what it was and the temporary
// file is gone.
Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes);

}  // namespace winnow
