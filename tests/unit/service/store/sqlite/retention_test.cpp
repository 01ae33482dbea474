#include "service/store/search.h"
#include "service/store/sqlite/connection.h"
#include "service/store/sqlite/migrations.h"
#include "tests/unit/service/store/sqlite/files.h"
#include "tests/unit/service/store/sqlite/store_on_disk.h"

using namespace winnow;
using namespace winnow::test;

namespace {

constexpr UnixMillis kNow = 1'700'000'000'000;
constexpr UnixMillis kDay = 24 * 3600 * 1000;
constexpr std::size_t kAll = 1000;

class Kept {
 public:
  Kept() : store(open_store(directory)), site(add_site(*store, "example.org")) {}

  StoredVerdict made(unsigned number, UnixMillis at, Outcome outcome = Outcome::kSpam) {
    StoredVerdict verdict = verdict_of(number, site);
    verdict.at = at;
    verdict.verdict.outcome = outcome;
    verdict.comment.author = "Quyxling Vrombaut";
    verdict.comment.content = "xylocarp glimmerstone " + std::to_string(number);
    verdict.comment.author_email = "zorbleqwist@example.org";
    verdict.comment.permalink = "http://example.org/krimpelforth/a-page";
    verdict.verdict.signals = {{"links.many", 2.5, "quotes blargendorf of it"}};
    return verdict;
  }
  void put(const StoredVerdict& verdict) { REQUIRE(store->put_verdict(verdict).ok()); }
  void index() {
    while (*store->index_verdicts(kAll) > 0) {
    }
  }
  StoredVerdict read(unsigned number) {
    const auto found = store->find_verdict(id_of(number));
    REQUIRE((found.ok() && found->has_value()));
    return **found;
  }
  std::string find(SearchTerm term) {
    VerdictSearch search;
    search.terms = {std::move(term)};
    const auto page = store->search(search, 0, 100);
    REQUIRE(page.ok());
    std::string found;
    for (const ShownVerdict& shown : page->verdicts)
      found += (found.empty() ? "" : " ") + std::to_string(shown.seq);
    return found;
  }
  void scrub() {
    REQUIRE(store->scrub([] { return true; }).ok());
  }
  void check_index() {
    sqlite::Connection connection(directory / "winnow.db", sqlite::Access::kReadWrite);
    connection.execute("INSERT INTO search (search) VALUES ('integrity-check'); PRAGMA integrity_check");
  }

  Directory directory;
  std::unique_ptr<SqliteStore> store;
  SiteId site;
};

constexpr const char* kWords[] = {"xylocarp", "zorbleqwist", "krimpelforth", "blargendorf", "Quyxling"};

}  // namespace

TEST_CASE("a verdict that had its time loses its text and stays") {
  Kept kept;
  kept.put(kept.made(1, kNow - 40 * kDay));
  kept.put(kept.made(2, kNow - 20 * kDay));
  kept.index();
  REQUIRE(kept.find({WordsTerm{WordsTerm::In::kText, "glimmerstone", false}}) == "2 1");
  const auto step = kept.store->delete_texts({kNow - 30 * kDay, false}, kNow, kAll);
  REQUIRE(step.ok());
  CHECK(step->verdicts == 1);
  const StoredVerdict old = kept.read(1), young = kept.read(2);
  CHECK(old.text_deleted_at == kNow);
  CHECK(old.comment.content == "");
  CHECK(old.comment.author == "");
  CHECK(old.text_key == 0);
  REQUIRE(old.verdict.signals.size() == 1);
  CHECK(old.verdict.signals[0].id == "links.many");
  CHECK(old.verdict.signals[0].points == 2.5);
  CHECK(old.verdict.signals[0].detail == "");
  CHECK(old.verdict.score == 0.93);
  CHECK(old.verdict.model_id == "model-1");
  CHECK(young.comment.author == "Quyxling Vrombaut");
  CHECK_FALSE(young.text_deleted_at);
  // By its words it is found no more, by what was decided it is.
  CHECK(kept.find({WordsTerm{WordsTerm::In::kText, "glimmerstone", false}}) == "2");
  CHECK(kept.find({OutcomeTerm{Outcome::kSpam}}) == "2 1");
  CHECK(kept.find({ReasonTerm{"links.many"}}) == "2 1");
  CHECK(kept.store->delete_texts({kNow - 30 * kDay, false}, kNow, kAll)->looked == 0);
  kept.check_index();
}

