#include "service/store/sqlite/connection.h"
#include "store_on_disk.h"

using namespace winnow;
using namespace winnow::test;

namespace {

std::vector<std::int64_t> seqs_of(const Result<std::vector<Act>>& acts) {
  REQUIRE(acts.ok());
  std::vector<std::int64_t> seqs;
  for (const Act& act : *acts) seqs.push_back(act.seq);
  return seqs;
}

}  // namespace

TEST_CASE("an act is kept as it was put") {
  const Directory directory;
  const auto store = open_store(directory);
  REQUIRE(store
              ->put_act({0, 1'700'000'000'123, 3, 0, "Ann", "verdict.report", 7, R"({"label":"spam"})",
                         "203.0.113.0/24"})
              .ok());
  REQUIRE(store->put_act({0, 1'700'000'000'124, 0, 5, "key abcd", "site.add", {}, "{}", ""}).ok());
  const auto acts = store->acts({false, 0, 10});
  REQUIRE(acts.ok());
  REQUIRE(acts->size() == 2);
  const Act& first = (*acts)[1];
  CHECK(first.seq > 0);
  CHECK(first.at == 1'700'000'000'123);
  CHECK(first.person == 3);
  CHECK(first.key == 0);
  CHECK(first.by == "Ann");
  CHECK(first.act == "verdict.report");
  CHECK(first.site == 7);
  CHECK(first.what == R"({"label":"spam"})");
  CHECK(first.client == "203.0.113.0/24");
  CHECK((*acts)[0].key == 5);
  CHECK_FALSE((*acts)[0].site.has_value());
}

TEST_CASE("acts come newest first, page by page, all or deletions alone") {
  const Directory directory;
  const auto store = open_store(directory);
  for (int i = 0; i < 6; ++i) {
    Act act;
    act.act = i % 3 == 0 ? "verdict.delete" : "verdict.report";
    REQUIRE(store->put_act(act).ok());
  }
  CHECK(seqs_of(store->acts({false, 0, 4})) == std::vector<std::int64_t>{6, 5, 4, 3});
  CHECK(seqs_of(store->acts({false, 3, 4})) == std::vector<std::int64_t>{2, 1});
  CHECK(seqs_of(store->acts({true, 0, 4})) == std::vector<std::int64_t>{4, 1});
  CHECK(seqs_of(store->acts({true, 4, 4})) == std::vector<std::int64_t>{1});
}

TEST_CASE("of refused sign-ins the newest alone are kept, of all else everything") {
  const Directory directory;
  const auto store = open_store(directory);
  Act act;
  act.act = "session.begin";
  REQUIRE(store->put_act(act).ok());
  {
    sqlite::Connection connection(directory / "winnow.db", sqlite::Access::kReadWrite);
    connection.execute(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) "
        "INSERT INTO act (at, person, api_key, name, act, what, client) SELECT i, 0, 0, '', "
        "'session.refuse', '{}', '' FROM n");
  }
  act.act = "session.refuse";
  REQUIRE(store->put_act(act).ok());
  const auto all = store->acts({false, 0, 20'000});
  REQUIRE(all.ok());
  CHECK(all->size() == 10'001);
  CHECK(all->back().act == "session.begin");
  CHECK((*all)[all->size() - 2].seq == 3);
}
