// Writer: the one thread that writes. It commits the work of many callers together: while one commit waits
// for the disk, what comes in is queued, and becomes the next transaction, half a millisecond to one after
// the last began. Another thread tells the callers meanwhile.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "classifier/result.h"
#include "service/store/sqlite/checkpointer.h"
#include "service/store/sqlite/connection.h"
#include "service/store/sqlite/phrases.h"

namespace winnow::sqlite {

// Thread rule: run() from any thread.
class Writer {
 public:
  // What a caller wants written. Called once, on the writer's thread; an Error or an exception undoes what it
  // wrote.
  using Work = std::function<Result<void>(Connection&, Phrases&)>;
  // Work that writes the same when it is called again is done beside its like without a savepoint of its own,
  // which costs a copy of every page that it writes to; if one of them fails, they are undone and each is
  // called again by itself.
  enum class Calls { kOnce, kAgainIfUndone };

  // `checkpointer`: another connection, for writing the log back.
  Writer(std::unique_ptr<Connection> connection, std::unique_ptr<Connection> checkpointer);
  // Does what is queued, then ends.
  ~Writer();

  // Called when the work is on disk, or failed; once, on a thread of the writer's, or before start() returns.
  using Done = std::function<void(const Result<void>&)>;

  // Queues the work. Work of others that fails does not spoil it; a commit that fails does. `patience`: how
  // long at most until the work begins; beyond it (looked at every kLook) kUnavailable, and the work is never
  // done. While the database is found busy for longer than that, at once.
  using Patience = std::optional<std::chrono::milliseconds>;
  void start(Work work, Patience patience, Done done, Calls calls = Calls::kOnce);
  // Waits for it.
  Result<void> run(Work work, Patience patience = {}, Calls calls = Calls::kOnce);

  static constexpr std::chrono::milliseconds kLook{100};

 private:
  using Clock = std::chrono::steady_clock;
  struct Job {
    Work work;
    Done done;
    Clock::time_point give_up_at;
    Calls calls;
    Result<void> outcome;
  };

  void work_until_ended();
  void tell_until_ended();
  void give_up_impatient(Clock::time_point now);
  void commit_together(std::vector<Job>& jobs);
  void begin();
  Result<void> run_all(std::span<Job> jobs);
  Result<void> run_in_savepoint(const Work& work);
  void roll_back();

  Checkpointer checkpointer_;
  std::unique_ptr<Connection> connection_;  // used by thread_ alone
  Phrases phrases_;                         // used by thread_ alone
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Job> queue_;                          // guarded by mutex_, as is what follows
  std::optional<Clock::time_point> blocked_since_;  // a transaction waits to begin
  bool ending_ = false;
  std::condition_variable done_;  // there is something in finished_, or no more will come, for teller_
  std::vector<Job> finished_;
  bool all_done_ = false;
  std::thread thread_;  // last, as the next: they use all of the above
  std::thread teller_;  // tells what is finished, and gives up what nobody has patience for any more
};

}  // namespace winnow::sqlite
