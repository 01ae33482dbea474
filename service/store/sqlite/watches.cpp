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
    "ends_at, "
    "to_tell, attempts) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
constexpr std::string_view kUpdate =
    "UPDATE watch SET look_at = ?, held_until = ?, to_tell = ?, attempts = ? WHERE verdict = ? AND look_at = "
    "?";
constexpr std::string_view kDue =
    "SELECT verdict, site, text_key, callback, sealed_key, look_at, held_until, ends_at, to_tell, attempts "
    "FROM watch WHERE look_at <= ? ORDER BY look_at LIMIT ?";

Error no_id() {
  return {ErrorKind::kInvalid, "the id of a verdict is 32 hex digits", "verdict_id"};
}

Value held_until_of(const Watch& watch) {
  return watch.held_until ? Value(*watch.held_until) : Value(nullptr);
}
Value to_tell_of(const Watch& watch) {
  if (!watch.to_tell) return nullptr;
  return static_cast<std::int64_t>(*watch.to_tell == Label::kSpam);
}

// A row of kDue.
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
  return watch;
}

}  // namespace

Result<void> sqlite::put_watch(Connection& connection, const Watch& watch) {
  const std::optional<std::string> id = bytes_of_id(watch.verdict_id);
  if (!id) return no_id();
  Query(connection, kPut,
        {Blob{*id}, watch.site, std::bit_cast<std::int64_t>(watch.text_key), std::string_view(watch.callback),
         Blob{watch.sealed_key}, watch.look_at, held_until_of(watch), watch.ends_at, to_tell_of(watch),
         static_cast<std::int64_t>(watch.attempts)})
      .run();
  return {};
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
           Blob{*id}, seen})
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

}  // namespace winnow
