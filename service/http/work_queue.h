// WorkQueue: what waits for a worker, oldest first, bounded in number and in the time that it may wait. Where
// work comes faster than it is done, a queue makes all of it late; so one that does not get empty any more is
// kept short: what would wait too long is refused as it comes, and the oldest are given up if that was
// guessed wrongly (controlled delay: Nichols and Jacobson, ACM Queue 10(5), 2012; with the two time-outs of
// Maurer, ACM Queue 13(8), 2015).
//
// More workers than processors make nothing quicker; more than that take items only where some take long,
// which is when they wait for something themselves. Who fell asleep last is woken first: what it needs is
// still at hand.
#pragma once

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <thread>
#include <unordered_map>
#include <vector>

namespace winnow::http {

// How long an item may wait: kBurstWait where the queue was empty within that time, for that is a burst or a
// hiccup, which passes; else kStandingWait.
inline constexpr std::chrono::milliseconds kBurstWait{500};
inline constexpr std::chrono::milliseconds kStandingWait{100};
// A worker that has its item for so long is slow, and one more is woken for what waits.
inline constexpr std::chrono::milliseconds kSlowWorkers{2};

// Thread rule: from any thread.
template <typename Item>
class WorkQueue {
 public:
  using Clock = std::chrono::steady_clock;

  // For `workers` that pop(), each a thread of its own, of which so many are `awake_at_once` where none is
  // slow.
  WorkQueue(std::size_t capacity, std::size_t workers,
            std::size_t awake_at_once = std::max<std::size_t>(2, std::thread::hardware_concurrency()))
      : capacity_(capacity), workers_(workers), awake_at_once_(awake_at_once) {}

  // False if it is full, or the item would wait for too long. What is `urgent` goes first, as long as no more
  // than kUrgentRoom does.
  bool push(Item item, bool urgent = false, Clock::time_point now = Clock::now()) {
    const std::lock_guard lock(mutex_);
    const bool first = urgent && urgent_.size() < kUrgentRoom;
    if (!first && (waiting_.size() >= capacity_ || is_too_late(now))) return false;
    if (waiting_.empty()) last_empty_ = now;
    (first ? urgent_ : waiting_).push_back({std::move(item), now});
    if (workers_ - asleep_.size() < awake_at_once_) wake_one();
    return true;
  }

  // Waits for an item, and, but for what is urgent, until fewer than `workers` are taken and not done();
  // nothing once the queue is closed and empty.
  std::optional<Item> pop() {
    std::unique_lock lock(mutex_);
    busy_.erase(std::this_thread::get_id());
    const bool at_once = may_take();
    while (!(closed_ && waiting_.empty()) && (!may_take() || quick_workers(Clock::now()) >= awake_at_once_))
      sleep(lock);
    std::deque<Entry>& line = urgent_.empty() ? waiting_ : urgent_;
    if (line.empty()) return std::nullopt;
    Item item = std::move(line.front().item);
    line.pop_front();
    if (closed_ && waiting_.empty()) wake_all();  // who waits for nothing may go
    ++taken_;
    const Clock::time_point now = Clock::now();
    busy_[std::this_thread::get_id()] = now;
    note_gap(at_once, now);
    return item;
  }

  // An item that was taken is dealt with; its worker may have gone on long before.
  void done() {
    const std::lock_guard lock(mutex_);
    const bool stood_still = !may_take();
    --taken_;
    if (stood_still && may_take()) wake_one();
  }

  // Wakes one more worker if something waits while those that are awake are slow.
  void look_after(Clock::time_point now = Clock::now()) {
    const std::lock_guard lock(mutex_);
    const std::optional<Clock::time_point> due = next_wake();
    if (!due || *due > now) return;
    woken_ = now;
    wake_one();
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

  // When overdue() or look_after() may have something to do next; nothing while the queue is empty.
  std::optional<Clock::time_point> next_look() const {
    const std::lock_guard lock(mutex_);
    const std::optional<Clock::time_point> overdue = next_overdue(), wake = next_wake();
    return overdue && wake ? std::min(*overdue, *wake) : overdue;
  }

  std::size_t size() const {
    const std::lock_guard lock(mutex_);
    return waiting_.size() + urgent_.size();
  }

  void close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    wake_all();
  }

