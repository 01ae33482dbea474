#include "classifier/durable_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <string>
#include <system_error>

namespace winnow {
namespace {

Error failure(const std::filesystem::path& path, const char* what, int reason) {
  return {ErrorKind::kUnavailable,
          path.string() + ": it cannot be " + what + ": " + std::generic_category().message(reason), ""};
}

bool write_all(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Result<void> sync(const std::filesystem::path& path, int kind) {
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | kind);
  const bool synced = file >= 0 && ::fsync(file) == 0;
  const int reason = errno;
  if (file >= 0) ::close(file);
  if (synced) return {};
  return failure(path, "synced", reason);
}

}  // namespace

Result<void> write_durably(const std::filesystem::path& path, std::string_view bytes) {
  const std::string unfinished = path.string() + ".tmp";
  const int file = ::open(unfinished.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return failure(path, "written", errno);
  const bool written = write_all(file, bytes) && ::fsync(file) == 0;
  int reason = errno;
  ::close(file);
  if (written && std::rename(unfinished.c_str(), path.c_str()) == 0)
    return sync_directory(std::filesystem::absolute(path).parent_path());
  if (written) reason = errno;
  ::unlink(unfinished.c_str());
  return failure(path, "written", reason);
}

Result<void> sync_file(const std::filesystem::path& path) {
  return sync(path, 0);
}

Result<void> sync_directory(const std::filesystem::path& directory) {
  return sync(directory, O_DIRECTORY);
}

Result<void> sync_files(const std::filesystem::path& directory) {
  std::error_code failed;
  std::filesystem::directory_iterator entries(directory, failed);
  for (const auto end = std::filesystem::directory_iterator(); !failed && entries != end;
       entries.increment(failed)) {
    if (!entries->is_regular_file(failed)) continue;
    if (Result<void> synced = sync(entries->path(), 0); !synced) return synced;
  }
  if (failed) return failure(directory, "read", failed.value());
  return sync_directory(directory);
}

}  // namespace winnow
