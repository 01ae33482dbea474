// AccessMark: eight bytes in a file beside the database that are others whenever sites, keys or shadow models
// were changed, by whatever process. So what a check needs of them is read of the database once, not for each
// check.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>

namespace winnow::sqlite {

// Thread rule: all methods from any thread.
class AccessMark {
 public:
  // What was read longer ago is read again, whatever the mark: somebody may have changed the database without
  // knowing of it, or removed the file.
  static constexpr std::chrono::milliseconds kLongest{1000};

  // The file is made if it is missing. Where that cannot be, now() gives nothing.
  explicit AccessMark(const std::filesystem::path& database);
  ~AccessMark();
  AccessMark(const AccessMark&) = delete;
  AccessMark& operator=(const AccessMark&) = delete;

  // The mark as it stands; to be asked for before what it stands for is read. Nothing if it cannot be read:
  // then nothing that was read before may be used.
  std::optional<std::uint64_t> now() const;

  // Makes it another one: to be called when a change is on disk, before it is answered. Where the file cannot
  // be written it waits for kLongest instead, and nobody holds to what he read before either.
  void change();

 private:
  bool write_another() const;

  int file_ = -1;
};

}  // namespace winnow::sqlite
