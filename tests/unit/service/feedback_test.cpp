#include "service/feedback.h"

#include <doctest/doctest.h>

#include "service/past.h"
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
  CHECK(events[0].comment.author_email == "ann@mail.example");
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

TEST_CASE("test feedback is kept but counts for nothing") {
  Installation home;
  const Caller caller = home.caller("a.example");
  Report test;
  test.label = Label::kSpam;
  test.comment = comment_of("this is only a test of the reporting button");
  test.is_test = true;
  must(report(home.services, caller, test));
  const StoreHistory history(*home.store, caller.site.id);
  CHECK(history.reports_of_text(content_key(test.comment)).spam == 0);
  CHECK(history.reports_of_author("ann@mail.example").spam == 0);
  test.is_test = false;
  must(report(home.services, caller, test));
  CHECK(history.reports_of_text(content_key(test.comment)).spam == 1);
  CHECK(history.reports_of_author("ANN@mail.example").spam == 1);
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
