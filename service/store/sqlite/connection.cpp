#include "service/store/sqlite/connection.h"

#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <new>

#include "service/store/sqlite/author_key.h"

namespace winnow::sqlite {
namespace {

constexpr int kBusyTimeoutMs = 5000;
constexpr int kPrimaryCode = 0xff;  // the rest of an extended result code is detail

void bind(SQLite::Statement& statement, int index, const Value& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) {
    statement.bind(index, *number);
  } else if (const auto* real = std::get_if<double>(&value)) {
    statement.bind(index, *real);
  } else if (const auto* text = std::get_if<std::string_view>(&value)) {
    statement.bind(index, std::string(*text));
  } else if (const auto* blob = std::get_if<Blob>(&value)) {
    statement.bind(index, blob->bytes.data(), static_cast<int>(blob->bytes.size()));
  } else {
    statement.bind(index);
  }
}

std::string_view text_of(sqlite3_value* value) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
  return text ? std::string_view(text, static_cast<std::size_t>(sqlite3_value_bytes(value))) : "";
}

// winnow_author_key(email, name), for migrations.
void author_key_function(sqlite3_context* context, int, sqlite3_value** values) {
  const std::optional<std::int64_t> key = author_key(text_of(values[0]), text_of(values[1]));
  if (key)
    sqlite3_result_int64(context, *key);
  else
    sqlite3_result_null(context);
}

// SQLite would count each piece of memory under one lock for all threads, for figures that nobody asks for.
// Only before its first use; later it is refused, and nothing is lost.
void count_no_memory() {
  [[maybe_unused]] static const int answer = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

Error constraint_error(const SQLite::Exception& exception) {
  switch (exception.getExtendedErrorCode()) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
      return {ErrorKind::kConflict, "it is stored already", ""};
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return {ErrorKind::kConflict, "it names a site or a key that does not exist", ""};
    default:
      return {ErrorKind::kInternal, std::string("the database refused a row: ") + exception.what(), ""};
  }
}

Error error_of(const SQLite::Exception& exception) {
  const std::string reason = exception.what();
  switch (exception.getErrorCode() & kPrimaryCode) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return {ErrorKind::kUnavailable, "the database is busy: " + reason, ""};
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_NOMEM:
      return {ErrorKind::kUnavailable, "the database cannot be used: " + reason, ""};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {ErrorKind::kCorrupt, "the database is damaged: " + reason, ""};
    case SQLITE_TOOBIG:
      return {ErrorKind::kTooLarge, "it is too large for the database", ""};
    case SQLITE_CONSTRAINT:
      return constraint_error(exception);
    default:
      return {ErrorKind::kInternal, "the database failed: " + reason, ""};
  }
}

}  // namespace

Connection::Connection(const std::filesystem::path& database, Access access) {
  count_no_memory();
  const int mode = access == Access::kReadOnly ? SQLite::OPEN_READONLY : SQLite::OPEN_READWRITE;
  database_ =
      std::make_unique<SQLite::Database>(database.string(), mode | SQLite::OPEN_NOMUTEX, kBusyTimeoutMs);
  sqlite3_extended_result_codes(database_->getHandle(), 1);
  sqlite3_create_function(database_->getHandle(), "winnow_author_key", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                          nullptr, author_key_function, nullptr, nullptr);
  execute("PRAGMA foreign_keys = ON; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
}

Connection::~Connection() = default;

void Connection::execute(const std::string& sql) {
  database_->exec(sql);
}

std::int64_t Connection::last_row_id() const {
  return database_->getLastInsertRowid();
}

int Connection::changes() const {
  return database_->getChanges();
}

std::int64_t Connection::total_changes() const {
  return sqlite3_total_changes(database_->getHandle());
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(database_->getHandle()) == 0;
}

void Connection::watch_log(std::function<void(int pages)> grown) {
  log_grown_ = std::move(grown);
  const auto hook = [](void* self, sqlite3*, const char*, int pages) {
    static_cast<Connection*>(self)->log_grown_(pages);
    return SQLITE_OK;
  };
  sqlite3_wal_hook(database_->getHandle(), hook, this);
}

SQLite::Statement& Connection::prepared(std::string_view sql) {
  const auto found = statements_.find(sql);
  if (found != statements_.end()) return *found->second;
  auto statement = std::make_unique<SQLite::Statement>(*database_, std::string(sql));
  return *statements_.emplace(sql, std::move(statement)).first->second;
}

Query::Query(Connection& connection, std::string_view sql, std::initializer_list<Value> values)
    : statement_(connection.prepared(sql)) {
  statement_.tryReset();  // its answer is the last run's error
  int index = 0;
  for (const Value& value : values) bind(statement_, ++index, value);
}

Query::~Query() {
  statement_.tryReset();
}

bool Query::next() {
  return statement_.executeStep();
}

std::int64_t Query::integer(int column) const {
  return statement_.getColumn(column).getInt64();
}

double Query::real(int column) const {
  return statement_.getColumn(column).getDouble();
}

std::string Query::bytes(int column) const {
  return statement_.getColumn(column).getString();
}

bool Query::is_null(int column) const {
  return statement_.isColumnNull(column);
}

ReadTransaction::ReadTransaction(Connection& connection) : connection_(connection) {
  Query(connection_, "BEGIN").run();
}

ReadTransaction::~ReadTransaction() {
  (void)guarded([&]() -> Result<void> {  // nothing was written that could be lost
    if (connection_.in_transaction()) Query(connection_, "COMMIT").run();
    return {};
  });
}

Error current_error() {
  try {
    throw;
  } catch (const SQLite::Exception& exception) {
    return error_of(exception);
  } catch (const std::bad_alloc&) {
    return {ErrorKind::kUnavailable, "out of memory", ""};
  } catch (const std::exception& exception) {
    return {ErrorKind::kInternal, exception.what(), ""};
  } catch (...) {
    return {ErrorKind::kInternal, "unknown failure", ""};
  }
}

}  // namespace winnow::sqlite
