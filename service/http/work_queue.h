// WorkQueue: what waits for a worker, oldest first, bounded in number and in the time that it may wait. Where
// work comes faster than it is done, a queue makes all of it late; so one that does not get empty any more is
// kept short by giving up the oldest (controlled delay: Nichols and Jacobson, ACM Queue 10(5), 2012; with the
// two time-outs of Maurer, ACM Queue 13(8), 2015).
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace winnow::http {

// How long an item may wait: kBurstWait where the queue was empty within that time, for that is a burst or a
// hiccup, which passes; else kStandingWait.
inline constexpr std::chrono::milliseconds kBurstWait{500};
inline constexpr std::chrono::milliseconds kStandingWait{100};

// Thread rule: from any thread.
template <typename Item>
class WorkQueue {
 public:
  using Clock = std::chrono::steady_clock;

  explicit WorkQueue(std::size_t capacity) : capacity_(capacity) {}

  // False if it is full. What is `urgent` goes first, as long as no more than kUrgentRoom does.
  bool push(Item item, bool urgent = false, Clock::time_point now = Clock::now()) {
    {
      const std::lock_guard lock(mutex_);
      const bool first = urgent && urgent_.size() < kUrgentRoom;
      std::deque<Entry>& line = first ? urgent_ : waiting_;
      if (!first && line.size() >= capacity_) return false;
      if (waiting_.empty()) last_empty_ = now;
      line.push_back({std::move(item), now});
      if (idle_ == 0) return true;
    }
    arrived_.notify_one();
    return true;
  }

  // Waits for an item; nothing once the queue is closed and empty.
  std::optional<Item> pop() {
    std::unique_lock lock(mutex_);
    ++idle_;
    arrived_.wait(lock, [this] { return !waiting_.empty() || !urgent_.empty() || closed_; });
    --idle_;
    std::deque<Entry>& line = urgent_.empty() ? waiting_ : urgent_;
    if (line.empty()) return std::nullopt;
    Item item = std::move(line.front().item);
    line.pop_front();
    return item;
  }

  // Takes out, and gives, what has waited too long.
  std::vector<Item> overdue(Clock::time_point now = Clock::now()) {
    const std::lock_guard lock(mutex_);
    std::vector<Item> found;
    const bool is_burst = now - last_empty_ < kBurstWait;
    take_older(waiting_, now - (is_burst ? kBurstWait : kStandingWait), found);
    take_older(urgent_, now - kBurstWait, found);
    return found;
  }

  // When overdue() may have something next; nothing while the queue is empty.
  std::optional<Clock::time_point> next_overdue() const {
    const std::lock_guard lock(mutex_);
    std::optional<Clock::time_point> next;
    if (!waiting_.empty()) {
      const Clock::time_point since = waiting_.front().since;
      next = std::min(since + kBurstWait, std::max(since + kStandingWait, last_empty_ + kBurstWait));
    }
    if (!urgent_.empty())
      next = std::min(next.value_or(Clock::time_point::max()), urgent_.front().since + kBurstWait);
    return next;
  }

  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size() + urgent_.size();
  }

  void close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    arrived_.notify_all();
  }

  static constexpr std::size_t kUrgentRoom = 16;

 private:
  struct Entry {
    Item item;
    Clock::time_point since;
  };

  static void take_older(std::deque<Entry>& line, Clock::time_point since, std::vector<Item>& found) {
    for (; !line.empty() && line.front().since <= since; line.pop_front())
      found.push_back(std::move(line.front().item));
  }

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable arrived_;
  std::deque<Entry> waiting_;  // guarded by mutex_, as is what follows
  std::deque<Entry> urgent_;
  Clock::time_point last_empty_;  // when the queue was last seen empty
  std::size_t idle_ = 0;          // workers in pop()
  bool closed_ = false;
};

}  // namespace winnow::http
