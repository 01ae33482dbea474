#include "service/store/sqlite/access_mark.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <random>
#include <string>
#include <thread>

namespace winnow::sqlite {
namespace {

// Made by root, for a service that runs as another user: as SQLite does with its files beside the database.
void give_to_owner_of(const std::filesystem::path& database, int file) {
  struct stat owner {};
  if (file >= 0 && ::geteuid() == 0 && ::stat(database.c_str(), &owner) == 0)
    (void)!::fchown(file, owner.st_uid, owner.st_gid);  // else it is read of the database each time
}

}  // namespace

AccessMark::AccessMark(const std::filesystem::path& database) {
  const std::string path = database.string() + "-access";
  file_ = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (file_ < 0) file_ = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (now()) return;
  give_to_owner_of(database, file_);
  write_another();
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
