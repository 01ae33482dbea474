// pseudonym.keys: "winnow pseudonym keys 1", then for each key a line: its epoch, since when (milliseconds
// since 1970), 64 hex digits.
#include "service/pseudonym_keys.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <sstream>
#include <system_error>

#include "classifier/durable_file.h"
#include "classifier/model.h"
#include "service/secret.h"

namespace winnow {
namespace {

constexpr std::string_view kHeading = "winnow pseudonym keys 1";
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kKept = 2;

std::filesystem::path file_of(const std::filesystem::path& data_dir) {
  return data_dir / "pseudonym.keys";
}

Error failure(const std::filesystem::path& path, const char* what) {
  return {ErrorKind::kUnavailable,
          "cannot " + std::string(what) + " " + path.string() + ": " + std::generic_category().message(errno),
          ""};
}

// Held by whoever changes the keys; released with the descriptor, so that no process can leave it behind.
class Lock {
 public:
  explicit Lock(const std::filesystem::path& directory)
      : file_(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)) {
    while (file_ >= 0 && ::flock(file_, LOCK_EX) != 0) {
      if (errno == EINTR) continue;
      ::close(file_);
      file_ = -1;
    }
  }
  ~Lock() {
    if (file_ >= 0) ::close(file_);
  }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  bool is_held() const { return file_ >= 0; }

 private:
  int file_;
};

Result<PseudonymKeys> parse(const std::string& text, const std::filesystem::path& path) {
  const Error damaged{ErrorKind::kCorrupt, path.string() + " is damaged: it has no keys of winnow's", ""};
  std::istringstream lines(text);
  std::string line;
  if (!std::getline(lines, line) || line != kHeading) return damaged;
  PseudonymKeys keys;
  while (std::getline(lines, line)) {
    std::istringstream words(line);
    PseudonymKey key;
    std::string digits;
    if (!(words >> key.epoch >> key.since >> digits) || key.epoch == 0) return damaged;
    const std::optional<std::string> bytes = bytes_of_hex(digits);
    if (!bytes || bytes->size() != kKeyBytes) return damaged;
    key.bytes = *bytes;
    keys.push_back(std::move(key));
  }
  if (keys.empty()) return damaged;
  return keys;
}

// Writes the keys in place of `path`, and zeros over what that was.
Result<void> replace(const std::filesystem::path& path, const PseudonymKeys& keys) {
  std::string text(kHeading);
  for (const PseudonymKey& key : keys)
    text += "\n" + std::to_string(key.epoch) + " " + std::to_string(key.since) + " " + hex_of(key.bytes);
  text += "\n";
  const int old = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  Result<void> written = write_secret(path, text);
  struct stat state {};
  if (written && old >= 0 && ::fstat(old, &state) == 0) {
    const std::string zeros(static_cast<std::size_t>(state.st_size), '\0');
    if (::pwrite(old, zeros.data(), zeros.size(), 0) == static_cast<ssize_t>(zeros.size())) ::fsync(old);
  }
  if (old >= 0) ::close(old);
  return written;
}

}  // namespace

Result<PseudonymKeys> read_pseudonym_keys(const std::filesystem::path& data_dir) {
  const std::filesystem::path path = file_of(data_dir);
  std::error_code failed;
  if (!std::filesystem::exists(path, failed)) {
    if (failed) return Error{ErrorKind::kUnavailable, "cannot read " + path.string(), ""};
    return PseudonymKeys();
  }
  const Result<std::string> text = read_file(path);
  if (!text) return Error{ErrorKind::kUnavailable, "cannot read " + path.string(), ""};
  return parse(*text, path);
}

Result<PseudonymKeys> begin_epoch(const std::filesystem::path& data_dir, UnixMillis now, UnixMillis due) {
  const Lock lock(data_dir);
  if (!lock.is_held()) return failure(data_dir, "lock");
  Result<PseudonymKeys> keys = read_pseudonym_keys(data_dir);
  if (!keys || (!keys->empty() && keys->back().since >= due)) return keys;
  const std::uint32_t epoch = keys->empty() ? 1 : keys->back().epoch + 1;
  keys->push_back({epoch, now, random_bytes(kKeyBytes)});
  while (keys->size() > kKept) keys->erase(keys->begin());
  if (Result<void> written = replace(file_of(data_dir), *keys); !written) return written.error();
  return keys;
}

Pseudonym pseudonym_of(const PseudonymKey& key, Pseudonym::Of of, std::string_view name) {
  Pseudonym made{of, key.epoch, 0, ""};
  made.tag = keyed_tag(key.bytes, std::string(1, static_cast<char>(of)) + ' ' + std::string(name));
  return made;
}

}  // namespace winnow
