#include "classifier/replace_file.h"

#include <cerrno>
#include <cstdio>
#include <system_error>

namespace winnow {

Result<void> replace_file(const std::filesystem::path& path, std::string_view bytes) {
  const std::filesystem::path temporary = path.string() + ".tmp";
  errno = 0;
  std::FILE* file = std::fopen(temporary.c_str(), "wb");
  const bool written = file && std::fwrite(bytes.data(), 1, bytes.size(), file) == bytes.size();
  const int write_error = errno;
  const bool closed = file && std::fclose(file) == 0;
  std::error_code failure(written ? errno : write_error, std::generic_category());
  if (written && closed) {
    std::filesystem::rename(temporary, path, failure);
    if (!failure) return {};
  }
  std::error_code ignored;
  if (file) std::filesystem::remove(temporary, ignored);
  return Error{ErrorKind::kUnavailable, path.string() + ": it cannot be written: " + failure.message(), ""};
}

}  // namespace winnow
