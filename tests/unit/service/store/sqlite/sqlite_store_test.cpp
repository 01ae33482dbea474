#include <sys/stat.h>
#include <unistd.h>

#include <thread>
#include <vector>

#include "service/store/sqlite/connection.h"
#include "store_on_disk.h"

using namespace winnow;
using namespace winnow::test;

namespace {

// Root may write everywhere, so it becomes nobody for a moment.
class WithoutPrivilege {
 public:
  WithoutPrivilege() {
    constexpr uid_t kNobody = 65534;
    if (was_ == 0) REQUIRE(seteuid(kNobody) == 0);
  }
  ~WithoutPrivilege() {
    if (was_ == 0) (void)!seteuid(was_);
  }
  WithoutPrivilege(const WithoutPrivilege&) = delete;
  WithoutPrivilege& operator=(const WithoutPrivilege&) = delete;

 private:
  const uid_t was_ = geteuid();
};

}  // namespace

TEST_CASE("a new database is for its owner's eyes and answers ping") {
  const Directory directory;
  const auto store = open_store(directory);
  CHECK(store->ping().ok());
  struct stat status {};
  REQUIRE(stat((directory / "winnow.db").c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("a file that is no database is refused and left as it is") {
  const Directory directory;
  const std::string text = "This is a letter, not a database. " + std::string(5000, 'x');
  write_file(directory / "winnow.db", text);
  const auto store = SqliteStore::open(directory / "winnow.db");
  REQUIRE_FALSE(store.ok());
  CHECK(store.error().kind == ErrorKind::kCorrupt);
  CHECK(store.error().message.find("winnow.db") != std::string::npos);
  CHECK(std::filesystem::file_size(directory / "winnow.db") == text.size());
}

TEST_CASE("a database with a torn page is corrupt, not unavailable") {
  const Directory directory;
  {
    const auto store = open_store(directory);
    add_site(*store, "example.org");
  }
  std::fstream file(directory / "winnow.db", std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(100);
  file << std::string(4096 - 100, '\x7f');  // the page that lists the tables
  file.close();
  const auto store = SqliteStore::open(directory / "winnow.db");
  REQUIRE_FALSE(store.ok());
  CHECK(store.error().kind == ErrorKind::kCorrupt);
}

TEST_CASE("a directory that cannot be written gives a clear error") {
  const Directory directory;
  std::filesystem::permissions(directory.path(), std::filesystem::perms(0555));
  const WithoutPrivilege nobody;
  const auto store = SqliteStore::open(directory / "winnow.db");
  REQUIRE_FALSE(store.ok());
  CHECK(store.error().kind == ErrorKind::kUnavailable);
  CHECK(store.error().message.find("winnow.db") != std::string::npos);
  CHECK(store.error().message.find("Permission denied") != std::string::npos);
}

TEST_CASE("a directory that is not there gives a clear error") {
  const Directory directory;
  const auto store = SqliteStore::open(directory / "missing" / "winnow.db");
  REQUIRE_FALSE(store.ok());
  CHECK(store.error().kind == ErrorKind::kUnavailable);
  CHECK(store.error().message.find("No such file") != std::string::npos);
}

TEST_CASE("two stores have the same file open, as winnowd and the CLI do") {
  const Directory directory;
  const auto service = open_store(directory);
  const auto cli = open_store(directory);
  const SiteId site = add_site(*cli, "example.org");
  CHECK(service->find_site("example.org")->has_value());
  REQUIRE(service->put_verdict(verdict_of(1, site)).ok());
  REQUIRE(cli->put_verdict(verdict_of(2, site)).ok());  // the same phrases, from another process
  CHECK((*service->find_verdict(id_of(2)))->verdict.model_id == "model-1");
}

TEST_CASE("many open a new database at once") {
  const Directory directory;
  std::vector<std::string> errors(8);
  std::vector<std::thread> threads;
  for (std::string& error : errors) {
    threads.emplace_back([&] {
      const auto store = SqliteStore::open(directory / "winnow.db");
      if (!store.ok()) error = store.error().message;
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& error : errors) CHECK(error == "");
}

TEST_CASE(
    "a database that another holds is unavailable for writing, can be read, and is used again afterwards") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  REQUIRE(store->put_verdict(verdict_of(1, site)).ok());
  {
    sqlite::Connection other(directory / "winnow.db", sqlite::Access::kReadWrite);
    other.execute("BEGIN IMMEDIATE");
    const Result<void> put = store->put_verdict(verdict_of(2, site));
    REQUIRE_FALSE(put.ok());
    CHECK(put.error().kind == ErrorKind::kUnavailable);
    CHECK(store->find_verdict(id_of(1))->has_value());  // reading goes on
    other.execute("ROLLBACK");
  }
  bool is_used_again = false;  // soon: who writes waits for the other in steps of 100 ms
  for (int i = 0; i < 500 && !is_used_again; ++i) {
    is_used_again = store->put_verdict(verdict_of(2, site)).ok();
    if (!is_used_again) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  CHECK(is_used_again);
}
