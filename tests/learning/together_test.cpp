// Checks, reports and withdrawals at the same time: nobody waits for ever, nothing is lost, and what is in
// force at the end is what the log says.
#include <doctest/doctest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "service/learning.h"
#include "tests/learning/log.h"

namespace winnow::learning_test {
namespace {

TEST_CASE("checks go on while reports come in and are withdrawn, and the memory ends as the log says") {
  constexpr unsigned kReports = 240;
  Log log;
  Learning learning(*log.store, {}, log.directory / "memory.snapshot", engine_of);
  must(learning.start());
  std::atomic<bool> ending = false;
  std::atomic<long> judged = 0;
  std::vector<std::thread> checks;
  for (int i = 0; i < 3; ++i)
    checks.emplace_back([&, i] {
      const Comment comment = log.event(static_cast<unsigned>(i)).comment;
      while (!ending) {
        const Learning::View view = learning.of(log.sites[static_cast<std::size_t>(i)]);
        judged += shipped_engine().judge(comment, view).signals.empty() ? 0 : 1;
      }
    });
  std::vector<std::thread> reports;
  for (unsigned part = 0; part < 2; ++part)
    reports.emplace_back([&, part] {
      for (unsigned number = part; number < kReports; number += 2) {
        must(log.store->put_feedback(log.event(number)));
        must(learning.catch_up());
        if (number % 40 == part) {
          must(log.store->withdraw_feedback(id_of(number), {1, 0, "ann"}));
          must(learning.catch_up());
        }
      }
    });
  for (std::thread& thread : reports) thread.join();
  ending = true;
  for (std::thread& thread : checks) thread.join();
  CHECK(judged > 0);

  const auto hash = [](const Memory& memory) { return memory.hash(); };
  must(learning.catch_up());
  Learning anew(*log.store, {}, "", engine_of);
  must(anew.load());
  CHECK(learning.with_memory(hash) == anew.with_memory(hash));
}

}  // namespace
}  // namespace winnow::learning_test
