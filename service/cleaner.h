// Cleaner: does what service/PRIVACY.md promises while winnowd runs: texts that had their time are deleted,
// clear addresses of an older database become pseudonyms, keys of pseudonyms are changed, and what was
// deleted goes from the files. All in small steps with rests between, so that checks are stored meanwhile;
// each run is an entry of the cleanup log.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <thread>

#include "service/concealment.h"
#include "service/config.h"
#include "service/store/store.h"

namespace winnow {

// For how long what is kept; 0: for ever.
struct Retention {
  std::int64_t days = 30;
  std::int64_t discard_days = 3;
  std::int64_t report_days = 0;
  std::int64_t rotation_days = 180;
};
Retention retention_of(const Config& config);

// Thread rule: start() and stop() from any thread; the rest from one at a time.
class Cleaner {
 public:
  // All outlive it. `data_dir`: where copies of the database lie that upgrades leave (winnow.db.before-*).
  Cleaner(Store& store, Concealment& concealment, const Retention& retention, std::filesystem::path data_dir,
          std::function<UnixMillis()> now);
  ~Cleaner() { stop(); }

  // Runs now and every hour, and scrubs when that is due, on a thread of its own until stop().
  void start();
  void stop();

  // All that is due now but the scrubbing. Fails as the store and the concealment do; what was done by then
  // stays done.
  Result<void> run();

  // What was deleted is gone from the files when this returns, and so are copies of the database from before
  // somebody was erased. Fails as Store::scrub().
  Result<void> scrub();

 private:
  Result<void> retain();
  Result<void> conceal();
  Result<void> rotate();
  Result<void> note(CleanupWhat what, std::size_t verdicts, std::size_t reports);
  Result<void> remove_copies(UnixMillis from_before) const;
  // False if it is to stop.
  bool rests(std::chrono::milliseconds pause);
  bool rests_as_long_as(std::chrono::steady_clock::time_point began);
  void work_until_stopped();

  Store& store_;
  Concealment& concealment_;
  const Retention retention_;
  const std::filesystem::path data_dir_;
  const std::function<UnixMillis()> now_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace winnow
