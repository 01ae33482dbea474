// Writer: the one thread that writes. It commits the work of many callers together: while one commit waits
// for the disk, what comes in is queued, and becomes the next transaction.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "classifier/result.h"
#include "service/store/sqlite/connection.h"
#include "service/store/sqlite/phrases.h"

namespace winnow::sqlite {

// Thread rule: run() from any thread.
class Writer {
 public:
  // What a caller wants written. Called once, on the writer's thread; an Error or an exception undoes what it
  // wrote.
  using Work = std::function<Result<void>(Connection&, Phrases&)>;

  explicit Writer(std::unique_ptr<Connection> connection);
  // Does what is queued, then ends.
  ~Writer();

  // Returns when the work is on disk, or failed. Work of others that fails does not spoil it; a commit that
  // fails does. `patience`: how long at most until the work begins; beyond it kUnavailable, and the work is
  // never done. While the database is found busy for longer than that, at once.
  using Patience = std::optional<std::chrono::milliseconds>;
  Result<void> run(Work work, Patience patience = {});

 private:
  struct Job {
    enum State { kWaiting, kBegun, kGivenUp };
    Work work;
    std::atomic<State> state = kWaiting;  // whoever changes it from kWaiting decides
    std::promise<Result<void>> promise;
    Result<void> outcome;
  };
  using Clock = std::chrono::steady_clock;

  void work_until_ended();
  void commit_together(const std::vector<std::shared_ptr<Job>>& jobs);
  void begin();
  bool is_stuck(std::chrono::milliseconds patience);
  Result<void> run_in_savepoint(const Work& work);
  void roll_back();

  std::unique_ptr<Connection> connection_;  // used by thread_ alone
  Phrases phrases_;                         // used by thread_ alone
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::shared_ptr<Job>> queue_;         // guarded by mutex_
  std::optional<Clock::time_point> blocked_since_;  // guarded by mutex_; a transaction waits to begin
  bool ending_ = false;                             // guarded by mutex_
  std::thread thread_;                              // last: it uses all of the above
};

}  // namespace winnow::sqlite
