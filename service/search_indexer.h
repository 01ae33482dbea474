// SearchIndexer: keeps search and the counts by day in step with the verdicts that are stored, whoever stores
// them. A database of an older winnow is indexed so, too, while all else goes on.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "service/store/search.h"

namespace winnow {

// Indexes what is new, if it is little enough to wait for. True if there is more, which takes its time. Fails
// as the store does.
Result<bool> is_index_behind(Store& store);

// Thread rule: all methods from any thread.
class SearchIndexer {
 public:
  // `store` outlives it.
  explicit SearchIndexer(Store& store) : store_(store) {}
  ~SearchIndexer() { stop(); }

  // Looks every second, on a thread of its own, until stop(). Where much is to be done it rests as long as it
  // works, so that checks are stored meanwhile; while very many are, it takes small steps, and falls behind
  // until there are fewer.
  void start();
  void stop();

 private:
  void work_until_stopped();
  bool rests_till_stopped(std::chrono::milliseconds pause);
  void index_all();

  Store& store_;
  std::mutex mutex_;
  std::condition_variable stopped_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace winnow