TEST_CASE(
    "discarded ones have a shorter time, and a comment that is judged again has that of its first verdict") {
  Kept kept;
  kept.put(kept.made(3, kNow - 40 * kDay));
  kept.put(kept.made(1, kNow - 5 * kDay, Outcome::kDiscard));
  kept.put(kept.made(2, kNow - 5 * kDay));
  StoredVerdict again = kept.made(4, kNow);
  again.supersedes = id_of(3);
  kept.put(again);
  CHECK(kept.store->delete_texts({kNow - 3 * kDay, true}, kNow, kAll)->verdicts == 1);
  CHECK(kept.read(1).text_deleted_at);
  CHECK_FALSE(kept.read(2).text_deleted_at);
  CHECK(kept.store->delete_texts({kNow - 30 * kDay, false}, kNow, kAll)->verdicts == 2);
  CHECK(kept.read(3).text_deleted_at);
  CHECK(kept.read(4).text_deleted_at);
}

TEST_CASE(
    "reports that had their time are removed, the comments of those that count for nothing are deleted") {
  Kept kept;
  for (unsigned i = 1; i <= 4; ++i) {
    FeedbackEvent event = event_of(i, kept.site, Label::kSpam);
    event.at = kNow - 40 * kDay;
    event.is_test = i == 2;
    event.comment.content = "xylocarp " + std::to_string(i);
    REQUIRE(kept.store->put_feedback(event).ok());
  }
  REQUIRE(kept.store->withdraw_feedback(id_of(3), {kNow, 0, "cli"}).ok());
  const auto uncounted = kept.store->delete_uncounted_texts(kNow - 30 * kDay, kNow, kAll);
  REQUIRE(uncounted.ok());
  CHECK(uncounted->reports == 2);
  CHECK(kept.store->delete_uncounted_texts(kNow - 30 * kDay, kNow, kAll)->looked == 0);
  const auto withdrawn = kept.store->find_feedback(id_of(3));
  REQUIRE((withdrawn.ok() && withdrawn->has_value()));
  CHECK((*withdrawn)->comment.content == "");
  CHECK((*withdrawn)->withdrawn);
  CHECK((*kept.store->find_feedback(id_of(1)))->comment.content == "xylocarp 1");
  const LogEnd before = *kept.store->log_end();
  CHECK(kept.store->remove_reports(kNow - 30 * kDay, kNow, kAll)->reports == 2);
  CHECK_FALSE(kept.store->find_feedback(id_of(1))->has_value());
  CHECK(kept.store->log_end()->removal == before.removal + 1);
}

TEST_CASE("rows of an older database get the form that is the rule, with their words in the index") {
  Kept kept;
  kept.put(kept.made(1, kNow));
  FeedbackEvent event = event_of(9, kept.site, Label::kSpam);
  event.comment.author_email = "zorbleqwist@example.org";
  REQUIRE(kept.store->put_feedback(event).ok());
  kept.index();
  const auto as_kept = [](const Comment& comment) {
    Comment changed = comment;
    changed.author_email = "~e1:5b1e51d07c22a001";
    changed.concealed = true;
    return changed;
  };
  auto step = kept.store->conceal_stored("hashed", as_kept, kAll);
  REQUIRE(step.ok());
  CHECK(step->verdicts == 1);
  CHECK(step->reports == 1);
  CHECK(kept.read(1).comment.author_email == "~e1:5b1e51d07c22a001");
  CHECK(kept.read(1).comment.concealed);
  CHECK((*kept.store->find_feedback(id_of(9)))->comment.concealed);
  CHECK(kept.find({WordsTerm{WordsTerm::In::kEmail, "zorbleqwist", false}}) == "");
  CHECK(kept.find({WordsTerm{WordsTerm::In::kEmail, "", false, {"~e1:5b1e51d07c22a001"}}}) == "1");
  CHECK(kept.store->conceal_stored("hashed", as_kept, kAll)->looked == 0);
  CHECK(kept.store->conceal_stored("none", as_kept, kAll)->looked == 2);  // another rule, from the beginning
  kept.check_index();
}

