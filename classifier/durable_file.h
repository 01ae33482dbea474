// Files that are on disk, whole, when the call returns.
#pragma once

#include <filesystem>
#include <string_view>

#include "classifier/result.h"

namespace winnow {

// Writes `bytes` to a temporary file beside `path` (mode 0644 less the umask), syncs it, renames it to `path`
// and syncs the directory: `path` is what it was or what it is to be, also after a power cut. Fails with
// kUnavailable and a message that names the file and the reason; then `path` is what it was and the temporary
// file is gone. Two callers at once for one path must not be.
Result<void> write_durably(const std::filesystem::path& path, std::string_view bytes);

// Puts the bytes of a file on disk, whoever wrote them. kUnavailable, naming the file.
Result<void> sync_file(const std::filesystem::path& path);

// Makes what was made or renamed in this directory outlive a power cut. kUnavailable, naming the directory.
Result<void> sync_directory(const std::filesystem::path& directory);

// The same of the bytes of the files in it, whoever wrote them. Folders in it are passed over.
Result<void> sync_files(const std::filesystem::path& directory);

}  // namespace winnow
