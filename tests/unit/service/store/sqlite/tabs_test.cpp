#include "service/store/search.h"
#include "service/store/sqlite/connection.h"
#include "service/store/sqlite/migrations.h"
#include "store_on_disk.h"

using namespace winnow;
using namespace winnow::test;

namespace {

class Desk {
 public:
  Desk() : store(open_store(directory)), site(add_site(*store, "example.org")) {}

  void put(unsigned number, Outcome outcome, unsigned supersedes = 0, bool is_test = false) {
    StoredVerdict verdict = verdict_of(number, site);
    verdict.verdict.outcome = outcome;
    verdict.is_test = is_test;
    if (supersedes != 0) verdict.supersedes = id_of(supersedes);
    REQUIRE(store->put_verdict(verdict).ok());
  }
  void report(unsigned number, unsigned verdict, Label label, bool is_test = false) {
    FeedbackEvent event = event_of(number, site, label);
    event.verdict_id = id_of(verdict);
    event.is_test = is_test;
    REQUIRE(store->put_feedback(event).ok());
  }
  void withdraw(unsigned number) {
    REQUIRE(store->withdraw_feedback(id_of(number), {1'800'000'000'000, 0, "cli"}).ok());
  }

  // Of all tabs, those that have the verdict, as "spam all".
  std::string tabs_of(unsigned number) {
    std::string tabs;
    for (std::size_t i = 0; i < kTabs; ++i) {
      VerdictSearch search;
      search.tab = static_cast<Tab>(i);
      const auto page = store->search(search, 0, 100);
      REQUIRE(page.ok());
      for (const ShownVerdict& shown : page->verdicts)
        if (shown.verdict.id == id_of(number))
          tabs += (tabs.empty() ? "" : " ") + std::string(to_string(search.tab));
    }
    return tabs;
  }
  std::optional<StandingReport> report_on(unsigned number) {
    const auto shown = store->shown_verdict(id_of(number));
    REQUIRE(shown.ok());
    REQUIRE(shown->has_value());
    return (*shown)->report;
  }

  Directory directory;
  std::unique_ptr<SqliteStore> store;
  SiteId site;
};

}  // namespace

TEST_CASE("a verdict is in the tab of its outcome; a test is in none") {
  Desk desk;
  desk.put(1, Outcome::kHam);
  desk.put(2, Outcome::kUnsure);
  desk.put(3, Outcome::kSpam);
  desk.put(4, Outcome::kDiscard);
  desk.put(5, Outcome::kSpam, 0, true);
  CHECK(desk.tabs_of(1) == "ham all");
  CHECK(desk.tabs_of(2) == "unsure all");
  CHECK(desk.tabs_of(3) == "spam all");
  CHECK(desk.tabs_of(4) == "discard all");
  CHECK(desk.tabs_of(5) == "");
  desk.report(9, 5, Label::kHam);
  CHECK(desk.tabs_of(5) == "");
}

TEST_CASE("a report moves a verdict to the tab of reports, and its withdrawal back") {
  Desk desk;
  desk.put(1, Outcome::kSpam);
  desk.report(11, 1, Label::kHam, true);  // a test
  CHECK(desk.tabs_of(1) == "spam all");
  desk.report(12, 1, Label::kHam);
  CHECK(desk.tabs_of(1) == "reported all");
  CHECK(desk.report_on(1)->label == Label::kHam);
  desk.report(13, 1, Label::kSpam);
  CHECK(desk.report_on(1)->id == id_of(13));
  CHECK(desk.report_on(1)->by == "editor");
  desk.withdraw(13);
  desk.withdraw(13);
  CHECK(desk.tabs_of(1) == "reported all");
  CHECK(desk.report_on(1)->id == id_of(12));
  desk.withdraw(12);
  CHECK(desk.tabs_of(1) == "spam all");
  CHECK_FALSE(desk.report_on(1).has_value());
}

TEST_CASE(
    "a comment that is judged again is shown once, as it was judged last, with what was reported of it") {
  Desk desk;
  desk.put(1, Outcome::kHam);
  desk.put(2, Outcome::kSpam, 1);
  CHECK(desk.tabs_of(1) == "");
  CHECK(desk.tabs_of(2) == "spam all");
  desk.report(11, 1, Label::kHam);  // who reports knows the first
  CHECK(desk.tabs_of(1) == "");
  CHECK(desk.tabs_of(2) == "reported all");
  desk.put(3, Outcome::kUnsure, 2);
  CHECK(desk.tabs_of(2) == "");
  CHECK(desk.tabs_of(3) == "reported all");
  CHECK(desk.report_on(3)->id == id_of(11));
  desk.withdraw(11);
  CHECK(desk.tabs_of(3) == "unsure all");
  CHECK(desk.tabs_of(1) == "");
}

