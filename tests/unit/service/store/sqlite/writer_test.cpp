#include "service/store/sqlite/writer.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <string>
#include <vector>

#include "tests/unit/service/store/sqlite/store_on_disk.h"

namespace winnow::test {
namespace {

using sqlite::Connection;
using sqlite::Phrases;
using sqlite::Query;
using sqlite::Writer;

class Writers {
 public:
  Writers() : store_(open_store(directory_)), writer_(connect(), connect()) {
    REQUIRE(writer_
                .run([](Connection& connection, Phrases&) -> Result<void> {
                  connection.execute("CREATE TABLE number (n INTEGER NOT NULL UNIQUE)");
                  return {};
                })
                .ok());
  }

  // Puts all of them in one transaction; for each whether it was told that it is stored.
  std::vector<bool> put_together(const std::vector<int>& numbers, Writer::Calls calls) {
    std::promise<void> first_has_begun, all_are_queued;
    std::shared_future<void> queued = all_are_queued.get_future().share();
    std::vector<std::promise<bool>> told(numbers.size());
    writer_.start(
        [&first_has_begun, queued](Connection&, Phrases&) -> Result<void> {
          first_has_begun.set_value();
          queued.wait();  // meanwhile they come, and are the next transaction
          return {};
        },
        {}, [](const Result<void>&) {});
    first_has_begun.get_future().wait();
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const auto put = [this, n = std::int64_t{numbers[i]}](Connection& connection,
                                                            Phrases&) -> Result<void> {
        ++calls_;
        Query(connection, "INSERT INTO number VALUES (?)", {n}).run();
        return {};
      };
      writer_.start(
          put, {}, [&told, i](const Result<void>& done) { told[i].set_value(done.ok()); }, calls);
    }
    all_are_queued.set_value();
    std::vector<bool> stored;
    for (std::promise<bool>& each : told) stored.push_back(each.get_future().get());
    return stored;
  }

  std::vector<int> stored() const {
    const auto connection = connect();
    std::vector<int> numbers;
    Query row(*connection, "SELECT n FROM number ORDER BY n");
    while (row.next()) numbers.push_back(static_cast<int>(row.integer(0)));
    return numbers;
  }

  int calls() const { return calls_; }

 private:
  std::unique_ptr<Connection> connect() const {
    auto connection = std::make_unique<Connection>(directory_ / "winnow.db", sqlite::Access::kReadWrite);
    connection->execute("PRAGMA synchronous = OFF");  // no time is the disk's
    return connection;
  }

  Directory directory_;
  std::shared_ptr<Store> store_;
  int calls_ = 0;  // on the writer's thread, read when it has told
  Writer writer_;
};

// Each comes behind a transaction of one work, which lets it wait for half a millisecond.
std::chrono::microseconds time_of(int transactions, int works_of_each) {
  Writers writers;
  const auto before = std::chrono::steady_clock::now();
  for (int n = 0; n < transactions; ++n) {
    std::vector<int> numbers;
    for (int i = 0; i < works_of_each; ++i) numbers.push_back(n * works_of_each + i);
    CHECK_FALSE(std::ranges::count(writers.put_together(numbers, Writer::Calls::kAgainIfUndone), false));
  }
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - before);
}

TEST_CASE(
    "no transaction begins sooner than half a millisecond after the last, or one after one of many works") {
  CHECK(time_of(20, 1).count() >= 20 * 500 + 19 * 500);
  CHECK(time_of(20, 9).count() >= 20 * 500 + 19 * 1000);
}

TEST_CASE("work that may be called again is done together, once where none of it fails") {
  Writers writers;
  CHECK(writers.put_together({1, 2, 3, 4}, Writer::Calls::kAgainIfUndone) ==
        std::vector{true, true, true, true});
  CHECK(writers.calls() == 4);
  CHECK(writers.stored() == std::vector{1, 2, 3, 4});
}

TEST_CASE("of work that is done together only what fails is undone") {
  Writers writers;
  CHECK(writers.put_together({1, 2, 2, 3}, Writer::Calls::kAgainIfUndone) ==
        std::vector{true, true, false, true});
  CHECK(writers.calls() == 3 + 4);  // up to the one that fails, and each by itself
  CHECK(writers.stored() == std::vector{1, 2, 3});
}

TEST_CASE("other work is called once, whatever becomes of the rest") {
  Writers writers;
  CHECK(writers.put_together({1, 1, 2}, Writer::Calls::kOnce) == std::vector{true, false, true});
  CHECK(writers.calls() == 3);
  CHECK(writers.stored() == std::vector{1, 2});
}

}  // namespace
}  // namespace winnow::test
