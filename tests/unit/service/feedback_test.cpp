#include "service/feedback.h"

#include <doctest/doctest.h>

#include "service/content_key.h"
#include "tests/unit/service/installation.h"

namespace winnow {
namespace {

std::string checked(Installation& home, const Caller& caller, const Comment& comment) {
  CheckRequest request;
  request.comment = comment;
  return must(check(home.services, caller, request, random_id())).id;
}

Comment comment_of(const std::string& content) {
  Comment comment;
  comment.content = content;
  comment.author_email = "ann@mail.example";
  return comment;
}

TEST_CASE("feedback by id takes the comment of the verdict") {
  Installation home;
  const Caller caller = home.caller("a.example");
  const std::string id = checked(home, caller, comment_of("hello there"));
  Report by_id;
  by_id.label = Label::kSpam;
  by_id.verdict_id = id;
  by_id.reporter = "mod";
  const ReportReply reply = must(report(home.services, caller, by_id));
  CHECK(reply.verdict_id == id);

  const auto events = must(home.store->feedback(caller.site.id, "", 10));
  REQUIRE(events.size() == 1);
  CHECK(events[0].id == reply.id);
  CHECK(events[0].verdict_id == id);
  CHECK(events[0].label == Label::kSpam);
  CHECK(events[0].comment.content == "hello there");
  CHECK(home.concealment->same_email(comment_of(""), events[0].comment));
  CHECK(events[0].text_key == content_key(comment_of("hello there")));
  CHECK(events[0].reporter == "mod");
  CHECK(events[0].at == home.now);
}

TEST_CASE("feedback by content finds the newest verdict, slashed or not") {
  Installation home;
  const Caller caller = home.caller("a.example");
  checked(home, caller, comment_of("don't miss <a href=\"http://x.example\">this</a>"));
  home.now += 1000;
  const std::string newest =
      checked(home, caller, comment_of(R"(don\'t miss <a href=\"http://x.example\">this</a>)"));
  Report by_content;
  by_content.comment = comment_of("don't miss <a href=\"http://x.example\">this</a>");
  CHECK(must(report(home.services, caller, by_content)).verdict_id == newest);
}

TEST_CASE("of several verdicts on one text, feedback finds the one of the same author") {
  Installation home;
  const Caller caller = home.caller("a.example");
  Comment anns = comment_of("thank you so much");
  anns.author = "Ann";
  const std::string id = checked(home, caller, anns);
  home.now += 1000;
  Comment bens = anns;
  bens.author = "Ben";
  bens.author_email = "ben@mail.example";
  const std::string newest = checked(home, caller, bens);
  Report by_content;
  by_content.comment = anns;
  CHECK(must(report(home.services, caller, by_content)).verdict_id == id);
  by_content.comment.author = by_content.comment.author_email = "";
  CHECK(must(report(home.services, caller, by_content)).verdict_id == newest);
}

TEST_CASE("feedback on a comment that was never checked is kept without a verdict") {
  Installation home;
  const Caller caller = home.caller("a.example");
  Report unknown;
  unknown.comment = comment_of("nobody asked about this one");
  CHECK(must(report(home.services, caller, unknown)).verdict_id == "");
  CHECK(must(home.store->feedback(caller.site.id, "", 10)).size() == 1);
}

TEST_CASE("an id of nobody or of another site") {
  Installation home;
  const Caller mine = home.caller("a.example");
  const Caller other = home.caller("b.example");
  const std::string foreign = checked(home, other, comment_of("said on another site"));
  for (const std::string& id : {foreign, random_id()}) {
    Report bare;
    bare.verdict_id = id;
    const auto refused = report(home.services, mine, bare);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().kind == ErrorKind::kNotFound);
    CHECK(refused.error().field == "id");

    Report with_comment = bare;
    with_comment.comment = comment_of("said on another site");
    CHECK(must(report(home.services, mine, with_comment)).verdict_id == "");
  }
}

TEST_CASE("a report changes the next verdict on its site, and no other's; a test report none") {
  Installation home;
  const Caller mine = home.caller("a.example"), other = home.caller("b.example");
  const Comment comment = comment_of("our wonderful place has rooms and a view of the sea");
  const auto score = [&](const Caller& caller) {
    return judge(home.services, caller.site.id, comment).score;
  };
  const double before = score(mine);
  Report said;
  said.label = Label::kSpam;
  said.comment = comment;
  said.is_test = true;
  CHECK(must(report(home.services, mine, said)).effect == Effect::kTestIgnored);
  CHECK(score(mine) == before);
  said.is_test = false;
  const ReportReply reply = must(report(home.services, mine, said));
  CHECK(reply.effect == Effect::kLearned);
  CHECK(reply.sites_agreeing == 1);
  CHECK(score(mine) > before);
  CHECK(score(other) == before);
}

TEST_CASE("a report that repeats another adds nothing; one that contradicts it counts, and says so") {
  Installation home;
  const Caller caller = home.caller("a.example");
  const Comment comment = comment_of("our wonderful place has rooms and a view of the sea");
  Report said;
  said.label = Label::kSpam;
  said.comment = comment;
  const ReportReply first = must(report(home.services, caller, said));
  const ReportReply again = must(report(home.services, caller, said));
  CHECK(again.effect == Effect::kDuplicate);
  CHECK(again.id == first.id);
  CHECK(must(home.store->feedback(caller.site.id, "", 10)).size() == 1);
  said.label = Label::kHam;
  const ReportReply against = must(report(home.services, caller, said));
  CHECK(against.effect == Effect::kConflict);
  CHECK(against.conflicts_with == first.id);
  CHECK(judge(home.services, caller.site.id, comment).signals[0].id == "memory.same_text");
  CHECK(judge(home.services, caller.site.id, comment).signals[0].points < 0);
}

TEST_CASE("enough sites make a report count everywhere, a curator alone does") {
  Installation home;  // a quorum of two
  const Caller first = home.caller("a.example"), second = home.caller("b.example"),
               third = home.caller("c.example");
  const auto says = [&](const Caller& caller, const std::string& text) {
    Report said;
    said.label = Label::kSpam;
    said.comment = comment_of(text);
    return must(report(home.services, caller, said));
  };
  const auto points = [&](const std::string& text) {
    double sum = 0;
    for (const Signal& signal : judge(home.services, third.site.id, comment_of(text)).signals)
      if (signal.id == "memory.near_duplicate") sum += signal.points;
    return sum;
  };
  const std::string text = "our wonderful place has rooms and a view of the sea";
  CHECK(says(first, text).sites_agreeing == 1);
  CHECK(points(text) == 0);
  CHECK_FALSE(says(second, text).sites_agreeing.has_value());
  CHECK(points(text) > 5);
  Caller curator = first;
  curator.is_curator = true;
  const std::string another = "quite another story of boats that sail over calm green water";
  CHECK_FALSE(says(curator, another).sites_agreeing.has_value());
  CHECK(points(another) > 5);
}

TEST_CASE("a report that is withdrawn counts for nothing, and stays with who and when") {
  Installation home;
  const Caller caller = home.caller("a.example");
  Report said;
  said.label = Label::kSpam;
  said.comment = comment_of("our wonderful place has rooms and a view of the sea");
  const auto score = [&] { return judge(home.services, caller.site.id, said.comment).score; };
  const double before = score();
  const ReportReply reply = must(report(home.services, caller, said));
  CHECK(score() > before);
  home.now += 5;
  const FeedbackEvent gone = must(withdraw(home.services, reply.id, {home.now, caller.key, "ann"}));
  REQUIRE(gone.withdrawn);
  CHECK(gone.withdrawn->by == "ann");
  CHECK(gone.withdrawn->at == home.now);
  CHECK(score() == before);
  CHECK(must(report(home.services, caller, said)).effect != Effect::kDuplicate);
  CHECK(withdraw(home.services, random_id(), {1, 0, ""}).error().kind == ErrorKind::kNotFound);
}

TEST_CASE("reports without any text are not matched with each other") {
  Installation home;
  const Caller caller = home.caller("a.example");
  checked(home, caller, comment_of(""));
  Report empty;
  empty.comment = comment_of("");
  CHECK(must(report(home.services, caller, empty)).verdict_id == "");
}

}  // namespace
}  // namespace winnow
