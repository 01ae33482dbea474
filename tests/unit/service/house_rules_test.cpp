#include "service/house_rules.h"

#include <doctest/doctest.h>

#include <cmath>

#include "classifier/rules/rule.h"
#include "service/feedback.h"
#include "service/lists.h"
#include "tests/unit/service/full_disk_store.h"
#include "tests/unit/service/installation.h"

namespace winnow {
namespace {

struct Home {
  Installation home;
  Caller caller = home.caller("https://blog.example");
  const Services& services = home.services;

  KeptEntry block(ListField field, const char* pattern, SiteId site = 0,
                  std::optional<UnixMillis> until = {}) {
    return must(add_list_entry(services, {ListKind::kBlock, field, pattern, site, "", until}, "Ann"));
  }
  Verdict check(const char* content, const char* author = "") {
    CheckRequest request;
    request.comment.content = content;
    request.comment.author = author;
    return must(winnow::check(services, caller, request, services.new_id())).verdict;
  }
};

bool spoke(const Verdict& verdict, std::string_view id) {
  for (const Signal& signal : verdict.signals)
    if (signal.id == id) return true;
  return false;
}

TEST_CASE("an entry acts on the next check, on its site, and ends when it expires or is removed") {
  Home house;
  CHECK(house.check("good morning").outcome == Outcome::kHam);
  const KeptEntry entry = house.block(ListField::kText, "good morning", house.caller.site.id);
  CHECK(house.check("good morning").outcome == Outcome::kSpam);
  CHECK(judge(house.services, house.caller.site.id, says("good morning")).outcome == Outcome::kSpam);
  CHECK(judge(house.services, house.caller.site.id + 1, says("good morning")).outcome == Outcome::kHam);
  must(remove_list_entry(house.services, entry.entry.id));
  CHECK(house.check("good morning").outcome == Outcome::kHam);
  CHECK(remove_list_entry(house.services, entry.entry.id).error().kind == ErrorKind::kNotFound);

  house.block(ListField::kText, "good evening", 0, house.home.now + 1000);
  CHECK(house.check("good evening").is_spam());
  house.home.now += 1000;
  CHECK_FALSE(house.check("good evening").is_spam());
}

TEST_CASE("what is allowed is ham, whatever rules, reports and the block list say") {
  Home house;
  house.block(ListField::kText, "blatant");
  must(report(house.services, house.caller, [] {
    Report report;
    report.comment = says("a blatant offer that people have reported as spam before");
    report.label = Label::kSpam;
    return report;
  }()));
  const char* content = "a blatant offer that people have reported as spam before";
  CHECK(house.check(content, "Anna").outcome == Outcome::kDiscard);
  must(add_list_entry(house.services, {ListKind::kAllow, ListField::kAuthor, "Anna", 0, "", {}}, "Ann"));
  const Verdict verdict = house.check(content, "Anna");
  CHECK(verdict.outcome == Outcome::kHam);
  CHECK(spoke(verdict, "list.allow"));
  CHECK(spoke(verdict, "list.block"));
}

TEST_CASE("what a list decides is nothing that reports teach") {
  Home house;
  house.block(ListField::kText, "good morning everybody");
  Report said;
  said.comment = says("good morning everybody in this house of ours");
  said.label = Label::kHam;
  const ReportReply reply = must(report(house.services, house.caller, said));
  const FeedbackEvent event = *must(house.home.store->find_feedback(reply.id));
  CHECK(*event.points < 0);
}

TEST_CASE("a rule that is off says nothing from the next check on, and the verdict tells by its version") {
  Home house;
  const Verdict before = house.check("cheap");
  CHECK(spoke(before, "local.cheap"));
  must(switch_rule(house.services, "local.cheap", false, "Ann"));
  const Verdict without = house.check("cheap");
  CHECK_FALSE(spoke(without, "local.cheap"));
  CHECK(without.rules_version != before.rules_version);
  CHECK(without.rules_version.size() == 12);
  must(switch_rule(house.services, "local.cheap", true, "Ann"));
  CHECK(house.check("cheap").rules_version == before.rules_version);

  CHECK(spoke(house.check("so good <a href='http://shop.example/'>x</a> [url=http://shop.example/]x[/url]"),
              "links.bbcode"));
  must(switch_rule(house.services, "links.bbcode", false, "Ann"));
  CHECK_FALSE(spoke(house.check("so good [url=http://shop.example/]x[/url]"), "links.bbcode"));
  CHECK(switch_rule(house.services, "no.such", false, "Ann").error().kind == ErrorKind::kNotFound);
}

TEST_CASE("a site's own thresholds act on its checks, and must rise") {
  Home house;
  const SiteId site = house.caller.site.id;
  CHECK(house.check("good morning").outcome == Outcome::kHam);
  must(set_thresholds(house.services, site, {0.0, 0.0, 1.0}));
  house.caller.site = must(house.home.store->site(site));
  CHECK(house.check("good morning").outcome == Outcome::kSpam);
  CHECK(judge(house.services, site, says("good morning")).outcome == Outcome::kSpam);
  for (const SiteThresholds& wrong :
       {SiteThresholds{0.9, 0.8, 0.99}, SiteThresholds{{}, 0.999, {}}, SiteThresholds{-0.1, {}, {}},
        SiteThresholds{{}, {}, 1.1}, SiteThresholds{{}, std::nan(""), {}}}) {
    const Result<void> refused = set_thresholds(house.services, site, wrong);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::kInvalid);
    CHECK(refused.error().field == "thresholds");
  }
  must(set_thresholds(house.services, site, {}));
  CHECK(judge(house.services, site, says("good morning")).outcome == Outcome::kHam);
}

TEST_CASE("what another process changed is taken") {
  Home house;
  HouseRules other(*house.home.store, [&] { return house.home.now; });
  must(other.catch_up());
  house.block(ListField::kText, "good morning");
  must(switch_rule(house.services, "local.cheap", false, "Ann"));
  CHECK(other.lists()->size() == 0);
  must(other.catch_up());
  CHECK(other.lists()->size() == 1);
  CHECK(other.rules_off()->contains("local.cheap"));
}

TEST_CASE("an entry counts the checks that it decided, and nothing else") {
  Home house;
  const KeptEntry blocked = house.block(ListField::kText, "good morning");
  house.check("good morning");
  house.check("good morning");
  house.check("good evening");
  CheckRequest test;
  test.comment = says("good morning");
  test.is_test = true;
  must(winnow::check(house.services, house.caller, test, house.services.new_id()));
  judge(house.services, house.caller.site, says("good morning"));
  CHECK(must(house.home.store->list_entry(blocked.entry.id)).hits == 0);
  house.home.house.store_counts();
  CHECK(must(house.home.store->list_entry(blocked.entry.id)).hits == 2);
  const KeptEntry allowed =
      must(add_list_entry(house.services, {ListKind::kAllow, ListField::kText, "good", 0, "", {}}, "Ann"));
  house.check("good morning");
  house.home.house.store_counts();
  CHECK(must(house.home.store->list_entry(blocked.entry.id)).hits == 2);
  CHECK(must(house.home.store->list_entry(allowed.entry.id)).hits == 1);
}

TEST_CASE("counts that cannot be stored now are stored later") {
  Home house;
  FullDiskStore full(*house.home.store);
  const KeptEntry blocked = house.block(ListField::kText, "good morning");
  {
    HouseRules rules(full, [] { return 0; });
    rules.count({nullptr, &blocked.entry});
    rules.store_counts();
  }
  CHECK(must(house.home.store->list_entry(blocked.entry.id)).hits == 0);
  HouseRules rules(*house.home.store, [] { return 0; });
  rules.count({nullptr, &blocked.entry});
  rules.store_counts();
  rules.store_counts();
  CHECK(must(house.home.store->list_entry(blocked.entry.id)).hits == 1);
}

TEST_CASE("requests that cannot be kept are refused") {
  Home house;
  const auto refused = [&](const ListRequest& request) {
    const Result<KeptEntry> kept = add_list_entry(house.services, request, "Ann");
    REQUIRE_FALSE(kept);
    CHECK(kept.error().kind == ErrorKind::kInvalid);
    return kept.error().field;
  };
  CHECK(refused({ListKind::kBlock, ListField::kText, "*", 0, "", {}}) == "pattern");
  CHECK(refused({ListKind::kBlock, ListField::kText, "good", 0, std::string(1001, 'x'), {}}) == "note");
  CHECK(refused({ListKind::kBlock, ListField::kText, "good", 0, "", house.home.now}) == "until");
  house.block(ListField::kText, "  good  ");
  const Result<KeptEntry> again =
      add_list_entry(house.services, {ListKind::kBlock, ListField::kText, "GOOD", 0, "", {}}, "Ann");
  CHECK(again.error().kind == ErrorKind::kConflict);
}

}  // namespace
}  // namespace winnow
