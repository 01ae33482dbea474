#include "store_on_disk.h"

using namespace winnow;
using namespace winnow::test;

namespace {

StoredVerdict shadowed(unsigned number, SiteId site, Outcome shadow) {
  StoredVerdict stored = verdict_of(number, site);
  stored.shadow = ShadowOpinion{"candidate", shadow, 0.5};
  return stored;
}

FeedbackEvent report_on(unsigned number, const StoredVerdict& verdict, Label label) {
  FeedbackEvent event = event_of(number, verdict.site, label);
  event.verdict_id = verdict.id;
  event.text_key = verdict.text_key;
  return event;
}

}  // namespace

TEST_CASE("a site answers by what winnow thinks until it is set to log only, and back") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId id = add_site(*store, "example.org");
  const SiteId other = add_site(*store, "example.net");
  CHECK_FALSE(store->site(id)->log_only);
  REQUIRE(store->set_log_only(id, true).ok());
  CHECK(store->site(id)->log_only);
  CHECK((*store->find_site("example.org"))->log_only);
  CHECK_FALSE(store->site(other)->log_only);
  REQUIRE(store->set_log_only(id, false).ok());
  CHECK_FALSE(store->site(id)->log_only);
  CHECK(store->set_log_only(99, true).error().kind == ErrorKind::kNotFound);
}

TEST_CASE("a shadow of all sites holds for each that has none of its own, later ones too") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId one = add_site(*store, "one.example");
  const SiteId two = add_site(*store, "two.example");
  const auto shadow_of = [&](SiteId id) { return store->site(id)->shadow_model; };
  REQUIRE(store->set_shadow(one, "first").ok());
  CHECK(shadow_of(one) == "first");
  CHECK(shadow_of(two).empty());
  REQUIRE(store->set_shadow({}, "second").ok());
  CHECK(shadow_of(one) == "second");
  CHECK(shadow_of(add_site(*store, "three.example")) == "second");
  REQUIRE(store->set_shadow(two, "").ok());
  CHECK(shadow_of(two).empty());
  CHECK(shadow_of(one) == "second");
  REQUIRE(store->shadows()->size() == 2);
  CHECK_FALSE((*store->shadows())[0].site.has_value());
  CHECK((*store->shadows())[0].model_id == "second");
  CHECK((*store->shadows())[1].site == two);
  REQUIRE(store->set_shadow({}, "").ok());
  CHECK(store->shadows()->empty());
  CHECK(shadow_of(one).empty());
  CHECK(store->set_shadow(99, "first").error().kind == ErrorKind::kNotFound);
}

TEST_CASE("opinions in shadow are counted by both outcomes and by what people said last") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  const StoredVerdict reported = shadowed(1, site, Outcome::kHam);
  StoredVerdict test = shadowed(4, site, Outcome::kHam);
  test.is_test = true;
  REQUIRE(store
              ->put_verdicts({reported, shadowed(2, site, Outcome::kHam), shadowed(3, site, Outcome::kSpam),
                              test, verdict_of(5, site)})
              .ok());
  REQUIRE(store->put_feedback(report_on(11, reported, Label::kSpam)).ok());
  REQUIRE(store->put_feedback(report_on(12, reported, Label::kHam)).ok());
  REQUIRE(store->put_feedback(report_on(14, reported, Label::kSpam)).ok());
  REQUIRE(store->withdraw_feedback(id_of(14), {1, 0, "editor"}).ok());
  FeedbackEvent of_a_test = report_on(13, reported, Label::kSpam);
  of_a_test.is_test = true;
  REQUIRE(store->put_feedback(of_a_test).ok());

  const auto counts = store->shadow_counts("candidate");
  REQUIRE(counts.ok());
  REQUIRE(counts->size() == 3);
  for (const ShadowCount& count : *counts) {
    CHECK(count.in_force == "model-1");
    CHECK(count.outcome == Outcome::kSpam);
    CHECK(count.verdicts == 1);
  }
  CHECK((*counts)[0].shadow_outcome == Outcome::kHam);
  CHECK_FALSE((*counts)[0].said.has_value());
  CHECK((*counts)[1].shadow_outcome == Outcome::kHam);
  CHECK((*counts)[1].said == Label::kHam);
  CHECK((*counts)[2].shadow_outcome == Outcome::kSpam);
  CHECK(store->shadow_counts("model-1")->empty());
  CHECK(store->shadow_counts("nobody")->empty());
}
