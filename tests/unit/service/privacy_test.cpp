#include "service/privacy.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "classifier/lists/lists.h"
#include "service/cleaner.h"
#include "service/concealment.h"
#include "service/feedback.h"
#include "service/search_query.h"
#include "tests/unit/service/installation.h"
#include "tests/unit/service/store/sqlite/files.h"

namespace winnow {
namespace {

constexpr UnixMillis kDay = 24 * 3600 * 1000;

Comment of_anna(const std::string& content = "a long text about gardens in the xylocarp rain") {
  Comment comment;
  comment.content = content;
  comment.author = "Anna Quyxling";
  comment.author_email = "anna.zorbleqwist@example.org";
  comment.user_ip = "203.0.113.77";
  comment.permalink = "http://blog.example/krimpelforth";
  return comment;
}
Comment of_bert() {
  Comment comment;
  comment.content = "another long text about the mountains and the snow there";
  comment.author = "Bert";
  comment.author_email = "bert@example.org";
  comment.user_ip = "203.0.113.78";
  return comment;
}

struct Desk {
  Desk() : caller(home.caller("blog.example")) {}

  std::string check(const Comment& comment, bool store = true) {
    CheckRequest request;
    request.comment = comment;
    request.store = store;
    return must(winnow::check(home.services, caller, request, random_id())).id;
  }
  ReportReply report(const Comment& comment, Label label = Label::kSpam, const std::string& id = "") {
    Report reported;
    reported.label = label;
    reported.comment = comment;
    reported.verdict_id = id;
    return must(winnow::report(home.services, caller, reported));
  }
  double points(const Comment& comment, std::string_view signal) {
    double points = 0;
    for (const Signal& one : judge(home.services, caller.site, comment).signals)
      if (one.id == signal) points += one.points;
    return points;
  }
  std::string counts(const PersonQuery& query) {
    const PersonRows rows = must(find_person(home.services, query));
    return std::to_string(rows.verdicts.size()) + " " + std::to_string(rows.reports.size());
  }
  std::size_t found(std::string_view typed) {
    while (must(home.store->index_verdicts(100)) > 0) {
    }
    Person person;
    person.any_site = true;
    const VerdictSearch search = must(read_search(home.services, person, typed));
    return must(home.store->search(search, 0, 100)).verdicts.size();
  }

