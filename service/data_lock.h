// DataLock: who uses a data directory. Any number of processes that serve from it hold it shared; what
// replaces its files holds it alone.
#pragma once

#include <filesystem>

#include "classifier/result.h"

namespace winnow {

// Held until the end of its life, or of the process. Thread rule: one thread.
class DataLock {
 public:
  // On DIR/lock, which is made. kConflict if it is held otherwise, kUnavailable if the file cannot be made.
  static Result<DataLock> shared(const std::filesystem::path& dir);
  static Result<DataLock> alone(const std::filesystem::path& dir);

  DataLock(DataLock&& other) noexcept;
  DataLock& operator=(DataLock&&) = delete;
  ~DataLock();

 private:
  explicit DataLock(int file) : file_(file) {}
  static Result<DataLock> take(const std::filesystem::path& dir, int how);

  int file_;
};

}  // namespace winnow
