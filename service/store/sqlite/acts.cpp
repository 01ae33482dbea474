// SqliteStore: the table act.
#include <limits>

#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/sqlite/writer.h"

namespace winnow {
namespace {

using sqlite::Connection;
using sqlite::Phrases;
using sqlite::Query;
using sqlite::Value;

constexpr std::string_view kRefusal = "session.refuse";
constexpr std::string_view kDropOldRefusals =
    "DELETE FROM act WHERE act = 'session.refuse' AND seq <= "
    "(SELECT seq FROM act WHERE act = 'session.refuse' ORDER BY seq DESC LIMIT 1 OFFSET 10000)";

// Both give rows for act_of(). The condition is the index's, word for word.
constexpr std::string_view kAll =
    "SELECT seq, at, person, api_key, name, act, site, what, client FROM act WHERE seq < ? "
    "ORDER BY seq DESC LIMIT ?";
constexpr std::string_view kDeletions =
    "SELECT seq, at, person, api_key, name, act, site, what, client FROM act "
    "WHERE substr(act, -7) = '.delete' AND seq < ? ORDER BY seq DESC LIMIT ?";

Act act_of(const Query& row) {
  Act act{row.integer(0), row.integer(1), row.integer(2), row.integer(3), row.bytes(4), row.bytes(5), {},
          row.bytes(7),   row.bytes(8)};
  if (!row.is_null(6)) act.site = row.integer(6);
  return act;
}

}  // namespace

Result<void> SqliteStore::put_act(const Act& act) {
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    Query(connection,
          "INSERT INTO act (at, person, api_key, name, act, site, what, client) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
          {act.at, act.person, act.key, std::string_view(act.by), std::string_view(act.act),
           act.site ? Value(*act.site) : Value(nullptr), std::string_view(act.what),
           std::string_view(act.client)})
        .run();
    // Whoever guesses passwords must not fill the disk.
    if (act.act == kRefusal) Query(connection, kDropOldRefusals).run();
    return {};
  });
}

Result<std::vector<Act>> SqliteStore::acts(const ActQuery& query) {
  return readers_->read([&](Connection& connection) -> Result<std::vector<Act>> {
    std::vector<Act> acts;
    const std::int64_t before = query.before > 0 ? query.before : std::numeric_limits<std::int64_t>::max();
    Query row(connection, query.only_deletions ? kDeletions : kAll,
              {before, static_cast<std::int64_t>(query.limit)});
    while (row.next()) acts.push_back(act_of(row));
    return acts;
  });
}

}  // namespace winnow
