// SqliteStore: the table session.
#include "service/store/sqlite/accounts.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/sqlite/writer.h"

namespace winnow {
namespace {

using sqlite::Connection;
using sqlite::Phrases;
using sqlite::Query;

// A row for account_of(), and the session's own.
constexpr std::string_view kFind =
    "SELECT person.id, name, role, any_site, "
    "(SELECT group_concat(site) FROM person_site WHERE person_site.person = person.id), password, "
    "second_factor, pending_factor, factor_step, language, person.created_at, last_seen, "
    "session.created_at, seen_at FROM session JOIN person ON person.id = session.person WHERE hash = ?";

}  // namespace

Result<void> SqliteStore::put_session(std::string_view hash, PersonId person, UnixMillis now,
                                      UnixMillis begun, UnixMillis seen) {
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    Query(connection, "DELETE FROM session WHERE created_at < ? OR seen_at < ?", {begun, seen}).run();
    Query(connection, "INSERT INTO session (hash, person, created_at, seen_at) VALUES (?, ?, ?3, ?3)",
          {hash, person, now})
        .run();
    Query(connection, "UPDATE person SET last_seen = ? WHERE id = ?", {now, person}).run();
    return {};
  });
}

Result<std::optional<Session>> SqliteStore::find_session(std::string_view hash) {
  return readers_->read([&](Connection& connection) -> Result<std::optional<Session>> {
    Query row(connection, kFind, {hash});
    if (!row.next()) return std::optional<Session>();
    return std::optional<Session>({sqlite::account_of(row), row.integer(12), row.integer(13)});
  });
}

Result<void> SqliteStore::touch_session(std::string_view hash, UnixMillis now) {
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    Query(connection, "UPDATE session SET seen_at = ? WHERE hash = ?", {now, hash}).run();
    Query(connection,
          "UPDATE person SET last_seen = ? WHERE id = (SELECT person FROM session WHERE hash = ?)",
          {now, hash})
        .run();
    return {};
  });
}

Result<void> SqliteStore::end_session(std::string_view hash) {
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    Query(connection, "DELETE FROM session WHERE hash = ?", {hash}).run();
    return {};
  });
}

Result<void> SqliteStore::end_sessions(PersonId person, std::string_view but) {
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    Query(connection, "DELETE FROM session WHERE person = ? AND hash <> ?", {person, but}).run();
    return {};
  });
}

}  // namespace winnow
