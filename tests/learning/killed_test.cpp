// A process that learns is killed: the next one knows what a replay of the whole log knows.
#include <doctest/doctest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "service/learning.h"
#include "service/store/sqlite/sqlite_store.h"
#include "tests/learning/log.h"

namespace winnow::learning_test {
namespace {

constexpr unsigned kInSnapshot = 2000;

// In a process of its own: reports, learns, and says after each that it is on disk; never ends by itself.
[[noreturn]] void report_until_killed(Log& log, unsigned first, int says) {
  log.store = must(SqliteStore::open(log.directory / "winnow.db"));
  Learning learning(*log.store, {}, log.directory / "memory.snapshot", engine_of);
  must(learning.start());
  for (unsigned number = first;; ++number) {
    log.put(number);
    must(learning.catch_up());
    if (::write(says, "x", 1) != 1) ::_exit(1);
  }
}

TEST_CASE("killed while it learns: no acknowledged report is lost, and the memory is that of a replay") {
  Log log;
  const std::filesystem::path snapshot = log.directory / "memory.snapshot";
  log.put_all(0, kInSnapshot);
  {
    Learning writes(*log.store, {}, snapshot, engine_of);
    must(writes.start());
  }
  REQUIRE(std::filesystem::exists(snapshot));
  log.store.reset();  // the child has the file for itself
  unsigned reported = kInSnapshot;
  for (const unsigned kill_after : {1U, 2U, 7U, 30U, 100U}) {
    int pipe[2];
    REQUIRE(::pipe(pipe) == 0);
    const pid_t child = ::fork();
    if (child == 0) report_until_killed(log, reported, pipe[1]);
    ::close(pipe[1]);
    char said = 0;
    for (unsigned acknowledged = 0; acknowledged < kill_after; ++acknowledged)
      REQUIRE(::read(pipe[0], &said, 1) == 1);
    ::kill(child, SIGKILL);
    unsigned acknowledged = kill_after;
    while (::read(pipe[0], &said, 1) == 1) ++acknowledged;
    ::close(pipe[0]);
    ::waitpid(child, nullptr, 0);

    const auto store = must(SqliteStore::open(log.directory / "winnow.db"));
    Learning continued(*store, {}, snapshot, engine_of), replayed(*store, {}, "", engine_of);
    must(continued.start());
    must(replayed.load());
    const auto hash = [](const Memory& memory) { return memory.hash(); };
    CHECK(continued.with_memory(hash) == replayed.with_memory(hash));
    for (unsigned number = reported; number < reported + acknowledged; ++number)
      CHECK(must(store->find_feedback(id_of(number))));
    reported += acknowledged;
    while (must(store->find_feedback(id_of(reported)))) ++reported;  // stored, and not yet said
  }
}

}  // namespace
}  // namespace winnow::learning_test
