#include "store_on_disk.h"

using namespace winnow;
using namespace winnow::test;

namespace {

struct Watched {
  Directory directory;
  std::unique_ptr<SqliteStore> store = open_store(directory);
  SiteId site = add_site(*store, "example.org");

  Watch put(unsigned number, UnixMillis look_at, std::uint64_t text_key = 7) {
    StoredVerdict verdict = verdict_of(number, site);
    verdict.verdict.outcome = Outcome::kHam;
    Watch watch;
    watch.verdict_id = verdict.id;
    watch.site = site;
    watch.text_key = text_key;
    watch.callback = "https://example.org/hook";
    watch.sealed_key = std::string("\0sealed", 7);
    watch.look_at = look_at;
    watch.ends_at = 1000;
    watch.kept_until = 2000;
    REQUIRE(store->put_verdict(verdict, watch).ok());
    return watch;
  }
  std::vector<Watch> due(UnixMillis now) { return *store->watches_due(now, 10); }
};

}  // namespace

TEST_CASE("what is watched is due in time, earliest first, and comes back whole") {
  Watched home;
  home.put(1, 300);
  Watch held = home.put(2, 200, 0xffffffffffffffffU);
  CHECK(home.due(199).empty());
  REQUIRE(home.due(300).size() == 2);
  CHECK(home.due(300)[0].verdict_id == id_of(2));
  CHECK(home.store->watches_due(300, 1)->size() == 1);

  held.look_at = 250;
  held.held_until = 260;
  held.to_tell = Label::kSpam;
  held.attempts = 3;
  held.told = Label::kSpam;
  REQUIRE(home.store->update_watch(held, 200).ok());
  const Watch back = home.due(250).at(0);
  CHECK(back.verdict_id == held.verdict_id);
  CHECK(back.site == home.site);
  CHECK(back.text_key == 0xffffffffffffffffU);
  CHECK(back.callback == held.callback);
  CHECK(back.sealed_key == held.sealed_key);
  CHECK(back.held_until == 260);
  CHECK(back.ends_at == 1000);
  CHECK(back.kept_until == 2000);
  CHECK(back.told == Label::kSpam);
  CHECK(back.to_tell == Label::kSpam);
  CHECK(back.attempts == 3);
}

TEST_CASE("a report on the text, by any site, brings the look forward; a test does not") {
  Watched home;
  const Watch watch = home.put(1, 900);
  home.put(2, 900, 8);
  FeedbackEvent event = event_of(1, add_site(*home.store, "other.example"), Label::kSpam);
  event.at = 500;
  event.text_key = 7;
  event.is_test = true;
  REQUIRE(home.store->put_feedback(event).ok());
  CHECK(home.due(899).empty());
  event.id = id_of(2);
  event.is_test = false;
  REQUIRE(home.store->put_feedback(event).ok());
  REQUIRE(home.due(500).size() == 1);
  CHECK(home.due(500)[0].verdict_id == watch.verdict_id);
}

TEST_CASE("a report that comes in while someone looks is not lost") {
  Watched home;
  Watch watch = home.put(1, 100);
  FeedbackEvent event = event_of(1, home.site, Label::kSpam);
  event.at = 100;
  event.text_key = 7;
  REQUIRE(home.store->put_feedback(event).ok());
  watch.look_at = 900;
  REQUIRE(home.store->update_watch(watch, 100).ok());
  CHECK(home.due(100).size() == 1);
}

TEST_CASE(
    "a report of the desk is to be told, once the site does not know it; others wait for what may change") {
  Watched home;
  home.put(1, 900);
  home.put(2, 900);
  FeedbackEvent event = event_of(1, home.site, Label::kSpam);
  event.verdict_id = id_of(1);
  event.text_key = 7;
  event.at = 500;
  event.tell = true;
  REQUIRE(home.store->put_feedback(event).ok());
  CHECK((*home.store->find_watch(id_of(1)))->to_tell == Label::kSpam);
  CHECK_FALSE((*home.store->find_watch(id_of(2)))->to_tell.has_value());
  CHECK(home.due(500).size() == 2);

  REQUIRE(home.store->put_told(id_of(1), {510, Label::kSpam}).ok());
  Watch watch = **home.store->find_watch(id_of(1));
  CHECK(watch.told == Label::kSpam);
  watch.to_tell.reset();
  REQUIRE(home.store->update_watch(watch, watch.look_at).ok());
  event.id = id_of(2);
  REQUIRE(home.store->put_feedback(event).ok());
  CHECK_FALSE((*home.store->find_watch(id_of(1)))->to_tell.has_value());
  REQUIRE(home.store->withdraw_feedbacks({{id_of(2), Label::kHam}}, {520, 0, "Ann"}).ok());
  CHECK((*home.store->find_watch(id_of(1)))->to_tell == Label::kHam);
}

TEST_CASE("a watch is found from a verdict that replaced its own") {
  Watched home;
  home.put(1, 900);
  for (unsigned number = 2; number < 5; ++number) {
    StoredVerdict again = verdict_of(number, home.site);
    again.supersedes = id_of(number - 1);
    REQUIRE(home.store->put_verdict(again).ok());
  }
  CHECK((*home.store->find_watch(id_of(4)))->verdict_id == id_of(1));
  CHECK_FALSE(home.store->find_watch(id_of(5))->has_value());
  CHECK_FALSE(home.store->find_watch("nonsense")->has_value());
  const CommentHistory history = *home.store->history_of(id_of(2));
  REQUIRE(history.verdicts.size() == 4);
  for (unsigned number = 1; number < 5; ++number) CHECK(history.verdicts[number - 1].id == id_of(number));
  CHECK(home.store->history_of(id_of(9))->verdicts.empty());
}

TEST_CASE("watches end one by one, or with their site") {
  Watched home;
  home.put(1, 100);
  home.put(2, 100);
  home.put(3, 100);
  REQUIRE(home.store->end_watch(id_of(2)).ok());
  CHECK(home.due(100).size() == 2);
  REQUIRE(home.store->end_watches(home.site + 1).ok());
  CHECK(home.due(100).size() == 2);
  REQUIRE(home.store->end_watches(home.site).ok());
  CHECK(home.due(100).empty());
}

TEST_CASE("a verdict that replaces another is counted in its place") {
  Watched home;
  home.put(1, 100);
  StoredVerdict again = verdict_of(2, home.site);
  again.at += 86'400'000;
  again.supersedes = id_of(1);
  REQUIRE(home.store->put_verdict(again).ok());
  CHECK((*home.store->find_verdict(id_of(2)))->supersedes == id_of(1));
  CHECK((*home.store->find_verdict(id_of(1)))->supersedes == "");
  const auto days = *home.store->tallies({TallyRange::Of::kSite, home.site, 0, 1'000'000}, Period::kDay);
  REQUIRE(days.size() == 1);
  CHECK(days[0].tally.spam == 1);
  CHECK(days[0].tally.ham == 0);
}
