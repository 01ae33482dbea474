#include "service/http/work_queue.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

namespace winnow::http {
namespace {

using Queue = WorkQueue<int>;
using std::chrono::milliseconds;

const Queue::Clock::time_point kStart = Queue::Clock::now();

TEST_CASE("first in, first out; what is urgent goes first and has room of its own") {
  Queue queue(2, 100);
  CHECK(queue.push(1));
  CHECK(queue.push(2));
  CHECK_FALSE(queue.push(3));
  for (std::size_t i = 0; i < Queue::kUrgentRoom; ++i) CHECK(queue.push(10, true));
  CHECK_FALSE(queue.push(11, true));  // it has to stand behind the others, and they are too many
  CHECK(queue.size() == 2 + Queue::kUrgentRoom);
  for (std::size_t i = 0; i < Queue::kUrgentRoom; ++i) CHECK(queue.pop() == 10);
  CHECK(queue.pop() == 1);
  CHECK(queue.push(4));
  CHECK(queue.pop() == 2);
  CHECK(queue.pop() == 4);
}

TEST_CASE("a burst may wait longer than a queue that does not get empty") {
  Queue queue(100, 100);
  CHECK_FALSE(queue.next_look());
  queue.push(1, false, kStart);
  CHECK(queue.next_look() == kStart + kBurstWait);
  CHECK(queue.overdue(kStart + kBurstWait - milliseconds(1)).empty());
  // It has been waited for as long as the queue was not empty.
  const auto later = kStart + kBurstWait - milliseconds(50);
  queue.push(2, false, later);
  CHECK(queue.overdue(kStart + kBurstWait) == std::vector<int>{1});
  CHECK(queue.next_look() == later + kStandingWait);
  CHECK(queue.overdue(later + kStandingWait - milliseconds(1)).empty());
  CHECK(queue.overdue(later + kStandingWait) == std::vector<int>{2});
  // Empty again: the next is a burst.
  const auto much_later = kStart + milliseconds(10000);
  queue.push(3, false, much_later);
  CHECK(queue.overdue(much_later + kStandingWait).empty());
  CHECK(queue.next_look() == much_later + kBurstWait);
}

TEST_CASE("what a standing queue would take too late is refused as it comes") {
  Queue queue(1000, 100);
  // Nothing is taken for longer than a burst lasts, so the gap between two that are taken is long.
  queue.push(0, false, Queue::Clock::now() - kBurstWait);
  queue.push(1, false, Queue::Clock::now() - kBurstWait);
  CHECK(queue.pop() == 0);
  std::this_thread::sleep_for(milliseconds(20));
  CHECK(queue.pop() == 1);  // the average is a sixteenth of these milliseconds now
  queue.push(2, false, Queue::Clock::now() - kBurstWait);
  int taken = 1;
  while (taken < 1000 && queue.push(3)) ++taken;
  CHECK(taken < 1000);
  CHECK(queue.push(4, true));  // what is urgent is taken all the same
}

TEST_CASE("one more worker is to be woken where something has waited while the others were awake") {
  Queue queue(10, 3, 1);
  std::atomic<int> taken = 0;
  std::mutex slow;
  std::unique_lock hold(slow);
  std::vector<std::thread> workers;
  for (int i = 0; i < 3; ++i)
    workers.emplace_back([&] {
      while (queue.pop()) {
        ++taken;
        const std::lock_guard wait(slow);
      }
    });
  const auto reaches = [&taken](int count) {
    for (int i = 0; i < 2000 && taken < count; ++i) std::this_thread::sleep_for(milliseconds(1));
    return taken == count;
  };
  for (int woken = 1; woken <= 3; ++woken) {
    queue.push(woken);
    for (int i = 0; i < 2000 && woken > 1 && taken < woken; ++i) {
      std::this_thread::sleep_for(kSlowWorkers);
      queue.look_after();
    }
    CHECK(reaches(woken));
  }
  hold.unlock();
  queue.close();
  for (std::thread& worker : workers) worker.join();
}

TEST_CASE("who fell asleep last is woken first") {
  Queue queue(10, 3, 1);
  std::atomic<int> started = 0, done = 0;
  std::vector<int> taken(3);
  std::vector<std::thread> workers;
  for (std::size_t i = 0; i < taken.size(); ++i)
    workers.emplace_back([&, i] {
      ++started;
      while (queue.pop()) {
        ++taken[i];
        queue.done();
        ++done;
      }
    });
  while (started < 3) std::this_thread::sleep_for(milliseconds(1));
  std::this_thread::sleep_for(milliseconds(100));  // until all three sleep
  constexpr int kItems = 100;
  for (int i = 0; i < kItems; ++i) {
    queue.push(i);
    while (done <= i) std::this_thread::yield();
  }
  queue.close();
  for (std::thread& worker : workers) worker.join();
  CHECK(std::ranges::max(taken) == kItems);
}

TEST_CASE("a worker waits while as many as may be awake are quick") {
  bool has_waited = false;  // a machine that is busy may make any of them slow
  for (int i = 0; i < 50 && !has_waited; ++i) {
    Queue queue(10, 2, 1);
    queue.push(1);
    queue.push(2);
    std::atomic<bool> may_go = false, is_taken = false;
    std::thread other([&] {
      while (!may_go) std::this_thread::yield();
      CHECK(queue.pop() == 2);
      is_taken = true;
    });
    CHECK(queue.pop() == 1);
    may_go = true;
    std::this_thread::sleep_for(milliseconds(20));
    has_waited = !is_taken;
    for (int look = 0; look < 2000 && !is_taken; ++look) {
      queue.look_after();
      std::this_thread::sleep_for(kSlowWorkers);
    }
    CHECK(is_taken);
    other.join();
  }
  CHECK(has_waited);
}

TEST_CASE("no more are taken at once than there are workers, whoever deals with them") {
  Queue queue(10, 2);
  for (int i = 0; i < 3; ++i) queue.push(i);
  CHECK(queue.pop() == 0);
  CHECK(queue.pop() == 1);
  std::atomic<bool> is_taken = false;
  std::thread worker([&] {
    CHECK(queue.pop() == 2);
    is_taken = true;
  });
  std::this_thread::sleep_for(milliseconds(20));
  CHECK_FALSE(is_taken);
  queue.done();
  worker.join();
  CHECK(is_taken);
}

TEST_CASE("once closed it gives what is left, and then nothing, to all who wait") {
  Queue queue(10, 100);
  queue.push(1);
  queue.close();
  CHECK(queue.pop() == 1);
  CHECK_FALSE(queue.pop());
  Queue waited_for(10, 4);
  std::vector<std::thread> threads;
  std::atomic<int> ended = 0, sum = 0;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      while (const auto item = waited_for.pop()) {
        sum += *item;
        waited_for.done();
      }
      ++ended;
    });
  for (int i = 1; i <= 10; ++i) CHECK(waited_for.push(i));
  waited_for.close();
  for (std::thread& thread : threads) thread.join();
  CHECK(ended == 4);
  CHECK(sum == 55);
}

}  // namespace
}  // namespace winnow::http
