// Throttle: who guesses must wait. Five wrong tries within a quarter of an hour are free, then each wrong one
// doubles the time until the next is looked at, from 30 seconds to a quarter of an hour.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "service/store/store.h"

namespace winnow {

// What a try from this address counts under: "net " and its /24 (IPv4) or /64 (IPv6).
std::string throttle_key_of_address(std::string_view address);

// Counts under several keys at once, as a name and a network. Keeps the newest `most` keys; what it kept of
// older ones is forgotten.
// Thread rule: from any thread.
class Throttle {
 public:
  explicit Throttle(std::size_t most = 10'000) : most_(most) {}

  // Seconds until a try under these keys is looked at; 0: now, and it counts as a wrong one until it is told
  // otherwise, so that many at once do not slip through.
  std::int64_t begin(const std::vector<std::string>& keys, UnixMillis now);

  // The try was neither right nor wrong: it does not count.
  void take_back(const std::vector<std::string>& keys);

  // The try was right: all tries under this key are forgotten.
  void forget(const std::string& key);

  std::size_t size() const;

 private:
  struct Count {
    std::string key;
    int wrong = 0;
    UnixMillis last = 0;
    UnixMillis until = 0;  // before that nothing is looked at
  };
  // Newest first.
  using Counts = std::list<Count>;

  void add_wrong(const std::string& key, UnixMillis now);

  const std::size_t most_;
  mutable std::mutex mutex_;
  Counts counts_;                                                  // guarded by mutex_
  std::unordered_map<std::string_view, Counts::iterator> by_key_;  // of counts_; guarded by mutex_
};

}  // namespace winnow