TEST_CASE(
    "what is deleted is in none of the files after the scrubbing, phrases and words of the index included") {
  Kept kept;
  for (unsigned i = 1; i <= 60; ++i) kept.put(kept.made(i, kNow - (i <= 40 ? 40 : 1) * kDay));
  for (unsigned i = 61; i <= 90; ++i) {
    StoredVerdict other = verdict_of(i, kept.site);
    other.at = kNow;
    kept.put(other);
  }
  kept.index();
  for (const char* word : kWords) {
    CAPTURE(word);
    REQUIRE(files_with(kept.directory.path(), word) != "");
  }
  SUBCASE("by their time") {
    REQUIRE(kept.store->delete_texts({kNow, false}, kNow, kAll)->verdicts == 60);
  }
  SUBCASE("one by one") {
    std::vector<std::string> ids;
    for (unsigned i = 1; i <= 60; ++i) ids.push_back(id_of(i));
    REQUIRE(kept.store->delete_verdicts(ids)->size() == 60);
  }
  SUBCASE("because they were erased") {
    std::vector<std::string> ids;
    for (unsigned i = 1; i <= 60; ++i) ids.push_back(id_of(i));
    REQUIRE(kept.store->erase(ids, {})->verdicts == 60);
  }
  REQUIRE(kept.store->scrub_due()->has_value());
  kept.scrub();
  CHECK_FALSE(kept.store->scrub_due()->has_value());
  for (const char* word : kWords) {
    CAPTURE(word);
    CHECK(files_with(kept.directory.path(), word) == "");
  }
  // The rest is as it was.
  CHECK(kept.read(61).comment.content == "Buy watches 61");
  CHECK(kept.read(61).comment.context == std::vector<std::string>{"watches", "time"});
  CHECK(kept.find({WordsTerm{WordsTerm::In::kText, "watches", false}}).size() > 60);
  kept.check_index();
  kept.put(kept.made(200, kNow));  // phrases of its own again
  CHECK(kept.read(200).comment.permalink == "http://example.org/krimpelforth/a-page");
}

TEST_CASE("in an older database a comment has the time of its first verdict, and reports keep theirs") {
  const Directory directory;
  const auto file = directory / "winnow.db";
  write_file(file, "");
  std::vector<sqlite::Migration> before = sqlite::migrations();
  std::erase_if(before, [](const sqlite::Migration& each) { return each.number >= 11; });
  REQUIRE(sqlite::migrate(file, before).ok());
  {
    sqlite::Connection connection(file, sqlite::Access::kReadWrite);
    connection.execute(R"(
      INSERT INTO site (id, url, created_at) VALUES (1, 'a.example', 1);
      INSERT INTO phrase (id, text) VALUES (1, 'model'), (2, 'rules'), (3, 'links.many');
      CREATE TEMP TABLE made (number, at, replaces);
      INSERT INTO made VALUES (1, 1000, NULL), (2, 2000, 1), (3, 3000, 2), (4, 3000, NULL), (5, 3000, 9);
      INSERT INTO verdict (id, site, at, is_test, outcome, score, model, rules, text_key, signals, comment, supersedes)
        SELECT cast(printf('%016d', number) AS BLOB), 1, at, 0, 2, 0.5, 1, 2, number, '[[3,1.5,""]]',
               '{"content":"old words"}', iif(replaces IS NULL, NULL, cast(printf('%016d', replaces) AS BLOB)) FROM made;
    )");
  }
  const auto store = open_store(directory);
  CHECK(store->delete_texts({1500, false}, kNow, kAll)->verdicts == 3);
  CHECK(store->delete_texts({3001, false}, kNow, kAll)->verdicts == 2);
}
