// SqliteStore: the tables site and api_key.
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/sqlite/writer.h"

namespace winnow {
namespace {

using sqlite::Connection;
using sqlite::Phrases;
using sqlite::Query;

constexpr std::string_view kAkismet = "akismet";
constexpr std::string_view kApi = "api";

// Columns: id, url, created_at.
Site site_of(const Query& row) {
  return {row.integer(0), row.bytes(1), row.integer(2)};
}

// Columns: id, kind, site, hint, created_at, revoked_at.
Key key_of(const Query& row) {
  Key key;
  key.id = row.integer(0);
  key.kind = row.bytes(1) == kApi ? KeyKind::kApi : KeyKind::kAkismet;
  if (!row.is_null(2)) key.site = row.integer(2);
  key.hint = row.bytes(3);
  key.created_at = row.integer(4);
  if (!row.is_null(5)) key.revoked_at = row.integer(5);
  return key;
}

}  // namespace

Result<Site> SqliteStore::add_site(std::string_view url, UnixMillis now) {
  const Result<std::string> canonical = canonical_site(url);
  if (!canonical) return canonical.error();
  Site site{0, *canonical, now};
  const Result<void> done = writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    Query(connection, "INSERT INTO site (url, created_at) VALUES (?, ?)", {std::string_view(site.url), now})
        .run();
    site.id = connection.last_row_id();
    return {};
  });
  if (done) return site;
  if (done.error().kind != ErrorKind::kConflict) return done.error();
  return Error{ErrorKind::kConflict, "the site " + site.url + " exists already", "url"};
}

Result<std::optional<Site>> SqliteStore::find_site(std::string_view canonical_url) {
  return readers_->read([&](Connection& connection) -> Result<std::optional<Site>> {
    Query row(connection, "SELECT id, url, created_at FROM site WHERE url = ?", {canonical_url});
    if (!row.next()) return std::optional<Site>();
    return std::optional<Site>(site_of(row));
  });
}

Result<Site> SqliteStore::site(SiteId id) {
  return readers_->read([&](Connection& connection) -> Result<Site> {
    Query row(connection, "SELECT id, url, created_at FROM site WHERE id = ?", {id});
    if (!row.next()) return Error{ErrorKind::kNotFound, "there is no site " + std::to_string(id), ""};
    return site_of(row);
  });
}

Result<std::vector<Site>> SqliteStore::sites() {
  return readers_->read([](Connection& connection) -> Result<std::vector<Site>> {
    std::vector<Site> sites;
    Query row(connection, "SELECT id, url, created_at FROM site ORDER BY id");
    while (row.next()) sites.push_back(site_of(row));
    return sites;
  });
}

Result<Key> SqliteStore::add_key(KeyKind kind, std::optional<SiteId> site, std::string_view hash,
                                 std::string_view hint, UnixMillis now) {
  Key key{0, kind, site, std::string(hint), now, std::nullopt};
  const Result<void> done = writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    const sqlite::Value site_value = site ? sqlite::Value(*site) : sqlite::Value(nullptr);
    Query(connection, "INSERT INTO api_key (kind, site, hash, hint, created_at) VALUES (?, ?, ?, ?, ?)",
          {kind == KeyKind::kApi ? kApi : kAkismet, site_value, hash, hint, now})
        .run();
    key.id = connection.last_row_id();
    return {};
  });
  if (!done) return done.error();
  return key;
}

Result<std::optional<Key>> SqliteStore::find_key(std::string_view hash) {
  return readers_->read([&](Connection& connection) -> Result<std::optional<Key>> {
    Query row(connection, "SELECT id, kind, site, hint, created_at, revoked_at FROM api_key WHERE hash = ?",
              {hash});
    if (!row.next()) return std::optional<Key>();
    return std::optional<Key>(key_of(row));
  });
}

Result<std::vector<Key>> SqliteStore::keys() {
  return readers_->read([](Connection& connection) -> Result<std::vector<Key>> {
    std::vector<Key> keys;
    Query row(connection, "SELECT id, kind, site, hint, created_at, revoked_at FROM api_key ORDER BY id");
    while (row.next()) keys.push_back(key_of(row));
    return keys;
  });
}

Result<void> SqliteStore::revoke_key(KeyId id, UnixMillis now) {
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    Query(connection, "UPDATE api_key SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?", {now, id})
        .run();
    if (connection.changes() == 1) return {};
    return Error{ErrorKind::kNotFound, "there is no key " + std::to_string(id), "id"};
  });
}

}  // namespace winnow
