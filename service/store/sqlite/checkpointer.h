// Checkpointer: writes the write-ahead log back into the database while others read and write, so that no
// commit has to wait for it.
#pragma once

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "service/store/sqlite/connection.h"

namespace winnow::sqlite {

// From so many pages on the log is written back; beyond the second number writers wait, shortly, until its
// last pages are written, too, for only then can it begin anew.
inline constexpr int kLogPages = 4000;
inline constexpr int kMostLogPages = 8000;

// Thread rule: grown() from any thread.
class Checkpointer {
 public:
  // A connection of its own.
  explicit Checkpointer(std::unique_ptr<Connection> connection);
  ~Checkpointer();

  // The log has so many pages now. Returns at once.
  void grown(int pages);

 private:
  void work_until_ended();
  bool write_back();

  std::unique_ptr<Connection> connection_;  // used by thread_ alone
  std::mutex mutex_;
  std::condition_variable changed_;
  int pages_ = 0;        // guarded by mutex_
  bool ending_ = false;  // likewise
  std::thread thread_;   // last: it uses all of the above
};

}  // namespace winnow::sqlite
