#include "service/store/sqlite/migrations.h"

#include "service/store/sqlite/connection.h"
#include "store_on_disk.h"

using namespace winnow;
using namespace winnow::test;
using sqlite::Access;
using sqlite::Connection;
using sqlite::Migration;
using sqlite::Query;

namespace {

std::int64_t number(const std::filesystem::path& database, const char* sql) {
  Connection connection(database, Access::kReadWrite);
  Query query(connection, sql);
  REQUIRE(query.next());
  return query.integer(0);
}

std::vector<Migration> and_then(const char* sql) {
  std::vector<Migration> wanted = sqlite::migrations();
  wanted.push_back({wanted.back().number + 1, sql});
  return wanted;
}

}  // namespace

TEST_CASE("migrations are numbered 1, 2, 3, ...") {
  int expected = 0;
  for (const Migration& migration : sqlite::migrations()) {
    CHECK(migration.number == ++expected);
    CHECK_FALSE(migration.sql.empty());
  }
  CHECK(expected >= 1);
}

TEST_CASE("an empty file becomes a database of the last version, in WAL mode, with no copy") {
  const Directory directory;
  open_store(directory);
  const auto file = directory / "winnow.db";
  CHECK(number(file, "PRAGMA user_version") == sqlite::migrations().back().number);
  CHECK(number(file, "PRAGMA application_id") == 0x57494e4e);
  CHECK(number(file, "SELECT count(*) FROM pragma_journal_mode WHERE journal_mode = 'wal'") == 1);
  CHECK(
      number(file,
             "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE "
             "'sqlite_%' AND type NOT IN ('virtual', 'shadow')") == 0);
  for (const auto& entry : std::filesystem::directory_iterator(directory.path())) {
    CHECK(entry.path().string().find("before") == std::string::npos);
  }
}

TEST_CASE("an older database is copied, then changed; its rows are kept") {
  const Directory directory;
  { add_site(*open_store(directory), "example.org"); }
  const auto file = directory / "winnow.db";
  const std::vector<Migration> wanted =
      and_then("ALTER TABLE site ADD COLUMN note TEXT; UPDATE site SET note = 'n';");
  const int latest = wanted.back().number;
  const std::filesystem::path copy = file.string() + ".before-" + std::to_string(latest);
  write_file(copy.string() + ".tmp", "left by a crash");

  REQUIRE(sqlite::migrate(file, wanted).ok());
  CHECK(number(file, "PRAGMA user_version") == latest);
  CHECK(number(file, "SELECT count(*) FROM site WHERE note = 'n'") == 1);
  CHECK(number(copy, "PRAGMA user_version") == latest - 1);
  CHECK(number(copy, "SELECT count(*) FROM site WHERE url = 'example.org'") == 1);
  CHECK(number(copy, "SELECT count(*) FROM pragma_table_info('site') WHERE name = 'note'") == 0);
  CHECK((std::filesystem::status(copy).permissions() & std::filesystem::perms::all) ==
        std::filesystem::perms(0600));
  CHECK_FALSE(std::filesystem::exists(copy.string() + ".tmp"));

  std::filesystem::remove(copy);
  REQUIRE(sqlite::migrate(file, wanted).ok());  // once more: nothing to do, nothing to copy
  CHECK_FALSE(std::filesystem::exists(copy));
}

TEST_CASE("a database of version 1 keeps its keys, and its figures are counted") {
  const Directory directory;
  const auto file = directory / "winnow.db";
  write_file(file, "");
  REQUIRE(sqlite::migrate(file, {sqlite::migrations().front()}).ok());
  Connection(file, Access::kReadWrite).execute(R"(
    INSERT INTO site VALUES (1, 'example.org', 5);
    INSERT INTO api_key VALUES (1, 'akismet', 1, 'hash-1', 'abcd', 5, NULL), (2, 'api', NULL, 'hash-2', '1234', 5, 6);
    INSERT INTO phrase VALUES (1, 'model');
    INSERT INTO verdict VALUES (1, x'00000000000000000000000000000001', 1, 1, 86400000, 0, 3, 0.99, 1, 1, 7, '[]', '{}'),
                               (2, x'00000000000000000000000000000002', 1, 1, 86400001, 0, 0, 0.01, 1, 1, 8, '[]', '{}'),
                               (3, x'00000000000000000000000000000003', 1, 1, 86400002, 1, 0, 0.01, 1, 1, 9, '[]', '{}');
    INSERT INTO feedback VALUES (1, randomblob(16), x'00000000000000000000000000000001', 1, 1, 172800000, 0, 0, 7, NULL, '', '{}'),
                                (2, randomblob(16), x'00000000000000000000000000000001', 1, 1, 172800001, 0, 0, 7, NULL, '', '{}'),
                                (3, randomblob(16), x'00000000000000000000000000000002', 1, 1, 172800002, 0, 0, 8, NULL, '', '{}');
  )");
  const auto store = open_store(directory);
  const Key bound = **store->find_key("hash-1");
  CHECK(bound.sites == std::vector<SiteId>{1});
  CHECK_FALSE(bound.any_site);
  CHECK((*store->find_key("hash-2"))->any_site);
  CHECK((*store->find_key("hash-2"))->revoked_at == 6);
  const auto days = store->tallies({TallyRange::Of::kSite, 1, 0, 10}, Period::kDay);
  REQUIRE(days.ok());
  REQUIRE(days->size() == 2);
  CHECK((*days)[0].tally.spam == 1);
  CHECK((*days)[0].tally.ham == 1);
  CHECK((*days)[1].tally.false_positives == 1);
  CHECK((*days)[1].tally.checks() == 0);
}

