#include "service/store/sqlite/sqlite_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <thread>
#include <utility>

#include "service/store/sqlite/last_known.h"
#include "service/store/sqlite/migrations.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/writer.h"

namespace winnow {
namespace {

constexpr unsigned kFewestReaders = 3;  // the indexer, which has time, may keep one
constexpr unsigned kMostReaders = 8;

// SQLite would make the file for all to read, and cannot say why it fails. An existing file is not opened
// here: closing it would drop the locks that SQLite holds on it elsewhere in this process.
Result<void> make_file(const std::filesystem::path& database) {
  const int file = ::open(database.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  const bool there =
      file >= 0 || (errno == EEXIST && ::faccessat(AT_FDCWD, database.c_str(), R_OK | W_OK, AT_EACCESS) == 0);
  const int reason = errno;
  if (file >= 0) ::close(file);
  if (there) return {};
  return Error{
      ErrorKind::kUnavailable,
      "cannot open " + database.string() + " for writing: " + std::generic_category().message(reason), ""};
}

}  // namespace

SqliteStore::SqliteStore(std::filesystem::path database, std::unique_ptr<sqlite::Writer> writer,
                         std::unique_ptr<sqlite::ReaderPool> readers)
    : database_(std::move(database)),
      last_known_(std::make_unique<sqlite::LastKnownAccess>(database_)),
      writer_(std::move(writer)),
      readers_(std::move(readers)) {}

SqliteStore::~SqliteStore() {
  readers_.reset();
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const std::filesystem::path& database) {
  if (Result<void> made = make_file(database); !made) return made.error();
  if (Result<void> migrated = sqlite::migrate(database); !migrated) return migrated.error();
  return sqlite::guarded([&]() -> Result<std::unique_ptr<SqliteStore>> {
    const auto connection = [&] {
      return std::make_unique<sqlite::Connection>(database, sqlite::Access::kReadWrite);
    };
    const unsigned readers = std::clamp(std::thread::hardware_concurrency(), kFewestReaders, kMostReaders);
    return std::unique_ptr<SqliteStore>(
        new SqliteStore(database, std::make_unique<sqlite::Writer>(connection(), connection()),
                        std::make_unique<sqlite::ReaderPool>(database, readers)));
  });
}

// Also where it failed: of a commit that seems to have, some may be on disk.
Result<void> SqliteStore::change_access(
    const std::function<Result<void>(sqlite::Connection&, sqlite::Phrases&)>& change) {
  Result<void> done = writer_->run(change);
  last_known_->mark.change();
  return done;
}

Result<void> SqliteStore::ping() {
  return readers_->read([](sqlite::Connection& connection) -> Result<void> {
    sqlite::Query(connection, "SELECT count(*) FROM site").run();
    return {};
  });
}

}  // namespace winnow