  Installation home;
  Caller caller;
};

TEST_CASE("no clear address is in any file, whatever is checked, reported and searched") {
  Desk desk;
  const std::string id = desk.check(of_anna());
  desk.report(of_anna("another xylocarp text that was not checked before"));
  desk.report({}, Label::kSpam, id);
  CHECK(desk.found("xylocarp") == 1);
  for (const char* word : {"zorbleqwist", "203.0.113.77"})
    CHECK(test::files_with(desk.home.directory.path(), word) == "");
  CHECK(test::files_with(desk.home.directory.path(), "quyxling") != "");
}

TEST_CASE("a person's name and network count as when they are clear, across a change of keys") {
  Desk desk;
  for (int i = 0; i < 4; ++i)
    desk.report(of_anna("one more text of hers, that is number " + std::to_string(i)));
  Comment next = of_anna("something else entirely");
  const double author = desk.points(next, "memory.author");
  CHECK(author > 1);
  CHECK(desk.points(of_bert(), "memory.author") == 0);
  Memory clear({.quorum = 2});
  for (int i = 0; i < 4; ++i) {
    const Comment comment = of_anna("one more text of hers, that is number " + std::to_string(i));
    Lesson lesson;
    lesson.seq = i + 1;
    lesson.site = desk.caller.site.id;
    lesson.voter = desk.caller.key;
    lesson.spam = true;
    lesson.at = desk.home.now;
    clear.learn(lesson, Features(comment));
  }
  std::vector<Signal> signals;
  clear.judge(desk.caller.site.id, Features(next), signals);
  const auto same = std::ranges::find(signals, "memory.author", &Signal::id);
  REQUIRE(same != signals.end());
  CHECK(same->points == doctest::Approx(author));

  must(desk.home.concealment->rotate(desk.home.now + kDay, 0));
  CHECK(desk.points(next, "memory.author") == doctest::Approx(author));
  desk.report(of_anna("one more text of hers, that is the last one"));
  CHECK(desk.points(next, "memory.author") > author);
  must(desk.home.concealment->rotate(desk.home.now + 2 * kDay, 0));
  CHECK(desk.points(next, "memory.author") < author);
  CHECK(desk.points(next, "memory.author") > 0);
}

TEST_CASE("a stored comment is judged as it was when it was clear") {
  Desk desk;
  Comment comment = of_anna();
  comment.author_email = "quyxling1234@mailinator.com";
  const Verdict clear = judge(desk.home.services, desk.caller.site, comment);
  const auto stored = must(desk.home.store->find_verdict(desk.check(comment)));
  const Verdict again = judge(desk.home.services, desk.caller.site, stored->comment);
  CHECK(again.score == doctest::Approx(clear.score));
  CHECK(again.signals.size() == clear.signals.size());
  CHECK(std::ranges::count(again.signals, "protocol.disposable_mail", &Signal::id) == 1);
}

TEST_CASE("a report finds the check of the same author under either key, and what was said before") {
  Desk desk;
  Comment short_text = of_anna("thanks");
  desk.check(short_text);
  const std::string of_berts = desk.check([] {
    Comment comment = of_bert();
    comment.content = "thanks";
    return comment;
  }());
  must(desk.home.concealment->rotate(desk.home.now + kDay, 0));
  Comment berts = of_bert();
  berts.content = "thanks";
  CHECK(desk.report(berts).verdict_id == of_berts);
  CHECK(desk.report(berts).effect == Effect::kDuplicate);
  CHECK(desk.report(short_text).effect != Effect::kDuplicate);
}

TEST_CASE("the desk finds what was typed by its pseudonyms") {
  Desk desk;
  desk.check(of_anna());
  desk.check(of_bert());
  must(desk.home.concealment->rotate(desk.home.now + kDay, 0));
  const std::string id = desk.check(of_anna("a text of the next epoch"));
  CHECK(desk.found("email:Anna.Zorbleqwist@example.org") == 2);
  CHECK(desk.found("email:example.org") == 0);
  CHECK(desk.found("address:203.0.113.78") == 1);
  CHECK(desk.found("-email:bert@example.org") == 2);
  const auto stored = must(desk.home.store->find_verdict(id));
  CHECK(desk.found("email:" + stored->comment.author_email) == 1);
}

TEST_CASE("the entry that decided is kept without the address that it names, and decides for good") {
  Desk desk;
  KeptEntry kept;
  kept.entry.list = ListKind::kAllow;
  kept.entry.field = ListField::kEmail;
  kept.entry.pattern = "anna.zorbleqwist@example.org";
  kept.key = kept.entry.pattern;
  const std::int64_t entry = must(desk.home.store->add_list_entry(kept));
  must(desk.home.house.catch_up());
  const auto stored =
      must(desk.home.store->find_verdict(desk.check(of_anna("a blatant text about cheap things"))));
  CHECK(stored->verdict.outcome == Outcome::kHam);
  CHECK(was_decided_by_hidden(stored->verdict.signals));
  const auto named = std::ranges::find(stored->verdict.signals, "list.allow", &Signal::id);
  REQUIRE(named != stored->verdict.signals.end());
  CHECK(named->detail == "on the allow list of all sites: email (not kept)");
  must(desk.home.store->remove_list_entry(entry));
  Cleaner cleaner(*desk.home.store, *desk.home.concealment, {}, desk.home.directory.path(),
                  [&] { return desk.home.now; });
  must(cleaner.scrub());
  CHECK(test::files_with(desk.home.directory.path(), "zorbleqwist") == "");
}

TEST_CASE("an answer that is not to be stored leaves nothing but a figure") {
  Desk desk;
  const std::string id = desk.check(of_anna(), false);
  CHECK(id.size() == 32);
  CHECK_FALSE(must(desk.home.store->find_verdict(id)));
  CHECK(test::files_with(desk.home.directory.path(), "xylocarp") == "");
  CheckRequest kept, not_kept;
  kept.comment = of_bert();
  not_kept.comment = of_anna();
  not_kept.store = false;
  const auto replies = must(check_batch(desk.home.services, desk.caller, {not_kept, kept}));
  CHECK(replies[0].is_declined);
  CHECK_FALSE(replies[1].is_declined);
  CHECK(must(desk.home.store->find_verdict(replies[1].id)));
  CHECK_FALSE(must(desk.home.store->find_verdict(replies[0].id)));
  const std::int64_t day = desk.home.now / kDay;
  const auto tallies =
      must(desk.home.store->tallies({TallyRange::Of::kSite, desk.caller.site.id, day, day}, Period::kDay));
  REQUIRE(tallies.size() == 1);
  CHECK(tallies[0].tally.checks() == 3);
}

TEST_CASE("a report on a verdict without text needs the comment itself") {
  Desk desk;
  const std::string id = desk.check(of_anna());
  must(desk.home.store->delete_texts({desk.home.now + 1, false}, desk.home.now, 10));
  Report by_id;
  by_id.verdict_id = id;
  const auto refused = report(desk.home.services, desk.caller, by_id);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::kConflict);
  CHECK(refused.error().field == "id");
  const ReportReply taken = desk.report(of_anna(), Label::kSpam, id);
  CHECK(taken.verdict_id == id);
  CHECK(must(desk.home.store->find_feedback(taken.id))->comment.content == of_anna().content);
}

TEST_CASE("a person is found and exported by e-mail address, by address and by name, on one site or all") {
  Desk desk;
  desk.check(of_anna());
  desk.check(of_bert());
  desk.report(of_anna());
  CHECK(desk.counts({"ANNA.zorbleqwist@example.org", "", ""}) == "1 1");
  CHECK(desk.counts({"", "203.0.113.77", ""}) == "1 1");
  CHECK(desk.counts({"", "", "anna quyxling"}) == "1 1");
  CHECK(desk.counts({"", "", "anna"}) == "0 0");
  CHECK(desk.counts({"nobody@example.org", "", ""}) == "0 0");
  CHECK(desk.counts({"", "", "Anna Quyxling", desk.caller.site.id}) == "1 1");
  CHECK(desk.counts({"", "", "Anna Quyxling", desk.caller.site.id + 1}) == "0 0");
  for (const PersonQuery& query : {PersonQuery{"", "", ""}, PersonQuery{"a@b.example", "1.2.3.4", ""}}) {
    const auto refused = find_person(desk.home.services, query);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().kind == ErrorKind::kInvalid);
  }
  const PersonRows rows = must(find_person(desk.home.services, {"anna.zorbleqwist@example.org", "", ""}));
  std::vector<Json> entries;
  must(export_person(desk.home.services, rows, [&](const Json& entry) -> Result<void> {
    entries.push_back(entry);
    return {};
  }));
  REQUIRE(entries.size() == 2);
  CHECK(entries[0]["kind"] == "verdict");
  CHECK(entries[0]["site"] == "blog.example");
  CHECK(entries[0]["at"] == "2023-11-14T22:13:20Z");
  CHECK(entries[0]["comment"]["content"] == of_anna().content);
  CHECK(entries[1]["kind"] == "report");
  CHECK(entries[1]["label"] == "spam");
}

