#include "service/store/sqlite/connection.h"
#include "store_on_disk.h"

using namespace winnow;
using namespace winnow::test;

namespace {

KeptEntry entry(const char* pattern, SiteId site = 0) {
  KeptEntry kept;
  kept.entry.list = ListKind::kBlock;
  kept.entry.field = ListField::kDomain;
  kept.entry.pattern = pattern;
  kept.entry.site = site;
  kept.key = pattern;
  kept.note = "a note";
  kept.by = "Ann";
  kept.at = 1000;
  return kept;
}

std::int64_t added(Store& store, const KeptEntry& kept) {
  const Result<std::int64_t> id = store.add_list_entry(kept);
  REQUIRE(id);
  return *id;
}

std::vector<std::string> patterns(const Result<std::vector<KeptEntry>>& entries) {
  REQUIRE(entries);
  std::vector<std::string> out;
  for (const KeptEntry& kept : *entries) out.push_back(kept.entry.pattern);
  return out;
}

}  // namespace

TEST_CASE("an entry is kept as it was put, and gone when it is removed; its id is never used again") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  KeptEntry kept = entry("casino.example", site);
  kept.entry.until = 5000;
  const std::int64_t id = added(*store, kept);
  const Result<KeptEntry> found = store->list_entry(id);
  REQUIRE(found);
  CHECK(found->entry.id == id);
  CHECK(found->entry.list == ListKind::kBlock);
  CHECK(found->entry.field == ListField::kDomain);
  CHECK(found->entry.pattern == "casino.example");
  CHECK(found->entry.site == site);
  CHECK(found->entry.until == 5000);
  CHECK(found->key == "casino.example");
  CHECK(found->note == "a note");
  CHECK(found->by == "Ann");
  CHECK(found->at == 1000);
  CHECK(found->hits == 0);
  CHECK(store->remove_list_entry(id));
  CHECK(store->list_entry(id).error().kind == ErrorKind::kNotFound);
  CHECK(store->remove_list_entry(id).error().kind == ErrorKind::kNotFound);
  CHECK(added(*store, kept) > id);
  CHECK_FALSE(store->add_list_entry(entry("other.example", 99)));
}

TEST_CASE("a list has a pattern once for a site; an expired entry makes room") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  added(*store, entry("casino.example"));
  added(*store, entry("casino.example", site));
  KeptEntry allowed = entry("casino.example");
  allowed.entry.list = ListKind::kAllow;
  added(*store, allowed);
  const Result<std::int64_t> again = store->add_list_entry(entry("casino.example"));
  REQUIRE_FALSE(again);
  CHECK(again.error().kind == ErrorKind::kConflict);
  CHECK(again.error().field == "pattern");

  KeptEntry passing = entry("passing.example");
  passing.entry.until = 2000;
  added(*store, passing);
  KeptEntry next = passing;
  next.at = 1999;
  CHECK_FALSE(store->add_list_entry(next));
  next.at = 2000;
  next.entry.until.reset();
  CHECK(store->add_list_entry(next));

  const Result<std::size_t> many = store->add_list_entries(
      {entry("casino.example"), entry("new.example"), entry("new.example"), entry("newer.example")});
  REQUIRE(many);
  CHECK(*many == 2);
}

TEST_CASE("entries are shown newest first, by site, by what one may see, by text, page by page") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId here = add_site(*store, "here.example"), there = add_site(*store, "there.example");
  added(*store, entry("one.example"));
  added(*store, entry("two.example", here));
  const std::int64_t third = added(*store, entry("three.example", there));
  KeptEntry noted = entry("FOUR.example", here);
  noted.note = "Because of THEM";
  added(*store, noted);
  using List = std::vector<std::string>;
  CHECK(patterns(store->list_entries({}, 0, 10)) ==
        List{"FOUR.example", "three.example", "two.example", "one.example"});
  CHECK(patterns(store->list_entries({}, 0, 2)) == List{"FOUR.example", "three.example"});
  CHECK(patterns(store->list_entries({}, third, 10)) == List{"two.example", "one.example"});
  CHECK(patterns(store->list_entries({here, {}, ""}, 0, 10)) ==
        List{"FOUR.example", "two.example", "one.example"});
  CHECK(patterns(store->list_entries({{}, std::vector<SiteId>{there}, ""}, 0, 10)) ==
        List{"three.example", "one.example"});
  CHECK(patterns(store->list_entries({here, std::vector<SiteId>{}, ""}, 0, 10)) == List{"one.example"});
  CHECK(patterns(store->list_entries({{}, {}, "four"}, 0, 10)) == List{"FOUR.example"});
  CHECK(patterns(store->list_entries({{}, {}, "of them"}, 0, 10)) == List{"FOUR.example"});
  CHECK(patterns(store->list_entries({{}, {}, "%"}, 0, 10)).empty());
}

