// HouseRules: what administrators set beside model and rules, as it is in force: the allow and block lists,
// and the rules that are switched off. Kept by the store, so that all processes have the same.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include "classifier/lists/lists.h"
#include "classifier/rules/rule.h"
#include "service/store/store.h"

namespace winnow {

// Thread rule: all methods may be called from any thread.
class HouseRules {
 public:
  // `store` outlives it.
  HouseRules(Store& store, std::function<UnixMillis()> now);
  // Stops the thread and stores what was counted.
  ~HouseRules();

  // Takes what the store has by now, where it has changed; in force when this returns. Fails as the store
  // does; then what was in force stays.
  Result<void> catch_up();
  // catch_up(), and then twice a second in a thread of its own, so that what other processes change is in
  // force within a second. Fails as catch_up().
  Result<void> start();

  // Who judges keeps what it got. Never null.
  std::shared_ptr<const Lists> lists() const;
  std::shared_ptr<const RulesOff> rules_off() const;

  // A check was on these entries: it counts for the one that decided. Stored every few seconds; what is not
  // stored yet is lost if the process is killed.
  void count(const ListMatches& matches);
  void store_counts();

 private:
  void look_until_stopped();

  Store& store_;
  const std::function<UnixMillis()> now_;

  std::mutex reading_;             // held by whoever reads the store; taken before mutex_
  HouseRevision seen_ = {-1, -1};  // guarded by reading_
  mutable std::mutex mutex_;       // guards what follows
  std::shared_ptr<const Lists> lists_ = std::make_shared<const Lists>();
  std::shared_ptr<const RulesOff> off_ = std::make_shared<const RulesOff>();
  std::map<std::int64_t, std::int64_t> hits_;  // by id, not stored yet
  bool stopping_ = false;
  std::condition_variable stopped_;
  std::thread thread_;
};

}  // namespace winnow
