#include "service/store/sqlite/watches.h"

#include <bit>

#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/sqlite/writer.h"

namespace winnow {
namespace {

using sqlite::Blob;
using sqlite::Connection;
using sqlite::Phrases;
using sqlite::Query;
using sqlite::Value;

constexpr std::string_view kPut =
    "INSERT OR REPLACE INTO watch (verdict, site, text_key, callback, sealed_key, look_at, held_until, "
    "ends_at, to_tell, attempts, told, kept_until) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view kUpdate =
    "UPDATE watch SET look_at = ?, held_until = ?, to_tell = ?, attempts = ?, told = ? "
    "WHERE verdict = ? AND look_at = ?";
// Rows for watch_of().
const std::string kWatches =
    "SELECT watch.verdict, watch.site, watch.text_key, callback, sealed_key, look_at, held_until, ends_at, "
    "to_tell, attempts, told, kept_until FROM watch ";
const std::string kDue = kWatches + "WHERE look_at <= ? ORDER BY look_at LIMIT ?";
// The verdict and those that it replaced, one after the other.
constexpr std::string_view kReplaced =
    "WITH RECURSIVE line (id, place) AS (VALUES (?1, 0) UNION ALL SELECT verdict.supersedes, place + 1 "
    "FROM line JOIN verdict ON verdict.id = line.id WHERE verdict.supersedes IS NOT NULL AND place < 1000) ";
const std::string kFind =
    std::string(kReplaced) + kWatches + "JOIN line ON watch.verdict = line.id ORDER BY place LIMIT 1";
// What the site knows already it is not told, unless it waits for it or is being told the opposite. Changes
// look_at in any case: who is looking at this moment must see that something came in.
const std::string kTell =
    "UPDATE watch SET to_tell = iif(told = ?2 AND held_until IS NULL AND to_tell IS NULL, NULL, ?2), "
    "attempts = 0, look_at = min(look_at - 1, ?3) WHERE verdict IN (" +
    std::string(kReplaced) + "SELECT id FROM line)";

Error no_id() {
  return {ErrorKind::kInvalid, "the id of a verdict is 32 hex digits", "verdict_id"};
}

Value held_until_of(const Watch& watch) {
  return watch.held_until ? Value(*watch.held_until) : Value(nullptr);
}
std::int64_t number_of(Label label) {
  return label == Label::kSpam ? 1 : 0;
}
Value to_tell_of(const Watch& watch) {
  return watch.to_tell ? Value(number_of(*watch.to_tell)) : Value(nullptr);
}

Watch watch_of(const Query& row) {
  Watch watch;
  watch.verdict_id = sqlite::hex_of_id(row.bytes(0));
  watch.site = row.integer(1);
  watch.text_key = std::bit_cast<std::uint64_t>(row.integer(2));
  watch.callback = row.bytes(3);
  watch.sealed_key = row.bytes(4);
  watch.look_at = row.integer(5);
  if (!row.is_null(6)) watch.held_until = row.integer(6);
  watch.ends_at = row.integer(7);
  if (!row.is_null(8)) watch.to_tell = row.integer(8) != 0 ? Label::kSpam : Label::kHam;
  watch.attempts = static_cast<int>(row.integer(9));
  watch.told = row.integer(10) != 0 ? Label::kSpam : Label::kHam;
  watch.kept_until = row.integer(11);
  return watch;
}

}  // namespace

Result<void> sqlite::put_watch(Connection& connection, const Watch& watch) {
  const std::optional<std::string> id = bytes_of_id(watch.verdict_id);
  if (!id) return no_id();
  Query(connection, kPut,
        {Blob{*id}, watch.site, std::bit_cast<std::int64_t>(watch.text_key), std::string_view(watch.callback),
         Blob{watch.sealed_key}, watch.look_at, held_until_of(watch), watch.ends_at, to_tell_of(watch),
         static_cast<std::int64_t>(watch.attempts), number_of(watch.told), watch.kept_until})
      .run();
  return {};
}

void sqlite::tell(Connection& connection, std::string_view verdict, Label label, UnixMillis at) {
  Query(connection, kTell, {Blob{verdict}, number_of(label), at}).run();
}

Result<std::optional<Watch>> SqliteStore::find_watch(std::string_view verdict_id) {
  const std::optional<std::string> id = sqlite::bytes_of_id(verdict_id);
  if (!id) return std::optional<Watch>();
  return readers_->read([&](Connection& connection) -> Result<std::optional<Watch>> {
    Query row(connection, kFind, {Blob{*id}});
    return row.next() ? std::optional(watch_of(row)) : std::nullopt;
  });
}

Result<std::vector<Watch>> SqliteStore::watches_due(UnixMillis now, std::size_t limit) {
  return readers_->read([&](Connection& connection) -> Result<std::vector<Watch>> {
    std::vector<Watch> due;
    Query row(connection, kDue, {now, static_cast<std::int64_t>(limit)});
    while (row.next()) due.push_back(watch_of(row));
    return due;
  });
}

Result<void> SqliteStore::update_watch(const Watch& watch, UnixMillis seen) {
  const std::optional<std::string> id = sqlite::bytes_of_id(watch.verdict_id);
  if (!id) return no_id();
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    Query(connection, kUpdate,
          {watch.look_at, held_until_of(watch), to_tell_of(watch), static_cast<std::int64_t>(watch.attempts),
           number_of(watch.told), Blob{*id}, seen})
        .run();
    return {};
  });
}

Result<void> SqliteStore::end_watch(std::string_view verdict_id) {
  const std::optional<std::string> id = sqlite::bytes_of_id(verdict_id);
  if (!id) return no_id();
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    Query(connection, "DELETE FROM watch WHERE verdict = ?", {Blob{*id}}).run();
    return {};
  });
}

Result<void> SqliteStore::end_watches(SiteId site) {
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    Query(connection, "DELETE FROM watch WHERE site = ?", {site}).run();
    return {};
  });
}

Result<void> SqliteStore::put_told(std::string_view verdict_id, const Told& told) {
  const std::optional<std::string> id = sqlite::bytes_of_id(verdict_id);
  if (!id) return no_id();
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    Query(connection, "INSERT INTO told (verdict, at, label) VALUES (?, ?, ?)",
          {Blob{*id}, told.at, number_of(told.label)})
        .run();
    Query(connection, "UPDATE watch SET told = ? WHERE verdict = ?", {number_of(told.label), Blob{*id}})
        .run();
    return {};
  });
}

}  // namespace winnow
