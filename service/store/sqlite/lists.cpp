// SqliteStore: the tables list_entry, rule_off and house_revision.
#include <algorithm>
#include <limits>

#include "classifier/json.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/sqlite/writer.h"

namespace winnow {
namespace {

using sqlite::Connection;
using sqlite::Phrases;
using sqlite::Query;
using sqlite::Value;

constexpr std::string_view kInsert =
    "INSERT INTO list_entry (list, field, pattern, key, site, note, by, at, until) "
    "VALUES (?, ?, ?, ?, nullif(?, 0), ?, ?, ?, ?) ON CONFLICT DO NOTHING";
constexpr std::string_view kMakeRoom =
    "DELETE FROM list_entry WHERE list = ? AND field = ? AND key = ? AND coalesce(site, 0) = ? "
    "AND until <= ?";

// Rows for entry_of(), and behind them what only people see.
const std::string kColumns =
    "SELECT id, list, field, pattern, coalesce(site, 0), until, key, note, by, at, hits FROM list_entry ";
const std::string kFind = kColumns + "WHERE id = ?";
const std::string kInForce = kColumns + "WHERE until IS NULL OR until > ? ORDER BY id";
// Parameters: before; site or NULL; JSON list of sites or NULL; text twice.
const std::string kShown = kColumns +
                           "WHERE id < ? AND (?2 IS NULL OR site IS NULL OR site = ?2) "
                           "AND (?3 IS NULL OR site IS NULL OR site IN (SELECT value FROM json_each(?3))) "
                           "AND (?4 = '' OR instr(lower(pattern), ?4) > 0 OR instr(lower(note), ?4) > 0) "
                           "ORDER BY id DESC LIMIT ?5";

ListEntry entry_of(const Query& row) {
  ListEntry entry;
  entry.id = row.integer(0);
  entry.list = row.integer(1) == 0 ? ListKind::kAllow : ListKind::kBlock;
  entry.field = static_cast<ListField>(row.integer(2));
  entry.pattern = row.bytes(3);
  entry.site = row.integer(4);
  if (!row.is_null(5)) entry.until = row.integer(5);
  return entry;
}

KeptEntry kept_of(const Query& row) {
  return {entry_of(row), row.bytes(6), row.bytes(7), row.bytes(8), row.integer(9), row.integer(10)};
}

Result<void> check_room(Connection& connection, std::size_t more) {
  Query count(connection, "SELECT count(*) FROM list_entry");
  count.next();
  if (count.integer(0) + static_cast<std::int64_t>(more) <= kMostListEntries) return {};
  return Error{ErrorKind::kConflict,
               "The lists hold at most " + std::to_string(kMostListEntries) + " entries; remove some first.",
               "pattern"};
}

// False if it is there already.
bool insert(Connection& connection, const KeptEntry& kept) {
  const ListEntry& entry = kept.entry;
  const std::int64_t list = entry.list == ListKind::kBlock ? 1 : 0;
  const auto field = static_cast<std::int64_t>(entry.field);
  Query(connection, kMakeRoom, {list, field, std::string_view(kept.key), entry.site, kept.at}).run();
  Query(connection, kInsert,
        {list, field, std::string_view(entry.pattern), std::string_view(kept.key), entry.site,
         std::string_view(kept.note), std::string_view(kept.by), kept.at,
         entry.until ? Value(*entry.until) : Value(nullptr)})
      .run();
  return connection.changes() == 1;
}

void lists_changed(Connection& connection) {
  Query(connection, "UPDATE house_revision SET lists = lists + 1").run();
}

Error no_such_entry(std::int64_t id) {
  return {ErrorKind::kNotFound, "There is no list entry " + std::to_string(id) + ".", "id"};
}

}  // namespace

Result<std::int64_t> SqliteStore::add_list_entry(const KeptEntry& entry) {
  std::int64_t id = 0;
  const Result<void> done = writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    if (Result<void> room = check_room(connection, 1); !room) return room;
    if (!insert(connection, entry))
      return Error{ErrorKind::kConflict,
                   "The " + std::string(to_string(entry.entry.list)) + " list has this pattern already.",
                   "pattern"};
    id = connection.last_row_id();
    lists_changed(connection);
    return {};
  });
  if (!done) return done.error();
  return id;
}

