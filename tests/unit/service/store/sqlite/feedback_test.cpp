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
  put.key = store->add_key(KeyKind::kApi, {}, "hash", "abcd", 1)->id;
  put.is_test = true;
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

TEST_CASE("reports are counted by text and by author, without tests and without other sites") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  const SiteId other = add_site(*store, "other.example");
  const auto put = [&](unsigned number, SiteId where, Label label, bool is_test) {
    FeedbackEvent event = event_of(number, where, label);
    event.is_test = is_test;
    REQUIRE(store->put_feedback(event).ok());
  };
  put(1, site, Label::kSpam, false);
  put(2, site, Label::kSpam, false);
  put(3, site, Label::kHam, false);
  put(4, site, Label::kHam, true);
  put(5, other, Label::kHam, false);
  FeedbackEvent anonymous = event_of(6, site, Label::kSpam);
  anonymous.comment.author_email = "";
  anonymous.text_key = 1;
  REQUIRE(store->put_feedback(anonymous).ok());

  const std::uint64_t key = event_of(1, site, Label::kSpam).text_key;
  CHECK(store->reports_of_text(site, key)->spam == 2);
  CHECK(store->reports_of_text(site, key)->ham == 1);
  CHECK(store->reports_of_text(other, key)->spam == 0);
  CHECK(store->reports_of_text(other, key)->ham == 1);
  CHECK(store->reports_of_text(site, key + 1)->spam == 0);

  CHECK(store->reports_of_author(site, "ANN@example.ORG")->spam == 2);
  CHECK(store->reports_of_author(site, "ANN@example.ORG")->ham == 1);
  CHECK(store->reports_of_author(other, "ann@example.org")->ham == 1);
  CHECK(store->reports_of_author(site, "bob@example.org")->spam == 0);
  CHECK(store->reports_of_author(site, "")->spam == 0);
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
