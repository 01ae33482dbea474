#include "service/desk.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "tests/unit/service/full_disk_store.h"
#include "tests/unit/service/installation.h"

namespace winnow {
namespace {

constexpr const char* kText = "come to our wonderful place and be happy";

struct Desk {
  Installation home;
  Caller here = home.caller("a.example");
  Caller there = home.caller("b.example");
  Person moderator{1, 0, "Ann", Role::kModerator, false, {here.site.id}};
  Person owner{2, 0, "Bea", Role::kOwner, true, {}};

  std::string check(const Caller& caller, const std::string& text = kText, const std::string& author = "") {
    CheckRequest request;
    request.comment.content = text;
    request.comment.author = author;
    return must(winnow::check(home.services, caller, request, random_id())).id;
  }
  std::vector<Filed> say(const Person& person, const std::vector<std::string>& ids, Label label,
                         bool everywhere = false) {
    return must(report_at_desk(home.services, person, ids, label, everywhere));
  }
  Outcome judged(const Caller& caller, const std::string& text = kText) {
    Comment comment;
    comment.content = text;
    return judge(home.services, caller.site.id, comment).outcome;
  }
  std::uint64_t memory() {
    return home.learning.with_memory([](const Memory& memory) { return memory.hash(); });
  }
};

TEST_CASE(
    "a report at the desk changes what is judged next, on its site; taken back, nothing is left of it") {
  Desk desk;
  const std::string id = desk.check(desk.here);
  const std::uint64_t before = desk.memory();
  const std::vector<Filed> filed = desk.say(desk.moderator, {id}, Label::kSpam);
  REQUIRE(filed.size() == 1);
  CHECK_FALSE(filed[0].error.has_value());
  CHECK(filed[0].reply.effect == Effect::kLearned);
  CHECK(filed[0].site == desk.here.site.id);
  CHECK(desk.judged(desk.here) != Outcome::kHam);
  CHECK(desk.judged(desk.there) == Outcome::kHam);
  const FeedbackEvent event = *must(desk.home.store->find_feedback(filed[0].reply.id));
  CHECK(event.reporter == "Ann");
  CHECK(event.origin == "admin");
  CHECK(event.verdict_id == id);
  CHECK(event.points.has_value());
  CHECK_FALSE(event.curator);

  const WithdrawnAtDesk done = must(withdraw_at_desk(desk.home.services, desk.moderator, {event.id}));
  CHECK(done.in_force);
  CHECK_FALSE(done.results.at(0).error.has_value());
  CHECK(desk.memory() == before);
  CHECK(desk.judged(desk.here) == Outcome::kHam);
  CHECK(must(desk.home.store->find_feedback(event.id))->withdrawn->by == "Ann");
}

TEST_CASE("many at once: each its own event, what may not be seen is not there, and nothing comes twice") {
  Desk desk;
  std::vector<std::string> ids = {
      desk.check(desk.here),  desk.check(desk.here), desk.check(desk.here, "a cheap offer", "Eve"),
      desk.check(desk.there), std::string(32, '0'),  "nonsense"};
  ids.push_back(ids[0]);
  const std::vector<Filed> filed = desk.say(desk.moderator, ids, Label::kSpam);
  REQUIRE(filed.size() == 6);
  CHECK(filed[0].reply.effect == Effect::kLearned);
  CHECK(filed[1].reply.effect == Effect::kAlreadyKnown);  // the same text
  CHECK(filed[1].reply.id != filed[0].reply.id);
  CHECK_FALSE(filed[2].error.has_value());
  for (std::size_t i = 3; i < 6; ++i) CHECK(filed[i].error->kind == ErrorKind::kNotFound);
  CHECK(must(desk.home.store->feedback_log(0, 100)).size() == 3);

  const std::vector<Filed> again = desk.say(desk.moderator, {ids[0]}, Label::kSpam);
  CHECK(again[0].reply.effect == Effect::kDuplicate);
  CHECK(again[0].reply.id == filed[0].reply.id);
  const std::vector<Filed> against = desk.say(desk.moderator, {ids[0]}, Label::kHam);
  CHECK(against[0].reply.effect == Effect::kConflict);
  CHECK(against[0].reply.conflicts_with == filed[0].reply.id);

  const WithdrawnAtDesk done = must(withdraw_at_desk(
      desk.home.services, desk.moderator,
      {filed[0].reply.id, filed[1].reply.id, filed[2].reply.id, against[0].reply.id, "nonsense"}));
  CHECK(std::ranges::count_if(done.results, [](const auto& one) { return one.error.has_value(); }) == 1);
  CHECK(desk.judged(desk.here) == Outcome::kHam);
}

TEST_CASE("another site's reports cannot be taken back") {
  Desk desk;
  const std::vector<Filed> filed = desk.say(desk.owner, {desk.check(desk.there)}, Label::kSpam);
  const WithdrawnAtDesk done =
      must(withdraw_at_desk(desk.home.services, desk.moderator, {filed[0].reply.id}));
  CHECK(done.results.at(0).error->kind == ErrorKind::kNotFound);
  CHECK_FALSE(must(desk.home.store->find_feedback(filed[0].reply.id))->withdrawn.has_value());
}

TEST_CASE("an owner's word may count everywhere") {
  Desk desk;
  const std::vector<Filed> filed = desk.say(desk.owner, {desk.check(desk.here)}, Label::kSpam, true);
  CHECK(must(desk.home.store->find_feedback(filed[0].reply.id))->curator);
  CHECK(desk.judged(desk.there) != Outcome::kHam);
}

TEST_CASE("a test is never learned from") {
  Desk desk;
  CheckRequest request;
  request.comment.content = kText;
  request.is_test = true;
  const std::string id = must(check(desk.home.services, desk.here, request, random_id())).id;
  CHECK(desk.say(desk.moderator, {id}, Label::kSpam)[0].reply.effect == Effect::kTestIgnored);
  CHECK(desk.judged(desk.here) == Outcome::kHam);
}

TEST_CASE("where nothing can be written, nothing was reported") {
  Desk desk;
  const std::string id = desk.check(desk.here);
  FullDiskStore full(*desk.home.store);
  const Services services = desk.home.on(full);
  CHECK(report_at_desk(services, desk.moderator, {id}, Label::kSpam, false).error().kind ==
        ErrorKind::kUnavailable);
  CHECK(must(desk.home.store->feedback_log(0, 100)).empty());
}

}  // namespace
}  // namespace winnow