TEST_CASE("what has expired is not in force, and hits are added up") {
  const Directory directory;
  const auto store = open_store(directory);
  const std::int64_t one = added(*store, entry("one.example"));
  KeptEntry passing = entry("passing.example");
  passing.entry.until = 2000;
  added(*store, passing);
  CHECK(store->lists_in_force(1999)->size() == 2);
  CHECK(store->lists_in_force(2000)->size() == 1);
  const HouseRevision before = *store->house_revision();
  CHECK(store->count_list_hits({{one, 3}, {99, 7}}));
  CHECK(store->count_list_hits({{one, 2}}));
  CHECK(store->list_entry(one)->hits == 5);
  CHECK(*store->house_revision() == before);
}

TEST_CASE("the revision rises with each change, and with nothing else") {
  const Directory directory;
  const auto store = open_store(directory);
  auto changed = [&store, last = *store->house_revision()]() mutable {
    const HouseRevision now = *store->house_revision();
    const std::pair<bool, bool> which = {now.lists > last.lists, now.rules > last.rules};
    last = now;
    return which;
  };
  using Which = std::pair<bool, bool>;
  const std::int64_t id = added(*store, entry("one.example"));
  CHECK(changed() == Which{true, false});
  CHECK_FALSE(store->add_list_entry(entry("one.example")));
  CHECK(changed() == Which{false, false});
  CHECK(store->remove_list_entry(id));
  CHECK(changed() == Which{true, false});
  CHECK(store->set_rule({"links.many", "Ann", 5}, false));
  CHECK(changed() == Which{false, true});
  CHECK(store->set_rule({"links.many", "Ben", 6}, false));
  CHECK(changed() == Which{false, false});
  const std::vector<RuleOff> off = *store->rules_off();
  REQUIRE(off.size() == 1);
  CHECK(off[0].id == "links.many");
  CHECK(off[0].by == "Ann");
  CHECK(off[0].at == 5);
  CHECK(store->set_rule({"links.many", "Ann", 7}, true));
  CHECK(changed() == Which{false, true});
  CHECK(store->rules_off()->empty());
}

TEST_CASE("a site has thresholds of its own, or the default") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId site = add_site(*store, "example.org");
  CHECK(store->site(site)->thresholds == SiteThresholds{});
  CHECK(store->set_thresholds(site, {{}, 0.9, {}}));
  CHECK(store->site(site)->thresholds == SiteThresholds{{}, 0.9, {}});
  CHECK((*store->find_site("example.org"))->thresholds.spam == 0.9);
  const Thresholds over = store->site(site)->thresholds.over({0.3, 0.8, 0.99});
  CHECK(over.unsure == 0.3);
  CHECK(over.spam == 0.9);
  CHECK(over.discard == 0.99);
  CHECK(store->set_thresholds(site, {}));
  CHECK(store->site(site)->thresholds == SiteThresholds{});
  CHECK(store->set_thresholds(99, {}).error().kind == ErrorKind::kNotFound);
}

TEST_CASE("reports are counted by label, without tests and withdrawn ones") {
  const Directory directory;
  const auto store = open_store(directory);
  const SiteId here = add_site(*store, "here.example"), there = add_site(*store, "there.example");
  const auto put = [&](unsigned number, SiteId site, Label label, bool is_test = false) {
    FeedbackEvent event;
    event.id = id_of(number);
    event.site = site;
    event.at = number;
    event.label = label;
    event.text_key = number;
    event.is_test = is_test;
    REQUIRE(store->put_feedback(event));
  };
  put(1, here, Label::kSpam);
  put(2, here, Label::kHam);
  put(3, there, Label::kSpam);
  put(4, here, Label::kSpam, true);
  put(5, here, Label::kSpam);
  REQUIRE(store->withdraw_feedback(id_of(1), {9, 0, ""}));
  const std::int64_t second = store->feedback_log(0, 10)->at(1).seq;
  const ReportCounts all = *store->report_counts({}, second);
  CHECK(all.spam == 2);
  CHECK(all.ham == 1);
  CHECK(all.withdrawn == 1);
  CHECK(all.since == 2);
  const ReportCounts seen = *store->report_counts(std::vector<SiteId>{there}, 0);
  CHECK(seen.spam == 1);
  CHECK(seen.ham == 0);
  CHECK(seen.since == 1);
  CHECK(store->report_counts(std::vector<SiteId>{}, 0)->spam == 0);
}
