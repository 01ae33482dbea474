// Checkpointer: writes the write-ahead log back into the database while others read and write, so that no
// commit has to wait for it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "service/store/sqlite/connection.h"

namespace winnow::sqlite {

// From so many pages on the log is written back. It can begin anew only when its last page is, too; under
// load that never is, for commits go on. Beyond the second number the writer therefore writes the few that
// are left between two transactions, and beyond the third all who write wait.
inline constexpr int kLogPages = 4000;
inline constexpr int kLongLogPages = 8000;
inline constexpr int kMostLogPages = 16000;

// Thread rule: grown() and write_rest() from any thread.
class Checkpointer {
 public:
  // A connection of its own.
  explicit Checkpointer(std::unique_ptr<Connection> connection);
  ~Checkpointer();

  // The log has so many pages now. Returns at once.
  void grown(int pages);

  // Writes the last pages of a long log through `writer`, which is in no transaction, if the others are
  // written.
  void write_rest(Connection& writer);

 private:
  void work_until_ended();
  bool write_back();

  std::unique_ptr<Connection> connection_;  // used by thread_ alone
  std::mutex mutex_;
  std::condition_variable changed_;
  int pages_ = 0;        // guarded by mutex_
  bool ending_ = false;  // likewise
  std::atomic<bool> rest_is_left_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace winnow::sqlite
