// Forgetting: a log with a withdrawn report makes the same memory as one in which it was never made.
#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "service/learning.h"
#include "service/store/sqlite/sqlite_store.h"
#include "tests/learning/log.h"

namespace winnow::learning_test {
namespace {

TEST_CASE("whichever report is withdrawn, the memory is that of a log without it") {
  constexpr unsigned kReports = 60;
  for (unsigned without = 0; without < kReports; without += 7) {
    CAPTURE(without);
    Log withdrawn, never;
    withdrawn.put_all(0, kReports);
    never.put_all(0, without);
    never.put_all(without + 1, kReports);
    Learning one(*withdrawn.store, {}, "", engine_of), other(*never.store, {}, "", engine_of);
    must(one.load());
    must(other.load());
    const auto hash = [](const Memory& memory) { return memory.hash(); };
    CHECK(one.with_memory(hash) != other.with_memory(hash));
    must(withdrawn.store->withdraw_feedback(id_of(without), {1, 0, "ann"}));
    must(one.catch_up());
    CHECK(one.with_memory(hash) == other.with_memory(hash));
  }
}

TEST_CASE("folded at once, bit by bit or from a snapshot: the same memory") {
  Log log;
  const std::filesystem::path snapshot = log.directory / "memory.snapshot";
  const auto hash = [](const Memory& memory) { return memory.hash(); };
  Learning bit_by_bit(*log.store, {}, "", engine_of);
  must(bit_by_bit.load());
  for (unsigned number = 0; number < 2100; number += 100) {
    log.put_all(number, number + 100);
    must(bit_by_bit.catch_up());
  }
  Learning at_once(*log.store, {}, "", engine_of);
  must(at_once.load());
  CHECK(at_once.with_memory(hash) == bit_by_bit.with_memory(hash));
  {
    Learning writes(*log.store, {}, snapshot, engine_of);
    must(writes.start());
  }
  REQUIRE(std::filesystem::exists(snapshot));
  log.put(2100);
  must(at_once.catch_up());
  Learning reads(*log.store, {}, snapshot, engine_of);
  must(reads.start());
  CHECK(reads.with_memory(hash) == at_once.with_memory(hash));
}

TEST_CASE("a snapshot that is damaged, or of another log, is passed over") {
  Log log;
  const std::filesystem::path snapshot = log.directory / "memory.snapshot";
  log.put_all(0, 2000);
  {
    Learning writes(*log.store, {}, snapshot, engine_of);
    must(writes.start());
  }
  const auto hash = [](const Memory& memory) { return memory.hash(); };
  Learning plain(*log.store, {}, "", engine_of);
  must(plain.load());
  const std::string whole = must(read_file(snapshot));
  for (const std::size_t cut :
       {std::size_t{0}, std::size_t{5}, std::size_t{40}, whole.size() / 2, whole.size() - 1}) {
    CAPTURE(cut);
    must(write_durably(snapshot, whole.substr(0, cut)));
    Learning reads(*log.store, {}, snapshot, engine_of);
    must(reads.start());
    CHECK(reads.with_memory(hash) == plain.with_memory(hash));
  }
  std::string flipped = whole;
  flipped[flipped.size() / 2] = static_cast<char>(flipped[flipped.size() / 2] ^ 1);
  must(write_durably(snapshot, flipped));
  {
    Learning damaged(*log.store, {}, snapshot, engine_of);
    must(damaged.start());
    CHECK(damaged.with_memory(hash) == plain.with_memory(hash));
  }

  must(write_durably(snapshot, whole));
  Log other;
  other.put_all(5000, 7500);
  Learning foreign(*other.store, {}, snapshot, engine_of), own(*other.store, {}, "", engine_of);
  must(foreign.start());
  must(own.load());
  CHECK(foreign.with_memory(hash) == own.with_memory(hash));
}

TEST_CASE("a long log is folded anew in the background, and judged by the old memory till then") {
  constexpr unsigned kReports = 5200;  // more than are folded while one waits
  Log log, never;
  log.put_all(0, kReports);
  never.put_all(0, 100);
  never.put_all(101, kReports);
  const auto hash = [](const Memory& memory) { return memory.hash(); };
  Learning expected(*never.store, {}, "", engine_of);
  must(expected.load());
  const std::uint64_t wanted = expected.with_memory(hash);

  Learning learning(*log.store, {}, log.directory / "memory.snapshot", engine_of);
  must(learning.start());
  must(log.store->withdraw_feedback(id_of(100), {1, 0, "ann"}));
  must(learning.catch_up());
  std::uint64_t found = 0;
  for (int i = 0; i < 1200 && found != wanted; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    found = learning.with_memory(hash);
  }
  CHECK(found == wanted);
  CHECK(std::filesystem::exists(log.directory / "memory.snapshot"));
}

}  // namespace
}  // namespace winnow::learning_test
