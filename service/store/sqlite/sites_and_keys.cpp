// SqliteStore: the tables site and api_key.
#include <algorithm>
#include <cstdlib>

#include "service/store/sqlite/accounts.h"
#include "service/store/sqlite/last_known.h"
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

// Each gives rows for site_of(). A site's own shadow goes before that of all sites, which is of site 0.
constexpr std::string_view kFindSite =
    "SELECT id, url, created_at, log_only, coalesce((SELECT model FROM shadow WHERE shadow.site = site.id), "
    "(SELECT model FROM shadow WHERE shadow.site = 0), ''), unsure_from, spam_from, discard_from FROM site "
    "WHERE url = ?";
constexpr std::string_view kSiteById =
    "SELECT id, url, created_at, log_only, coalesce((SELECT model FROM shadow WHERE shadow.site = site.id), "
    "(SELECT model FROM shadow WHERE shadow.site = 0), ''), unsure_from, spam_from, discard_from FROM site "
    "WHERE id = ?";
constexpr std::string_view kListSites =
    "SELECT id, url, created_at, log_only, coalesce((SELECT model FROM shadow WHERE shadow.site = site.id), "
    "(SELECT model FROM shadow WHERE shadow.site = 0), ''), unsure_from, spam_from, discard_from FROM site "
    "ORDER BY id";

// Index entries alone are read.
// The newest verdict of a site is the newest of one of its tabs: five seeks in an index.
constexpr std::string_view kActivity =
    "WITH tabs (tab) AS (VALUES (0), (1), (2), (3), (4)) "
    "SELECT id, (SELECT coalesce(sum(spam + ham), 0) FROM tally WHERE tally.site = site.id AND day >= ?), "
    "(SELECT at FROM verdict WHERE seq = (SELECT max((SELECT max(seq) FROM verdict "
    "WHERE verdict.site = site.id AND verdict.tab = tabs.tab)) FROM tabs)) FROM site ORDER BY id";

Site site_of(const Query& row) {
  const auto threshold = [&row](int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.real(column));
  };
  return {row.integer(0),      row.bytes(1), row.integer(2),
          row.integer(3) != 0, row.bytes(4), {threshold(5), threshold(6), threshold(7)}};
}

// Both give rows for key_of(). Hashes are hex digits, which all come before 'g'.
constexpr std::string_view kFindKey =
    "SELECT id, kind, any_site, hint, created_at, revoked_at, suspended_at, "
    "(SELECT group_concat(site) FROM api_key_site WHERE api_key = id), scopes, networks, hash, expires_at, "
    "last_used_at FROM api_key WHERE hash >= ?1 AND hash < ?1 || 'g' LIMIT 1";
constexpr std::string_view kListKeys =
    "SELECT id, kind, any_site, hint, created_at, revoked_at, suspended_at, "
    "(SELECT group_concat(site) FROM api_key_site WHERE api_key = id), scopes, networks, hash, expires_at, "
    "last_used_at FROM api_key ORDER BY id";

// Networks are kept as "203.0.113.0/24,::1".
std::string joined(const std::vector<std::string>& networks) {
  std::string text;
  for (const std::string& network : networks) text += (text.empty() ? "" : ",") + network;
  return text;
}
std::vector<std::string> parted(std::string_view text) {
  std::vector<std::string> networks;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    networks.emplace_back(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return networks;
}

sqlite::Value time_or_null(const std::optional<UnixMillis>& at) {
  return at ? sqlite::Value(*at) : sqlite::Value(nullptr);
}

Key key_of(const Query& row) {
  const auto time = [&row](int column) {
    return row.is_null(column) ? std::nullopt : std::optional(row.integer(column));
  };
  Key key;
  key.id = row.integer(0);
  key.kind = row.bytes(1) == kApi ? KeyKind::kApi : KeyKind::kAkismet;
  key.any_site = row.integer(2) != 0;
  key.hint = row.bytes(3);
  key.created_at = row.integer(4);
  key.revoked_at = time(5);
  key.suspended_at = time(6);
  if (!row.is_null(7)) key.sites = sqlite::site_ids_of(row.bytes(7));
  key.scopes = KeyScopes::of_bits(row.integer(8));
  key.networks = parted(row.bytes(9));
  key.hash = row.bytes(10);
  key.expires_at = time(11);
  key.last_used_at = time(12);
  return key;
}

Result<void> one_key_changed(const Connection& connection, KeyId id) {
  if (connection.changes() == 1) return {};
  return Error{ErrorKind::kNotFound, "there is no key " + std::to_string(id), "id"};
}

}  // namespace

