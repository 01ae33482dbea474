// CheckTimes: how long the last checks took, from reading their head to having their answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

namespace winnow::http {

// Thread rule: all methods from any thread.
class CheckTimes {
 public:
  static constexpr std::size_t kMost = 10'000;

  struct Summary {  // milliseconds; 0 where there was no check
    double p50 = 0;
    double p95 = 0;
    double p99 = 0;
    std::size_t checks = 0;  // at most kMost
  };

  void add(std::int64_t micros);
  Summary summary() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::int64_t> micros_;  // guarded by mutex_, as is next_
  std::size_t next_ = 0;              // the oldest of a full ring
};

}  // namespace winnow::http
