#include "service/data_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace winnow {

Result<DataLock> DataLock::take(const std::filesystem::path& dir, int how) {
  const std::filesystem::path path = dir / "lock";
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file >= 0 && ::flock(file, how | LOCK_NB) == 0) return DataLock(file);
  const int reason = errno;
  if (file >= 0) ::close(file);
  if (reason == EWOULDBLOCK)
    return Error{ErrorKind::kConflict, dir.string() + " is in use by another process of winnow", ""};
  return Error{ErrorKind::kUnavailable,
               "cannot lock " + path.string() + ": " + std::generic_category().message(reason), ""};
}

Result<DataLock> DataLock::shared(const std::filesystem::path& dir) {
  return take(dir, LOCK_SH);
}
Result<DataLock> DataLock::alone(const std::filesystem::path& dir) {
  return take(dir, LOCK_EX);
}

DataLock::DataLock(DataLock&& other) noexcept : file_(other.file_) {
  other.file_ = -1;
}

DataLock::~DataLock() {
  if (file_ >= 0) ::close(file_);
}

}  // namespace winnow