TEST_CASE("keys of version 9 may do what they could, a curator's of either kind") {
  const Directory directory;
  const auto file = directory / "winnow.db";
  std::vector<Migration> nine = sqlite::migrations();
  nine.resize(9);
  write_file(file, "");
  REQUIRE(sqlite::migrate(file, nine).ok());
  Connection(file, Access::kReadWrite).execute(R"(
    INSERT INTO site (id, url, created_at) VALUES (1, 'example.org', 5);
    INSERT INTO api_key (id, kind, any_site, hash, hint, created_at, curator)
      VALUES (1, 'akismet', 0, 'aa', 'abcd', 5, 0), (2, 'akismet', 1, 'bb', 'abcd', 5, 1), (3, 'api', 1, 'cc', '1234', 5, 1);
    INSERT INTO api_key_site VALUES (1, 1);
  )");
  const auto store = open_store(directory);
  const auto keys = store->keys();
  REQUIRE(keys.ok());
  REQUIRE(keys->size() == 3);
  CHECK((*keys)[0].scopes == kCheckAndFeedback);
  CHECK((*keys)[0].sites == std::vector<SiteId>{1});
  CHECK((*keys)[1].scopes == kAllScopes);
  CHECK((*keys)[1].kind == KeyKind::kAkismet);
  CHECK((*keys)[2].scopes == kAllScopes);
}

TEST_CASE("what a database of version 11 had indexed is indexed anew, with its texts") {
  const Directory directory;
  const auto file = directory / "winnow.db";
  write_file(file, "");
  const auto& all = sqlite::migrations();
  REQUIRE(sqlite::migrate(file, {all.begin(), all.begin() + 11}).ok());
  Connection(file, Access::kReadWrite).execute(R"(
    INSERT INTO site (id, url, created_at) VALUES (1, 'example.org', 5);
    INSERT INTO phrase VALUES (1, 'model');
    INSERT INTO verdict (seq, id, site, at, is_test, outcome, score, model, rules, text_key, signals, comment, tab)
      VALUES (1, x'00000000000000000000000000000001', 1, 86400000, 0, 3, 0.99, 1, 1, 7, '[]', '{"content":"hello"}', 3);
    INSERT INTO search (rowid, text, facet) VALUES (1, 'hello', 's1 o3 p9');
    UPDATE search_state SET form = 1, indexed = 1, counted = 1;
  )");
  const auto store = open_store(directory);
  CHECK(store->verdicts_by_text(1, 7, 10)->size() == 1);
  CHECK(number(file, "SELECT count(*) FROM search WHERE search MATCH 's1'") == 0);
  CHECK(*store->index_verdicts(10) == 1);
  CHECK(store->verdicts_by_text(1, 7, 10)->size() == 1);
  CHECK(number(file, "SELECT count(*) FROM search WHERE search MATCH 's1'") == 1);
}

TEST_CASE("a migration that fails leaves the database as it was") {
  const Directory directory;
  { add_site(*open_store(directory), "example.org"); }
  const auto file = directory / "winnow.db";
  const Result<void> done =
      sqlite::migrate(file, and_then("DELETE FROM site; INSERT INTO nowhere VALUES (1);"));
  REQUIRE_FALSE(done.ok());
  CHECK(done.error().message.find("winnow.db") != std::string::npos);
  CHECK(open_store(directory)->find_site("example.org")->has_value());
}

TEST_CASE("a database of a newer winnow is refused") {
  const Directory directory;
  { open_store(directory); }
  const auto file = directory / "winnow.db";
  REQUIRE(sqlite::migrate(file, and_then("CREATE TABLE later (x INTEGER) STRICT;")).ok());
  const auto store = SqliteStore::open(file);
  REQUIRE_FALSE(store.ok());
  CHECK(store.error().kind == ErrorKind::kConflict);
  CHECK(store.error().message.find("newer") != std::string::npos);
}

TEST_CASE("a database of another program is refused and not touched") {
  const Directory directory;
  const auto file = directory / "winnow.db";
  write_file(file, "");
  Connection(file, Access::kReadWrite).execute("CREATE TABLE theirs (x INTEGER)");
  const auto store = SqliteStore::open(file);
  REQUIRE_FALSE(store.ok());
  CHECK(store.error().kind == ErrorKind::kCorrupt);
  CHECK(number(file, "SELECT count(*) FROM sqlite_schema") == 1);
}