std::vector<SiteId> sqlite::site_ids_of(const std::string& list) {
  std::vector<SiteId> ids;
  for (const char* at = list.c_str(); *at != 0;) {
    char* end = nullptr;
    ids.push_back(std::strtoll(at, &end, 10));
    at = *end == ',' ? end + 1 : end;
  }
  return ids;
}

Result<Site> SqliteStore::add_site(std::string_view canonical_url, UnixMillis now) {
  Site site{0, std::string(canonical_url), now};
  const Result<void> done = change_access([&](Connection& connection, Phrases&) -> Result<void> {
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
  return last_known_->sites_by_url.find(std::string(canonical_url), last_known_->mark, [&] {
    return readers_->read([&](Connection& connection) -> Result<std::optional<Site>> {
      Query row(connection, kFindSite, {canonical_url});
      if (!row.next()) return std::optional<Site>();
      return std::optional<Site>(site_of(row));
    });
  });
}

Result<Site> SqliteStore::site(SiteId id) {
  Result<std::optional<Site>> site = last_known_->sites.find(id, last_known_->mark, [&] {
    return readers_->read([&](Connection& connection) -> Result<std::optional<Site>> {
      Query row(connection, kSiteById, {id});
      if (!row.next()) return std::optional<Site>();
      return std::optional<Site>(site_of(row));
    });
  });
  if (!site) return site.error();
  if (!site->has_value()) return Error{ErrorKind::kNotFound, "there is no site " + std::to_string(id), ""};
  return std::move(**site);
}

Result<std::vector<Site>> SqliteStore::sites() {
  return readers_->read([](Connection& connection) -> Result<std::vector<Site>> {
    std::vector<Site> sites;
    Query row(connection, kListSites);
    while (row.next()) sites.push_back(site_of(row));
    return sites;
  });
}

Result<std::vector<SiteActivity>> SqliteStore::site_activity(std::int64_t first_day) {
  return readers_->read([&](Connection& connection) -> Result<std::vector<SiteActivity>> {
    std::vector<SiteActivity> sites;
    Query row(connection, kActivity, {first_day});
    while (row.next()) {
      sites.push_back({row.integer(0), row.integer(1), {}});
      if (!row.is_null(2)) sites.back().last_check = row.integer(2);
    }
    return sites;
  });
}

Result<void> SqliteStore::set_log_only(SiteId id, bool log_only) {
  return change_access([&](Connection& connection, Phrases&) -> Result<void> {
    Query(connection, "UPDATE site SET log_only = ? WHERE id = ?", {static_cast<std::int64_t>(log_only), id})
        .run();
    if (connection.changes() == 1) return {};
    return Error{ErrorKind::kNotFound, "there is no site " + std::to_string(id), "id"};
  });
}

Result<void> SqliteStore::set_thresholds(SiteId id, const SiteThresholds& thresholds) {
  const auto value = [](const std::optional<double>& threshold) {
    return threshold ? sqlite::Value(*threshold) : sqlite::Value(nullptr);
  };
  return change_access([&](Connection& connection, Phrases&) -> Result<void> {
    Query(connection, "UPDATE site SET unsure_from = ?, spam_from = ?, discard_from = ? WHERE id = ?",
          {value(thresholds.unsure), value(thresholds.spam), value(thresholds.discard), id})
        .run();
    if (connection.changes() == 1) return {};
    return Error{ErrorKind::kNotFound, "there is no site " + std::to_string(id), "id"};
  });
}

Result<Key> SqliteStore::add_key(const Key& wanted) {
  Key key = wanted;
  const Result<void> done = change_access([&](Connection& connection, Phrases&) -> Result<void> {
    const std::string networks = joined(key.networks);
    Query(connection,
          "INSERT INTO api_key (kind, any_site, hash, hint, scopes, networks, created_at, expires_at) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          {key.kind == KeyKind::kApi ? kApi : kAkismet, static_cast<std::int64_t>(key.any_site),
           std::string_view(key.hash), std::string_view(key.hint), key.scopes.bits(),
           std::string_view(networks), key.created_at, time_or_null(key.expires_at)})
        .run();
    key.id = connection.last_row_id();
    for (const SiteId site : key.sites)
      Query(connection, "INSERT INTO api_key_site (api_key, site) VALUES (?, ?)", {key.id, site}).run();
    return {};
  });
  if (!done) return done.error();
  return key;
}

Result<std::optional<Key>> SqliteStore::find_key(std::string_view hash_start) {
  return last_known_->keys.find(std::string(hash_start), last_known_->mark, [&] {
    return readers_->read([&](Connection& connection) -> Result<std::optional<Key>> {
      Query row(connection, kFindKey, {hash_start});
      if (!row.next()) return std::optional<Key>();
      return std::optional<Key>(key_of(row));
    });
  });
}

Result<std::vector<Key>> SqliteStore::keys() {
  return readers_->read([](Connection& connection) -> Result<std::vector<Key>> {
    std::vector<Key> keys;
    Query row(connection, kListKeys);
    while (row.next()) keys.push_back(key_of(row));
    return keys;
  });
}

Result<void> SqliteStore::revoke_key(KeyId id, UnixMillis now) {
  return change_access([&](Connection& connection, Phrases&) {
    Query(connection, "UPDATE api_key SET revoked_at = coalesce(revoked_at, ?) WHERE id = ?", {now, id})
        .run();
    return one_key_changed(connection, id);
  });
}

Result<void> SqliteStore::suspend_key(KeyId id, std::optional<UnixMillis> since) {
  return change_access([&](Connection& connection, Phrases&) {
    if (since)
      Query(connection, "UPDATE api_key SET suspended_at = coalesce(suspended_at, ?) WHERE id = ?",
            {*since, id})
          .run();
    else
      Query(connection, "UPDATE api_key SET suspended_at = NULL WHERE id = ?", {id}).run();
    return one_key_changed(connection, id);
  });
}

Result<void> SqliteStore::change_key(KeyId id, const KeyChange& change) {
  return change_access([&](Connection& connection, Phrases&) {
    Query(connection, "UPDATE api_key SET id = id WHERE id = ?", {id}).run();
    Result<void> known = one_key_changed(connection, id);
    if (!known) return known;
    if (change.scopes)
      Query(connection, "UPDATE api_key SET scopes = ? WHERE id = ?", {change.scopes->bits(), id}).run();
    if (change.expires_at)
      Query(connection, "UPDATE api_key SET expires_at = ? WHERE id = ?",
            {time_or_null(*change.expires_at), id})
          .run();
    if (change.networks) {
      const std::string networks = joined(*change.networks);
      Query(connection, "UPDATE api_key SET networks = ? WHERE id = ?", {std::string_view(networks), id})
          .run();
    }
    return known;
  });
}

Result<void> SqliteStore::touch_keys(const std::map<KeyId, UnixMillis>& used) {
  return change_access([&](Connection& connection, Phrases&) -> Result<void> {
    for (const auto& [id, at] : used)
      Query(connection, "UPDATE api_key SET last_used_at = max(coalesce(last_used_at, 0), ?) WHERE id = ?",
            {at, id})
          .run();
    return {};
  });
}

}  // namespace winnow