Result<std::size_t> SqliteStore::add_list_entries(const std::vector<KeptEntry>& entries) {
  std::size_t added = 0;
  const Result<void> done = writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    added = 0;
    for (const KeptEntry& entry : entries) added += insert(connection, entry) ? 1 : 0;
    if (Result<void> room = check_room(connection, 0); !room) return room;
    if (added > 0) lists_changed(connection);
    return {};
  });
  if (!done) return done.error();
  return added;
}

Result<KeptEntry> SqliteStore::list_entry(std::int64_t id) {
  return readers_->read([&](Connection& connection) -> Result<KeptEntry> {
    Query row(connection, kFind, {id});
    if (!row.next()) return no_such_entry(id);
    return kept_of(row);
  });
}

Result<void> SqliteStore::remove_list_entry(std::int64_t id) {
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    Query(connection, "DELETE FROM list_entry WHERE id = ?", {id}).run();
    if (connection.changes() == 0) return no_such_entry(id);
    lists_changed(connection);
    return {};
  });
}

Result<std::vector<KeptEntry>> SqliteStore::list_entries(const ListQuery& query, std::int64_t before,
                                                         std::size_t limit) {
  const std::string visible = query.visible ? to_text(Json(*query.visible)) : "";
  std::string text = query.text;
  for (char& c : text)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return readers_->read([&](Connection& connection) -> Result<std::vector<KeptEntry>> {
    std::vector<KeptEntry> entries;
    Query row(connection, kShown,
              {before == 0 ? std::numeric_limits<std::int64_t>::max() : before,
               query.site ? Value(*query.site) : Value(nullptr),
               query.visible ? Value(std::string_view(visible)) : Value(nullptr), std::string_view(text),
               static_cast<std::int64_t>(limit)});
    while (row.next()) entries.push_back(kept_of(row));
    return entries;
  });
}

Result<std::vector<ListEntry>> SqliteStore::lists_in_force(UnixMillis now) {
  return readers_->read([&](Connection& connection) -> Result<std::vector<ListEntry>> {
    std::vector<ListEntry> entries;
    Query row(connection, kInForce, {now});
    while (row.next()) entries.push_back(entry_of(row));
    return entries;
  });
}

Result<void> SqliteStore::count_list_hits(const std::map<std::int64_t, std::int64_t>& hits) {
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    for (const auto& [id, count] : hits)
      Query(connection, "UPDATE list_entry SET hits = hits + ? WHERE id = ?", {count, id}).run();
    return {};
  });
}

Result<std::vector<RuleOff>> SqliteStore::rules_off() {
  return readers_->read([](Connection& connection) -> Result<std::vector<RuleOff>> {
    std::vector<RuleOff> rules;
    Query row(connection, "SELECT id, by, at FROM rule_off ORDER BY id");
    while (row.next()) rules.push_back({row.bytes(0), row.bytes(1), row.integer(2)});
    return rules;
  });
}

Result<void> SqliteStore::set_rule(const RuleOff& rule, bool on) {
  return writer_->run([&](Connection& connection, Phrases&) -> Result<void> {
    if (on)
      Query(connection, "DELETE FROM rule_off WHERE id = ?", {std::string_view(rule.id)}).run();
    else
      Query(connection, "INSERT INTO rule_off (id, by, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            {std::string_view(rule.id), std::string_view(rule.by), rule.at})
          .run();
    if (connection.changes() > 0) Query(connection, "UPDATE house_revision SET rules = rules + 1").run();
    return {};
  });
}

Result<HouseRevision> SqliteStore::house_revision() {
  return readers_->read([](Connection& connection) -> Result<HouseRevision> {
    Query row(connection, "SELECT lists, rules FROM house_revision");
    if (!row.next()) return Error{ErrorKind::kCorrupt, "the table house_revision is empty", ""};
    return HouseRevision{row.integer(0), row.integer(1)};
  });
}

}  // namespace winnow
