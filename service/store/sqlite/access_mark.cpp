#include "service/store/sqlite/access_mark.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <random>
#include <string>
#include <thread>

namespace winnow::sqlite {

AccessMark::AccessMark(const std::filesystem::path& database) {
  const std::string path = database.string() + "-access";
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file_ < 0) file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (!now()) write_another();
}

AccessMark::~AccessMark() {
  if (file_ >= 0) ::close(file_);
}

std::optional<std::uint64_t> AccessMark::now() const {
  std::uint64_t mark = 0;
  if (file_ < 0 || ::pread(file_, &mark, sizeof mark, 0) != sizeof mark) return std::nullopt;
  return mark;
}

void AccessMark::change() {
  if (!write_another()) std::this_thread::sleep_for(kLongest);
}

// At random: of two who write at once neither leaves what was there before.
bool AccessMark::write_another() const {
  std::random_device random;
  const std::uint64_t mark = std::uint64_t{random()} << 32 | random();
  return file_ >= 0 && ::pwrite(file_, &mark, sizeof mark, 0) == sizeof mark;
}

}  // namespace winnow::sqlite
