#include "service/store/thread_priority.h"

#include <doctest/doctest.h>

#include <thread>

namespace winnow::test {
namespace {

int own_priority() {
  return ::getpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()));
}

TEST_CASE("the priority is the calling thread's alone") {
  const int others = own_priority();
  int last = 0, lifted = 0;
  std::thread([&] {
    set_priority_of_this_thread(ThreadPriority::kLast);
    last = own_priority();
    set_priority_of_this_thread(ThreadPriority::kFirst);  // which may not be allowed
    lifted = own_priority();
  }).join();
  CHECK(last == 19);
  CHECK((lifted == -10 || lifted == 19));
  CHECK(own_priority() == others);
}

}  // namespace
}  // namespace winnow::test
