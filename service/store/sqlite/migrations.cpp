#include "service/store/sqlite/migrations.h"

#include <charconv>
#include <chrono>
#include <string>
#include <system_error>
#include <thread>
#include <utility>

#include "classifier/durable_file.h"
#include "service/store/sqlite/connection.h"
#include "service/store/sqlite/database_file.h"

namespace winnow::embedded {
const std::vector<std::pair<std::string_view, std::string_view>>& migrations();  // cmake/Embed.cmake
}

namespace winnow::sqlite {
namespace {

constexpr std::int64_t kApplicationId = 0x57494e4e;  // "WINN", in bytes 68..71 of the file

std::int64_t number(Connection& connection, std::string_view sql) {
  Query query(connection, sql);
  query.next();
  return query.integer(0);
}

// A copy beside the database: written under another name, then renamed.
Result<void> back_up(const std::filesystem::path& database, int number) {
  const std::filesystem::path copy = database.string() + ".before-" + std::to_string(number);
  const std::filesystem::path unfinished = copy.string() + ".tmp";
  std::error_code failed;
  std::filesystem::remove(unfinished, failed);
  if (Result<void> copied = copy_database(database, unfinished); !copied) return copied;
  std::filesystem::rename(unfinished, copy, failed);
  if (failed)
    return Error{ErrorKind::kUnavailable, "cannot write " + copy.string() + ": " + failed.message(), ""};
  return sync_directory(std::filesystem::absolute(copy).parent_path());
}

// Another process may have been quicker, so the version is read again inside the transaction.
Result<void> apply(Connection& connection, const std::vector<Migration>& wanted) {
  connection.execute("BEGIN IMMEDIATE");
  const Result<int> version = version_of(connection);
  if (!version) return version.error();
  for (const Migration& migration : wanted) {
    if (migration.number <= *version) continue;
    connection.execute(std::string(migration.sql));
    connection.execute("PRAGMA user_version = " + std::to_string(migration.number));
  }
  connection.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
  connection.execute("COMMIT");
  return {};
}

// The change needs the file for itself, and SQLite does not wait for that by itself: others may be opening it
// too.
Result<void> enter_wal(Connection& connection) {
  constexpr int kTries = 250;
  constexpr std::chrono::milliseconds kPause(20);
  Result<void> done;
  for (int i = 0; i < kTries; ++i) {
    done = guarded([&]() -> Result<void> {
      Query(connection, "PRAGMA journal_mode = WAL").run();
      return {};
    });
    if (done || done.error().kind != ErrorKind::kUnavailable) return done;
    std::this_thread::sleep_for(kPause);
  }
  return done;
}

Result<void> migrate_open(Connection& connection, const std::filesystem::path& database,
                          const std::vector<Migration>& wanted) {
  const int latest = wanted.back().number;
  const Result<int> version = version_of(connection);
  if (!version) return version.error();
  if (*version > latest) {
    return Error{ErrorKind::kConflict,
                 "it is of version " + std::to_string(*version) +
                     ", made by a newer winnow; this one knows " + std::to_string(latest),
                 ""};
  }
  if (*version > 0 && *version < latest) {
    if (Result<void> done = back_up(database, latest); !done) return done;
  }
  if (*version < latest) {
    if (Result<void> done = apply(connection, wanted); !done) return done;
  }
  return enter_wal(connection);
}

}  // namespace

Result<int> version_of(Connection& connection) {
  const bool empty = number(connection, "SELECT count(*) FROM sqlite_schema") == 0;
  if (!empty && number(connection, "PRAGMA application_id") != kApplicationId) {
    return Error{ErrorKind::kCorrupt, "it is a database, but not one of winnow's", ""};
  }
  return static_cast<int>(number(connection, "PRAGMA user_version"));
}

const std::vector<Migration>& migrations() {
  static const std::vector<Migration> all = [] {
    std::vector<Migration> found;
    for (const auto& [stem, sql] : embedded::migrations()) {
      int number = 0;  // of "0001_initial" 1
      std::from_chars(stem.data(), stem.data() + stem.size(), number);
      found.push_back({number, sql});
    }
    return found;
  }();
  return all;
}

Result<void> migrate(const std::filesystem::path& database, const std::vector<Migration>& wanted) {
  Result<void> done = guarded([&]() -> Result<void> {
    Connection connection(database, Access::kReadWrite);
    return migrate_open(connection, database, wanted);
  });
  if (done) return done;
  return Error{done.error().kind, database.string() + ": " + done.error().message, ""};
}

}  // namespace winnow::sqlite
