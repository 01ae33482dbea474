// SqliteStore: the tables person and person_site.
#include "service/store/sqlite/accounts.h"

#include "classifier/unicode.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/sqlite/writer.h"

namespace winnow {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Phrases;
using sqlite::Query;
using sqlite::Value;

// Each gives rows for account_of().
constexpr std::string_view kByName =
    "SELECT id, name, role, any_site, (SELECT group_concat(site) FROM person_site WHERE person = id), "
    "password, "
    "second_factor, pending_factor, factor_step, language, created_at, last_seen FROM person WHERE name_key "
    "= ?";
constexpr std::string_view kById =
    "SELECT id, name, role, any_site, (SELECT group_concat(site) FROM person_site WHERE person = id), "
    "password, "
    "second_factor, pending_factor, factor_step, language, created_at, last_seen FROM person WHERE id = ?";
constexpr std::string_view kAll =
    "SELECT id, name, role, any_site, (SELECT group_concat(site) FROM person_site WHERE person = id), "
    "password, "
    "second_factor, pending_factor, factor_step, language, created_at, last_seen FROM person ORDER BY id";

Value blob_or_null(const std::string& bytes) {
  return bytes.empty() ? Value(nullptr) : Value(Blob{bytes});
}

Result<void> exists(Connection& connection, PersonId id) {
  Query row(connection, "SELECT 1 FROM person WHERE id = ?", {id});
  if (row.next()) return {};
  return Error{ErrorKind::kNotFound, "There is no person with this id.", ""};
}

Result<void> an_owner_is_left(Connection& connection) {
  Query row(connection, "SELECT 1 FROM person WHERE role = 2 LIMIT 1");
  if (row.next()) return {};
  return Error{ErrorKind::kConflict, "The last owner must stay one: make another person an owner first.", ""};
}

Result<void> set_scope(Connection& connection, PersonId id, const SiteScope& scope) {
  Query(connection, "UPDATE person SET any_site = ? WHERE id = ?",
        {static_cast<std::int64_t>(scope.any_site), id})
      .run();
  Query(connection, "DELETE FROM person_site WHERE person = ?", {id}).run();
  if (scope.any_site) return {};
  for (const SiteId site : scope.sites) {
    {
      Query there(connection, "SELECT 1 FROM site WHERE id = ?", {site});
      if (!there.next())
        return Error{ErrorKind::kNotFound, "There is no site " + std::to_string(site) + ".", "sites"};
    }
    Query(connection, "INSERT OR IGNORE INTO person_site (person, site) VALUES (?, ?)", {id, site}).run();
  }
  return {};
}

void set_text(Connection& connection, std::string_view sql, PersonId id,
              const std::optional<std::string>& text) {
  if (text) Query(connection, sql, {std::string_view(*text), id}).run();
}

void set_blob(Connection& connection, std::string_view sql, PersonId id,
              const std::optional<std::string>& bytes) {
  if (bytes) Query(connection, sql, {blob_or_null(*bytes), id}).run();
}

}  // namespace

Account sqlite::account_of(const Query& row) {
  Account account;
  account.person.id = row.integer(0);
  account.person.name = row.bytes(1);
  account.person.role = static_cast<Role>(row.integer(2));
  account.person.any_site = row.integer(3) != 0;
  if (!row.is_null(4)) account.person.sites = site_ids_of(row.bytes(4));
  account.password = row.bytes(5);
  if (!row.is_null(6)) account.second_factor = row.bytes(6);
  if (!row.is_null(7)) account.pending_factor = row.bytes(7);
  account.factor_step = row.integer(8);
  account.language = row.bytes(9);
  account.created_at = row.integer(10);
  if (!row.is_null(11)) account.last_seen = row.integer(11);
  return account;
}

Result<PersonId> SqliteStore::add_account(const Account& account, bool only_first) {
  PersonId id = 0;
  const std::string key = fold(account.person.name);
  const Result<void> done = writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    if (only_first) {
      Query anybody(connection, "SELECT 1 FROM person LIMIT 1");
      if (anybody.next()) return Error{ErrorKind::kConflict, "There is a person already: sign in.", ""};
    }
    {
      Query taken(connection, "SELECT 1 FROM person WHERE name_key = ?", {std::string_view(key)});
      if (taken.next()) return Error{ErrorKind::kConflict, "There is a person of this name already.", "name"};
    }
    Query(connection,
          "INSERT INTO person (name, name_key, role, any_site, password, language, created_at) "
          "VALUES (?, ?, ?, 0, ?, ?, ?)",
          {std::string_view(account.person.name), std::string_view(key),
           static_cast<std::int64_t>(account.person.role), std::string_view(account.password),
           std::string_view(account.language), account.created_at})
        .run();
    id = connection.last_row_id();
    return set_scope(connection, id, {account.person.any_site, account.person.sites});
  });
  if (!done) return done.error();
  return id;
}

Result<std::optional<Account>> SqliteStore::find_account(std::string_view name) {
  const std::string key = fold(name);
  return readers_->read([&](Connection& connection) -> Result<std::optional<Account>> {
    Query row(connection, kByName, {std::string_view(key)});
    if (!row.next()) return std::optional<Account>();
    return std::optional<Account>(sqlite::account_of(row));
  });
}

Result<std::optional<Account>> SqliteStore::account(PersonId id) {
  return readers_->read([&](Connection& connection) -> Result<std::optional<Account>> {
    Query row(connection, kById, {id});
    if (!row.next()) return std::optional<Account>();
    return std::optional<Account>(sqlite::account_of(row));
  });
}

Result<std::vector<Account>> SqliteStore::accounts() {
  return readers_->read([&](Connection& connection) -> Result<std::vector<Account>> {
    std::vector<Account> accounts;
    Query row(connection, kAll);
    while (row.next()) accounts.push_back(sqlite::account_of(row));
    return accounts;
  });
}

Result<void> SqliteStore::change_account(PersonId id, const AccountChange& change) {
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    if (Result<void> there = exists(connection, id); !there) return there;
    if (change.role)
      Query(connection, "UPDATE person SET role = ? WHERE id = ?",
            {static_cast<std::int64_t>(*change.role), id})
          .run();
    if (change.scope)
      if (Result<void> set = set_scope(connection, id, *change.scope); !set) return set;
    set_text(connection, "UPDATE person SET password = ? WHERE id = ?", id, change.password);
    set_text(connection, "UPDATE person SET language = ? WHERE id = ?", id, change.language);
    set_blob(connection, "UPDATE person SET second_factor = ? WHERE id = ?", id, change.second_factor);
    set_blob(connection, "UPDATE person SET pending_factor = ? WHERE id = ?", id, change.pending_factor);
    if (change.factor_step)
      Query(connection, "UPDATE person SET factor_step = ? WHERE id = ?", {*change.factor_step, id}).run();
    if (!change.role) return {};
    return an_owner_is_left(connection);
  });
}

Result<void> SqliteStore::remove_account(PersonId id) {
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    if (Result<void> there = exists(connection, id); !there) return there;
    Query(connection, "DELETE FROM person WHERE id = ?", {id}).run();
    return an_owner_is_left(connection);
  });
}

Result<bool> SqliteStore::use_factor_step(PersonId id, std::int64_t step) {
  bool used = false;
  const Result<void> done = writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    Query(connection, "UPDATE person SET factor_step = ?1 WHERE id = ?2 AND factor_step < ?1", {step, id})
        .run();
    used = connection.changes() == 1;
    return {};
  });
  if (!done) return done.error();
  return used;
}

}  // namespace winnow