  static constexpr std::size_t kUrgentRoom = 16;

 private:
  static constexpr int kGapsAveraged = 16;

  struct Entry {
    Item item;
    Clock::time_point since;
  };

  struct Sleeper {
    std::condition_variable alarm;
    bool is_woken = false;
  };

  // What follows is called under mutex_.

  std::size_t quick_workers(Clock::time_point now) const {
    return static_cast<std::size_t>(std::ranges::count_if(
        busy_, [now](const auto& worker) { return now - worker.second < kSlowWorkers; }));
  }

  void sleep(std::unique_lock<std::mutex>& lock) {
    Sleeper sleeper;
    // cppcheck-suppress danglingLifetime ; who wakes it takes it out
    asleep_.push_back(&sleeper);
    sleeper.alarm.wait(lock, [&] { return sleeper.is_woken; });
  }

  void wake_one() {
    if (asleep_.empty()) return;
    Sleeper& sleeper = *asleep_.back();
    asleep_.pop_back();
    sleeper.is_woken = true;
    sleeper.alarm.notify_one();
  }

  void wake_all() {
    while (!asleep_.empty()) wake_one();
  }

  bool may_take() const { return !urgent_.empty() || (!waiting_.empty() && taken_ < workers_); }

  void note_gap(bool at_once, Clock::time_point now) {
    if (at_once && last_taken_ > last_empty_) gap_ += (now - last_taken_ - gap_) / kGapsAveraged;
    last_taken_ = now;
  }

  // True while the queue does not get empty, and what comes now would not be taken in time.
  bool is_too_late(Clock::time_point now) const {
    const bool is_burst = waiting_.empty() || now - last_empty_ < kBurstWait;
    return !is_burst && gap_ * static_cast<Clock::rep>(waiting_.size()) > kStandingWait;
  }

  std::optional<Clock::time_point> next_wake() const {
    if (asleep_.empty() || !may_take()) return std::nullopt;
    Clock::time_point since = Clock::time_point::max();
    for (const std::deque<Entry>* const line : {&waiting_, &urgent_})
      if (!line->empty()) since = std::min(since, line->front().since);
    if (busy_.size() >= awake_at_once_) {  // until one of the last that took an item is slow
      std::vector<Clock::time_point> taken;
      taken.reserve(busy_.size());
      for (const auto& [worker, at] : busy_) taken.push_back(at);
      const auto last = taken.begin() + static_cast<std::ptrdiff_t>(awake_at_once_ - 1);
      std::ranges::nth_element(taken, last, std::ranges::greater());
      since = std::max(since, *last);
    }
    return std::max(since, woken_) + kSlowWorkers;
  }

  std::optional<Clock::time_point> next_overdue() const {
    std::optional<Clock::time_point> next;
    if (!waiting_.empty()) {
      const Clock::time_point since = waiting_.front().since;
      next = std::min(since + kBurstWait, std::max(since + kStandingWait, last_empty_ + kBurstWait));
    }
    if (!urgent_.empty())
      next = std::min(next.value_or(Clock::time_point::max()), urgent_.front().since + kBurstWait);
    return next;
  }

  static void take_older(std::deque<Entry>& line, Clock::time_point since, std::vector<Item>& found) {
    for (; !line.empty() && line.front().since <= since; line.pop_front())
      found.push_back(std::move(line.front().item));
  }

  const std::size_t capacity_;
  const std::size_t workers_;
  const std::size_t awake_at_once_;
  mutable std::mutex mutex_;
  std::deque<Entry> waiting_;  // guarded by mutex_, as is what follows
  std::deque<Entry> urgent_;
  Clock::time_point last_empty_;  // when the queue was last seen empty
  Clock::time_point last_taken_;
  Clock::duration gap_{};         // from one taken to the next while some wait, averaged
  Clock::time_point woken_;       // when look_after() woke a worker last
  std::vector<Sleeper*> asleep_;  // workers in pop(), who fell asleep last behind
  std::unordered_map<std::thread::id, Clock::time_point> busy_;  // workers outside of pop(), since when
  std::size_t taken_ = 0;                                        // items that were taken and are not done
  bool closed_ = false;
};

}  // namespace winnow::http
