#include "service/throttle.h"

#include <algorithm>

#include "classifier/network.h"

namespace winnow {
namespace {

constexpr int kFree = 5;
constexpr UnixMillis kForgotten = 15 * 60'000;  // after so long without a wrong try
constexpr UnixMillis kFirstWait = 30'000;
constexpr UnixMillis kLongestWait = 15 * 60'000;
constexpr int kMostDoublings = 5;  // beyond that the wait is the longest

}  // namespace

std::string throttle_key_of_address(std::string_view address) {
  const std::optional<IpAddress> parsed = IpAddress::parse(address);
  if (!parsed) return "net";
  return "net " + parsed->prefix(parsed->is_ipv4() ? 96 + 24 : 64).text();
}

std::int64_t Throttle::begin(const std::vector<std::string>& keys, UnixMillis now) {
  const std::lock_guard lock(mutex_);
  UnixMillis until = 0;
  for (const std::string& key : keys)
    if (const auto found = by_key_.find(key); found != by_key_.end())
      until = std::max(until, found->second->until);
  if (until > now) return (until - now + 999) / 1000;
  for (const std::string& key : keys) add_wrong(key, now);
  return 0;
}

void Throttle::add_wrong(const std::string& key, UnixMillis now) {
  Count count{key, 0, 0, 0};
  if (const auto found = by_key_.find(key); found != by_key_.end()) {
    count = *found->second;
    const auto old = found->second;
    by_key_.erase(found);
    counts_.erase(old);
  }
  if (now - std::max(count.last, count.until) > kForgotten) count.wrong = 0;
  ++count.wrong;
  count.last = now;
  if (count.wrong >= kFree)
    count.until = now + std::min(kFirstWait << std::min(count.wrong - kFree, kMostDoublings), kLongestWait);
  counts_.push_front(std::move(count));
  by_key_[counts_.front().key] = counts_.begin();
  if (counts_.size() <= most_) return;
  by_key_.erase(counts_.back().key);
  counts_.pop_back();
}

void Throttle::take_back(const std::vector<std::string>& keys) {
  const std::lock_guard lock(mutex_);
  for (const std::string& key : keys) {
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) continue;
    Count& count = *found->second;
    if (count.wrong > 0) --count.wrong;
    count.until = 0;  // it was over when the try began
  }
}

void Throttle::forget(const std::string& key) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return;
  const auto old = found->second;
  by_key_.erase(found);
  counts_.erase(old);
}

std::size_t Throttle::size() const {
  const std::lock_guard lock(mutex_);
  return counts_.size();
}

}  // namespace winnow
