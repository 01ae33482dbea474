// KeyUses: when keys were used last. Kept in memory and stored once a minute, all together, so that no check
// waits for it.
#pragma once

#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

#include "service/store/store.h"

namespace winnow {

// Thread rule: all methods from any thread.
class KeyUses {
 public:
  // `store` outlives it.
  explicit KeyUses(Store& store) : store_(store) {}
  // Stores what is not stored yet.
  ~KeyUses();

  void note(KeyId key, UnixMillis now);
  // Calls store_now() every minute, in a thread of its own. What is not stored when the process is killed is
  // forgotten.
  void start();
  // What the store cannot take now is kept for the next time.
  void store_now();

 private:
  void store_until_stopped();

  Store& store_;
  std::mutex mutex_;
  std::map<KeyId, UnixMillis> used_;  // since it was stored; guarded by mutex_
  bool stopping_ = false;             // guarded by mutex_
  std::condition_variable stopped_;
  std::thread thread_;
};

}  // namespace winnow
