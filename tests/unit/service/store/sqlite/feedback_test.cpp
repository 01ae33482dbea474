#include "store_on_disk.h"

using namespace winnow;
using namespace winnow::test;

TEST_CASE("reports come back in the order of arrival, page by page") {
  const Directory directory;
  SiteId site = 0;
  {
    const auto store = open_store(directory);
    site = add_site(*store, "example.org");
    for (const unsigned number : {9U, 4U, 7U})
      REQUIRE(store->put_feedback(event_of(number, site, Label::kSpam)).ok());
  }
  const auto store = open_store(directory);
  const auto all = store->feedback(site, "", 100);
  REQUIRE(all.ok());
  REQUIRE(all->size() == 3);
  CHECK((*all)[0].id == id_of(9));
  CHECK((*all)[1].id == id_of(4));
  CHECK((*all)[2].id == id_of(7));
  CHECK(store->feedback(site, "", 2)->size() == 2);
  CHECK(store->feedback(site, "", 0)->empty());
  REQUIRE(store->feedback(site, id_of(9), 100)->size() == 2);
  CHECK(store->feedback(site, id_of(9), 1)->front().id == id_of(4));
  CHECK(store->feedback(site, id_of(7), 100)->empty());
  CHECK(store->feedback(site, id_of(1), 100).error().kind == ErrorKind::kNotFound);
  CHECK(store->feedback(site, "nonsense", 100).error().kind == ErrorKind::kNotFound);
}

TEST_CASE("a report comes back whole") {
  const Directory directory;
  const auto store = open_store(directory);
  FeedbackEvent put = event_of(1, add_site(*store, "example.org"), Label::kHam);
  put.verdict_id = id_of(500);
  put.key = store->add_key({.kind = KeyKind::kApi, .any_site = true, .hash = "hash"})->id;
  put.is_test = true;
  put.origin = "api";
  put.curator = true;
  put.points = -2.25;
  REQUIRE(store->put_feedback(put).ok());
  const FeedbackEvent got = store->feedback(put.site, "", 1)->front();
  CHECK(got.id == put.id);
  CHECK(got.verdict_id == put.verdict_id);
  CHECK(got.site == put.site);
  CHECK(got.key == put.key);
  CHECK(got.at == put.at);
  CHECK(got.label == Label::kHam);
  CHECK(got.text_key == put.text_key);
  CHECK(got.reporter == "editor");
  CHECK(got.is_test);
  CHECK(got.origin == "api");
  CHECK(got.curator);
  CHECK(got.points == -2.25);
  CHECK_FALSE(got.withdrawn);
  CHECK(store->find_feedback(put.id)->value().comment.content == put.comment.content);
  CHECK_FALSE(store->find_feedback(id_of(9))->has_value());
  CHECK(got.comment.content == put.comment.content);
  CHECK(got.comment.author_email == "Ann@Example.org");
}

TEST_CASE("a report is stored once, with good ids") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  REQUIRE(store->put_feedback(event_of(1, site, Label::kSpam)).ok());
  CHECK(store->put_feedback(event_of(1, site, Label::kSpam)).error().kind == ErrorKind::kConflict);
  CHECK(store->put_feedback(event_of(2, site + 1, Label::kSpam)).error().kind == ErrorKind::kConflict);
  FeedbackEvent bad = event_of(3, site, Label::kSpam);
  bad.verdict_id = "xyz";
  const Result<void> refused = store->put_feedback(bad);
  CHECK(refused.error().kind == ErrorKind::kInvalid);
  CHECK(refused.error().field == "verdict_id");
}

TEST_CASE("two sites never see each other's reports") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  const SiteId other = add_site(*store, "other.example");
  REQUIRE(store->put_feedback(event_of(1, site, Label::kSpam)).ok());
  CHECK(store->feedback(site, "", 10)->size() == 1);
  CHECK(store->feedback(other, "", 10)->empty());
  CHECK(store->feedback(other, id_of(1), 10).error().kind == ErrorKind::kNotFound);
}

TEST_CASE("a batch passes over the reports that are there already, and is whole or nothing") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  const auto batch = [&](unsigned first, unsigned last) {
    std::vector<FeedbackEvent> events;
    for (unsigned number = first; number <= last; ++number)
      events.push_back(event_of(number, site, Label::kSpam));
    return events;
  };
  CHECK(*store->put_feedbacks(batch(1, 3)) == 3);
  CHECK(*store->put_feedbacks(batch(2, 5)) == 2);
  CHECK(store->feedback(site, "", 100)->size() == 5);
  std::vector<FeedbackEvent> broken = batch(6, 7);
  broken.push_back(event_of(8, site + 1, Label::kSpam));
  CHECK(store->put_feedbacks(broken).error().kind == ErrorKind::kConflict);
  CHECK(store->feedback(site, "", 100)->size() == 5);
}

TEST_CASE("a withdrawn report stays in the log, with who and when, and speaks for nothing") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  for (const unsigned number : {1U, 2U, 3U})
    REQUIRE(store->put_feedback(event_of(number, site, Label::kSpam)).ok());
  const std::uint64_t text = event_of(1, site, Label::kSpam).text_key;
  const LogEnd before = *store->log_end();
  REQUIRE(store->withdraw_feedback(id_of(2), {77, 0, "ann"}).ok());
  const LogEnd after = *store->log_end();
  CHECK(after.event == before.event);
  CHECK(after.withdrawal > before.withdrawal);
  REQUIRE(store->withdraw_feedback(id_of(2), {99, 0, "ben"}).ok());
  CHECK(*store->log_end() == after);
  CHECK(store->withdraw_feedback(id_of(4), {1, 0, ""}).error().kind == ErrorKind::kNotFound);

  const auto log = store->feedback_log(0, 100);
  REQUIRE(log->size() == 3);
  CHECK_FALSE((*log)[0].event.withdrawn);
  REQUIRE((*log)[1].event.withdrawn);
  CHECK((*log)[1].event.withdrawn->at == 77);
  CHECK((*log)[1].event.withdrawn->by == "ann");
  const auto speaking = store->reports_on_text(site, text, 10);
  REQUIRE(speaking->size() == 2);
  CHECK(speaking->front().id == id_of(3));
  CHECK(store->reports_on_text(site + 1, text, 10)->empty());
}

TEST_CASE("the log has all sites' reports in order of arrival, page by page") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  const SiteId other = add_site(*store, "other.example");
  CHECK(*store->log_end() == LogEnd{});
  FeedbackEvent bound = event_of(1, site, Label::kSpam);
  bound.key = store->add_key({.kind = KeyKind::kApi, .sites = {site}, .hash = "hash"})->id;
  REQUIRE(store->put_feedback(bound).ok());
  REQUIRE(store->put_feedback(event_of(2, other, Label::kHam)).ok());
  const auto first = store->feedback_log(0, 1);
  REQUIRE(first->size() == 1);
  CHECK(first->front().event.id == id_of(1));
  CHECK_FALSE(first->front().of_any_site_key);
  const auto second = store->feedback_log(first->front().seq, 5);
  REQUIRE(second->size() == 1);
  CHECK(second->front().event.site == other);
  CHECK(second->front().of_any_site_key);
  CHECK(store->log_end()->event == second->front().seq);
}
