#include "service/store/sqlite/database_file.h"

#include <system_error>

#include "classifier/durable_file.h"
#include "service/store/sqlite/connection.h"
#include "service/store/sqlite/migrations.h"

namespace winnow::sqlite {
namespace {

constexpr int kMostDamage = 20;  // lines that are shown

std::uintmax_t size_of(const std::filesystem::path& file) {
  std::error_code failed;
  const std::uintmax_t size = std::filesystem::file_size(file, failed);
  return failed ? 0 : size;
}

std::vector<std::string> damage_of(Connection& connection, bool thorough) {
  std::vector<std::string> damage;
  Query check(connection, thorough ? "PRAGMA integrity_check(20)" : "PRAGMA quick_check(20)");
  while (check.next())
    if (std::string line = check.bytes(0); line != "ok") damage.push_back(std::move(line));
  Query keys(connection, "PRAGMA foreign_key_check");
  while (keys.next() && damage.size() < kMostDamage)
    damage.push_back("a row of " + keys.bytes(0) + " names one of " + keys.bytes(2) + " that is not there");
  return damage;
}

Error of_file(const std::filesystem::path& file, const Error& error) {
  return {error.kind, file.string() + ": " + error.message, error.field};
}

}  // namespace

Result<void> copy_database(const std::filesystem::path& database, const std::filesystem::path& to) {
  const Result<void> copied = guarded([&]() -> Result<void> {
    Connection connection(database, Access::kReadOnly);
    Query(connection, "VACUUM INTO ?", {std::string_view(to.native())}).run();
    return {};
  });
  if (!copied) return of_file(database, copied.error());
  std::error_code failed;
  std::filesystem::permissions(to, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write,
                               failed);
  return sync_file(to);
}

Result<DatabaseState> examine_database(const std::filesystem::path& database, bool thorough) {
  std::error_code failed;
  if (!std::filesystem::exists(database, failed))
    return Error{ErrorKind::kNotFound, database.string() + " is not there", ""};
  Result<DatabaseState> state = guarded([&]() -> Result<DatabaseState> {
    Connection connection(database, Access::kReadOnly);
    const Result<int> version = version_of(connection);
    if (!version) return version.error();
    return DatabaseState{*version, migrations().back().number, size_of(database),
                         size_of(database.string() + "-wal"), damage_of(connection, thorough)};
  });
  if (!state) return of_file(database, state.error());
  return state;
}

}  // namespace winnow::sqlite
