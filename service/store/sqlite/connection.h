// Connection and Query: SQLite for the files of this folder. The only file that includes SQLiteCpp is
// connection.cpp.
//
// Inside this folder a failure of SQLite is an exception; guarded() turns it into an Error at the folder's
// border.
#pragma once

#include <concepts>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>

#include "classifier/result.h"

namespace SQLite {
class Database;
class Statement;
}  // namespace SQLite

namespace winnow::sqlite {

// Bytes, where a string_view alone is text.
struct Blob {
  std::string_view bytes;
};

// What a parameter is bound to; nullptr is NULL.
using Value = std::variant<std::nullptr_t, std::int64_t, double, std::string_view, Blob>;

enum class Access { kReadWrite, kReadOnly };

// One connection with foreign keys, synchronous=FULL, secure_delete (what is deleted is overwritten) and a
// busy timeout of five seconds. Thread rule: one thread at a time.
class Connection {
 public:
  // The file must be there; an empty one is an empty database.
  Connection(const std::filesystem::path& database, Access access);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // One or several statements without parameters and results.
  void execute(const std::string& sql);
  std::int64_t last_row_id() const;
  // Rows that the last INSERT, UPDATE or DELETE changed.
  int changes() const;
  // Of all statements so far.
  std::int64_t total_changes() const;
  // False outside of BEGIN ... COMMIT; SQLite itself ends a transaction when the disk is full or fails.
  bool in_transaction() const;
  // From now on this connection does not write the log back by itself; `grown` is told of the log's pages
  // after each commit instead, on the committing thread. It throws nothing.
  void watch_log(std::function<void(int pages)> grown);

 private:
  friend class Query;
  // A statement is known by where its text stands: to hash and compare the text itself costs more than many a
  // query.
  struct SamePlace {
    bool operator()(std::string_view a, std::string_view b) const {
      return a.data() == b.data() && a.size() == b.size();
    }
    std::size_t operator()(std::string_view sql) const { return std::hash<const char*>{}(sql.data()); }
  };

  // `sql` is a literal or outlives the connection, and is not changed: prepared once.
  SQLite::Statement& prepared(std::string_view sql);

  std::function<void(int pages)> log_grown_;
  std::unique_ptr<SQLite::Database> database_;
  std::unordered_map<std::string_view, std::unique_ptr<SQLite::Statement>, SamePlace, SamePlace> statements_;
};

// One use of a prepared statement. It is reset at the end, so that no read transaction is left open.
// A connection holds at most one Query of the same text at a time.
class Query {
 public:
  // `sql`: a literal, or a text that outlives the connection and stays as it is.
  Query(Connection& connection, std::string_view sql, std::initializer_list<Value> values = {});
  template <std::same_as<std::string> Temporary>
  Query(Connection& connection, Temporary&& sql, std::initializer_list<Value> values = {}) = delete;
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  // To the next row; false behind the last one.
  bool next();
  // For statements without rows.
  void run() { next(); }

  // Columns of this row, from 0.
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string bytes(int column) const;  // of TEXT and BLOB
  bool is_null(int column) const;

 private:
  SQLite::Statement& statement_;
};

// What is read of the connection until its end is of one moment, and pages that were read once stay at hand.
class ReadTransaction {
 public:
  explicit ReadTransaction(Connection& connection);
  ~ReadTransaction();
  ReadTransaction(const ReadTransaction&) = delete;
  ReadTransaction& operator=(const ReadTransaction&) = delete;

 private:
  Connection& connection_;
};

// The Error for the exception that is being handled: busy, locked, full, read-only, I/O -> kUnavailable;
// damaged or no database -> kCorrupt; unique and foreign keys -> kConflict; too big -> kTooLarge; the rest
// kInternal.
Error current_error();

// What `work` returns, or the Error for what it throws.
template <typename Work>
auto guarded(Work&& work) -> decltype(work()) {
  try {
    return work();
  } catch (...) {
    return current_error();
  }
}

}  // namespace winnow::sqlite
