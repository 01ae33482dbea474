#include "service/store/sqlite/checkpointer.h"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>
#include <vector>

#include "tests/unit/service/store/sqlite/store_on_disk.h"

namespace winnow::test {
namespace {

constexpr std::uintmax_t kWritten = 16 * 1024 * 1024;
constexpr std::uintmax_t kPage = 4096;

TEST_CASE("the log is written back while verdicts are stored, and does not grow without end") {
  const Directory directory;
  const auto store = open_store(directory);
  const auto size = [&](const char* file) { return std::filesystem::file_size(directory / file); };
  const std::uintmax_t before = size("winnow.db");
  const SiteId site = store->add_site("log.example", 1)->id;
  std::vector<StoredVerdict> together(500);
  unsigned number = 0;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (size("winnow.db") < before + kWritten && std::chrono::steady_clock::now() < deadline) {
    for (StoredVerdict& verdict : together) verdict = verdict_of(++number, site);
    REQUIRE(store->put_verdicts(together).ok());
    CHECK(size("winnow.db-wal") < 2 * kPage * sqlite::kMostLogPages);
  }
  CHECK(size("winnow.db") >= before + kWritten);
  CHECK(*store->count_verdicts({}) == number);
}

}  // namespace
}  // namespace winnow::test
