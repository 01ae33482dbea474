#include "service/http/work_queue.h"

#include <doctest/doctest.h>

#include <thread>

namespace winnow::http {
namespace {

using Queue = WorkQueue<int>;
using std::chrono::milliseconds;

const Queue::Clock::time_point kStart = Queue::Clock::now();

TEST_CASE("first in, first out; what is urgent goes first and has room of its own") {
  Queue queue(2);
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
  Queue queue(100);
  CHECK_FALSE(queue.next_overdue());
  queue.push(1, false, kStart);
  CHECK(queue.next_overdue() == kStart + kBurstWait);
  CHECK(queue.overdue(kStart + kBurstWait - milliseconds(1)).empty());
  // It has been waited for as long as the queue was not empty.
  const auto later = kStart + kBurstWait - milliseconds(50);
  queue.push(2, false, later);
  CHECK(queue.overdue(kStart + kBurstWait) == std::vector<int>{1});
  CHECK(queue.next_overdue() == later + kStandingWait);
  CHECK(queue.overdue(later + kStandingWait - milliseconds(1)).empty());
  CHECK(queue.overdue(later + kStandingWait) == std::vector<int>{2});
  // Empty again: the next is a burst.
  const auto much_later = kStart + milliseconds(10000);
  queue.push(3, false, much_later);
  CHECK(queue.overdue(much_later + kStandingWait).empty());
  CHECK(queue.next_overdue() == much_later + kBurstWait);
}

TEST_CASE("once closed it gives what is left, and then nothing, to all who wait") {
  Queue queue(10);
  queue.push(1);
  queue.close();
  CHECK(queue.pop() == 1);
  CHECK_FALSE(queue.pop());
  Queue waited_for(10);
  std::vector<std::thread> threads;
  std::atomic<int> ended = 0, sum = 0;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      while (const auto item = waited_for.pop()) sum += *item;
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