TEST_CASE("what an author was reported for is counted by site, e-mail or else name") {
  Desk desk;
  StoredVerdict verdict = verdict_of(1, desk.site);
  verdict.comment.author = "Ann";
  REQUIRE(desk.store->put_verdict(verdict).ok());
  verdict = verdict_of(2, desk.site);
  verdict.comment.author = "ANN";
  verdict.comment.author_email = "";
  REQUIRE(desk.store->put_verdict(verdict).ok());
  const auto put = [&](unsigned number, const char* email, const char* name, Label label) {
    FeedbackEvent event = event_of(number, desk.site, label);
    event.comment.author_email = email;
    event.comment.author = name;
    REQUIRE(desk.store->put_feedback(event).ok());
  };
  put(11, "ann@example.ORG", "Someone", Label::kSpam);
  put(12, "ann@example.org", "Someone", Label::kSpam);
  put(13, "Ann@example.org", "", Label::kHam);
  put(14, "", "ann", Label::kHam);
  put(15, "other@example.org", "Ann", Label::kHam);
  desk.withdraw(12);
  const auto by_email = *desk.store->shown_verdict(id_of(1));
  CHECK(by_email->author_ham == 1);
  CHECK(by_email->author_spam == 1);
  const auto by_name = *desk.store->shown_verdict(id_of(2));
  CHECK(by_name->author_ham == 1);
  CHECK(by_name->author_spam == 0);
}

TEST_CASE("verdicts and reports of an older winnow get their tabs, authors and counts") {
  const Directory directory;
  const auto file = directory / "winnow.db";
  write_file(file, "");
  std::vector<sqlite::Migration> before = sqlite::migrations();
  before.resize(6);
  REQUIRE(sqlite::migrate(file, before).ok());
  {
    sqlite::Connection connection(file, sqlite::Access::kReadWrite);
    connection.execute(R"(
      INSERT INTO site (id, url, created_at) VALUES (1, 'a.example', 1);
      INSERT INTO phrase (id, text) VALUES (1, 'model'), (2, 'rules'), (3, 'links.many');
      CREATE TEMP TABLE made (number, outcome, is_test, replaces);
      INSERT INTO made VALUES (1, 0, 0, NULL), (2, 2, 0, NULL), (3, 1, 0, 2), (4, 3, 0, NULL), (5, 2, 1, NULL);
      INSERT INTO verdict (id, site, at, is_test, outcome, score, model, rules, text_key, signals, comment, supersedes)
        SELECT cast(printf('%016d', number) AS BLOB), 1, 1700000000000, is_test, outcome, 0.5, 1, 2, number, '[[3,1.5,""]]',
               '{"content":"old words","email":"ANN@a.example"}', iif(replaces IS NULL, NULL, cast(printf('%016d', replaces) AS BLOB)) FROM made;
      INSERT INTO feedback (seq, id, verdict, site, at, is_test, label, text_key, reporter, comment)
        SELECT number, cast(printf('%016d', number) AS BLOB), cast(printf('%016d', number) AS BLOB), 1, 1700000000000, 0, 1, number, '',
               '{"email":"ann@A.example"}' FROM made WHERE number IN (1, 2, 4);
      INSERT INTO withdrawal (feedback, at, by) VALUES (4, 1, '');
    )");
  }
  const auto store = open_store(directory);
  const auto find = [&](Tab tab) {
    VerdictSearch search;
    search.tab = tab;
    std::string found;
    const auto page = store->search(search, 0, 10);
    REQUIRE(page.ok());
    for (const ShownVerdict& shown : page->verdicts) found += shown.verdict.id.back();  // 16 digits as bytes
    return found;
  };
  CHECK(find(Tab::kAll) == "431");
  CHECK(find(Tab::kReported) == "31");  // of 3 the one that it replaced was reported
  CHECK(find(Tab::kDiscard) == "4");
  CHECK((*store->shown_verdict("30303030303030303030303030303034"))->author_spam == 2);
  CHECK(store->index_state()->is_behind());
  while (*store->index_verdicts(2) > 0) {
  }
  VerdictSearch search;
  search.terms = {{WordsTerm{WordsTerm::In::kText, "old words", false}}};
  CHECK(store->count_tabs(search, 0)->tabs[static_cast<std::size_t>(Tab::kAll)] == 3);
  const auto reasons = store->reason_counts({{}, 0, 100'000});
  REQUIRE(reasons.ok());
  REQUIRE(reasons->size() == 1);
  CHECK(reasons->front().hits == 3);
  CHECK(reasons->front().reported_spam == 2);
}