TEST_CASE("who is erased is in no file, the memory and the next training know nothing, others stay") {
  Desk desk;
  const std::string annas = desk.check(of_anna());
  const std::string berts = desk.check(of_bert());
  desk.report(of_anna(), Label::kSpam, annas);
  desk.report(of_anna("one more xylocarp text that was never checked"));
  desk.report(of_bert(), Label::kSpam, berts);
  CHECK(desk.found("xylocarp") == 1);
  REQUIRE(desk.points(of_anna(), "memory.same_text") > 0);
  const Erased erased = must(erase_person(desk.home.services, {"anna.zorbleqwist@example.org", "", ""}));
  CHECK(erased.verdicts == 1);
  CHECK(erased.reports == 2);
  CHECK_FALSE(must(desk.home.store->find_verdict(annas)));
  CHECK(desk.points(of_anna(), "memory.same_text") == 0);
  CHECK(desk.points(of_anna(), "memory.author") == 0);
  CHECK(desk.points(of_bert(), "memory.same_text") > 0);
  CHECK(must(desk.home.store->feedback_log(0, 100)).size() == 1);
  CHECK(desk.found("xylocarp") == 0);
  Cleaner cleaner(*desk.home.store, *desk.home.concealment, {}, desk.home.directory.path(),
                  [&] { return desk.home.now; });
  must(cleaner.scrub());
  for (const char* word : {"xylocarp", "quyxling", "krimpelforth", "zorbleqwist"}) {
    CAPTURE(word);
    CHECK(test::files_with(desk.home.directory.path(), word) == "");
  }
  CHECK(must(desk.home.store->find_verdict(berts))->comment.author == "Bert");
  const auto log = must(desk.home.store->cleanups(0, 10));
  REQUIRE(log.size() == 2);
  CHECK(log[1].what == CleanupWhat::kErase);
  CHECK(log[1].verdicts == 1);
  CHECK(log[1].reports == 2);
}

TEST_CASE("with a verdict the reports on it go, and with a report its verdict") {
  Desk desk;
  const std::string id = desk.check(of_anna());
  Comment signed_otherwise = of_anna("what a moderator sent along, with another name");
  signed_otherwise.author = "A. Q.";
  signed_otherwise.author_email = "";
  signed_otherwise.user_ip = "";
  Report reported;
  reported.label = Label::kSpam;
  reported.verdict_id = id;
  FeedbackEvent event;
  event.id = random_id();
  event.verdict_id = id;
  event.site = desk.caller.site.id;
  event.at = desk.home.now;
  event.comment = signed_otherwise;
  must(desk.home.store->put_feedback(event));
  CHECK(must(erase_person(desk.home.services, {"", "", "Anna Quyxling"})).reports == 1);
  // By the report alone: the verdict's text is gone.
  const std::string again = desk.check(of_anna());
  desk.report(of_anna(), Label::kSpam, again);
  must(desk.home.store->delete_texts({desk.home.now + 1, false}, desk.home.now, 10));
  const Erased erased = must(erase_person(desk.home.services, {"", "", "Anna Quyxling"}));
  CHECK(erased.verdicts == 1);
  CHECK(erased.reports == 1);
  CHECK_FALSE(must(desk.home.store->find_verdict(again)));
}

}  // namespace
}  // namespace winnow
