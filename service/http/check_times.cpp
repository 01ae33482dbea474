#include "service/http/check_times.h"

#include <algorithm>
#include <cmath>

namespace winnow::http {
namespace {

// Nearest rank.
double millis_at(const std::vector<std::int64_t>& sorted, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return static_cast<double>(sorted[std::max<std::size_t>(rank, 1) - 1]) / 1000;
}

}  // namespace

void CheckTimes::add(std::int64_t micros) {
  const std::lock_guard lock(mutex_);
  if (micros_.size() < kMost) {
    micros_.push_back(micros);
    return;
  }
  micros_[next_] = micros;
  next_ = (next_ + 1) % kMost;
}

CheckTimes::Summary CheckTimes::summary() const {
  std::vector<std::int64_t> sorted;
  {
    const std::lock_guard lock(mutex_);
    sorted = micros_;
  }
  if (sorted.empty()) return {};
  std::ranges::sort(sorted);
  return {millis_at(sorted, 0.5), millis_at(sorted, 0.95), millis_at(sorted, 0.99), sorted.size()};
}

}  // namespace winnow::http
