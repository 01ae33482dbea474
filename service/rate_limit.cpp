#include "service/rate_limit.h"

#include <algorithm>
#include <cmath>

namespace winnow {

// A clock that was put back counts from where it is now.
RateLimit::Bucket& RateLimit::fill(std::string_view name, UnixMillis now) {
  Bucket& bucket = buckets_.get(name, {size_, now});
  const auto passed = static_cast<double>(std::max<UnixMillis>(now - bucket.at, 0));
  bucket.tokens = std::min(size_, bucket.tokens + per_second_ * passed / 1000);
  bucket.at = now;
  return bucket;
}

std::int64_t RateLimit::wait_of(const Bucket& bucket, double count) const {
  // A millionth is what sums of fractions may be off by.
  constexpr double kDust = 1e-6;
  const double missing = std::min(count, size_) - bucket.tokens;
  if (missing <= kDust) return 0;
  return std::max<std::int64_t>(1,
                                static_cast<std::int64_t>(std::ceil(missing * 1000 / per_second_ - kDust)));
}

std::int64_t RateLimit::take(std::string_view name, double count, UnixMillis now) {
  if (per_second_ <= 0) return 0;
  const std::lock_guard lock(mutex_);
  Bucket& bucket = fill(name, now);
  const std::int64_t wait = wait_of(bucket, count);
  if (wait == 0) bucket.tokens -= count;
  return wait;
}

std::int64_t RateLimit::wait(std::string_view name, double count, UnixMillis now) {
  if (per_second_ <= 0) return 0;
  const std::lock_guard lock(mutex_);
  return wait_of(fill(name, now), count);
}

void RateLimit::charge(std::string_view name, double count, UnixMillis now) {
  if (per_second_ <= 0) return;
  const std::lock_guard lock(mutex_);
  fill(name, now).tokens -= count;
}

std::size_t RateLimit::size() const {
  const std::lock_guard lock(mutex_);
  return buckets_.size();
}

}  // namespace winnow
