// RateLimit: token buckets. Into the bucket of each name flow so many tokens a second, up to its size; who
// takes one that is not there must wait.
#pragma once

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string_view>

#include "service/recency_map.h"
#include "service/store/store.h"

namespace winnow {

// Thread rule: from any thread.
class RateLimit {
 public:
  // `per_second`: 0 for no limit. `size`: tokens of a full bucket, 1 or more. Keeps the buckets of the `most`
  // names asked for last; one that is forgotten is full when its name comes again.
  RateLimit(double per_second, double size, std::size_t most = 100'000)
      : per_second_(per_second), size_(size), buckets_(most) {}

  // Takes `count` tokens, and gives 0; or, if they are not there, takes none, and gives the milliseconds
  // until they are. More than a full bucket holds are given when it is full, and leave a debt.
  std::int64_t take(std::string_view name, double count, UnixMillis now);

  // What take() would give, and nothing is taken.
  std::int64_t wait(std::string_view name, double count, UnixMillis now);
  // Takes them, whether they are there or not.
  void charge(std::string_view name, double count, UnixMillis now);

  std::size_t size() const;

 private:
  struct Bucket {
    double tokens = 0;
    UnixMillis at = 0;  // when it had so many
  };

  Bucket& fill(std::string_view name, UnixMillis now);
  std::int64_t wait_of(const Bucket& bucket, double count) const;

  const double per_second_;
  const double size_;
  mutable std::mutex mutex_;
  RecencyMap<Bucket> buckets_;  // guarded by mutex_
};

}  // namespace winnow
