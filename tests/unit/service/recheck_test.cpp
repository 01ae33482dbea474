#include "service/recheck.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "service/content_key.h"
#include "service/desk.h"
#include "service/feedback.h"
#include "tests/unit/service/installation.h"

namespace winnow {
namespace {

using Delivery = Rechecker::Delivery;

constexpr const char* kText = "come to our wonderful place and be happy";
constexpr UnixMillis kMinute = 60'000;

// Site a.example, which can be told, and two others that report.
struct Campaign {
  Installation home;
  std::string key = home.add_key("a.example");
  Caller site{home.last_key, *must(home.store->find_site("a.example"))};
  Caller second = home.caller("b.example");
  Caller third = home.caller("c.example");
  Person moderator{1, 0, "Ann", Role::kModerator, false, {site.site.id}};
  std::vector<std::string> told;
  Delivery answer = Delivery::kDone;
  Rechecker::Headers headers;  // of the last call
  Rechecker rechecker{
      home.services, home.secret,
      [this](const std::string& url, const Rechecker::Headers& sent, const std::string& body) {
        told.push_back(url + " " + body);
        headers = sent;
        return answer;
      }};

  Campaign() { home.services.recheck.hosts = {"a.example"}; }

  CheckRequest request(const std::string& text = kText) const {
    CheckRequest request;
    request.comment.content = text;
    request.callback = Callback{"https://a.example/hook", home.secret.seal(key)};
    return request;
  }
  CheckReply checks(const CheckRequest& request) {
    return must(check(home.services, site, request, random_id()));
  }
  void reports(const Caller& caller, Label label = Label::kSpam, const std::string& text = kText) {
    Report sent;
    sent.label = label;
    sent.comment.content = text;
    must(report(home.services, caller, sent));
  }
  // A moderator's word at the desk.
  Filed says(const std::string& id, Label label) {
    return must(report_at_desk(home.services, moderator, {id}, label, false)).at(0);
  }
  void look() {
    while (rechecker.look() > 0) {
    }
  }
  std::string said(const std::string& guid, const char* result) const {
    return "https://a.example/hook {\"key\":\"" + key +
           "\",\"endpoint\":\"comment-check\",\"comments\":[{\"guid\":\"" + guid + "\",\"result\":\"" +
           result + "\"}]}";
  }
};

TEST_CASE("two more sites report a campaign: the site that had been told ham is told spam, once") {
  Campaign campaign;
  const CheckReply first = campaign.checks(campaign.request());
  CHECK_FALSE(first.verdict.is_spam());
  CHECK_FALSE(first.hold_seconds.has_value());
  CHECK(campaign.rechecker.look() == 0);

  campaign.reports(campaign.second);
  CHECK(campaign.rechecker.look() == 1);
  CHECK(campaign.told.empty());
  campaign.reports(campaign.third);
  campaign.rechecker.look();
  REQUIRE(campaign.told.size() == 1);
  CHECK(campaign.told[0] == campaign.said(first.id, "true"));

  const auto newest = must(campaign.home.store->verdicts_by_text(
      campaign.site.site.id, content_key(campaign.request().comment), 10));
  REQUIRE(newest.size() == 2);
  const StoredVerdict& again = newest[0].supersedes.empty() ? newest[1] : newest[0];
  CHECK(again.supersedes == first.id);
  CHECK(again.verdict.is_spam());
  CHECK(std::ranges::count(again.verdict.signals, "memory.near_duplicate", &Signal::id) == 1);
  campaign.reports(campaign.third);
  campaign.home.now += 48 * 60 * kMinute;
  CHECK(campaign.rechecker.look() == 0);
  CHECK(campaign.told.size() == 1);
}

TEST_CASE("a comment in doubt is held, and let go when nothing more is heard") {
  Campaign campaign;
  campaign.reports(campaign.second);
  const CheckReply first = campaign.checks(campaign.request());
  CHECK(first.hold_seconds == 120);
  campaign.home.now += 2 * kMinute - 1;
  campaign.rechecker.look();
  CHECK(campaign.told.empty());
  campaign.home.now += 1;
  campaign.rechecker.look();
  REQUIRE(campaign.told.size() == 1);
  CHECK(campaign.told[0] == campaign.said(first.id, "false"));

  campaign.reports(campaign.third);  // late, but within the day
  campaign.rechecker.look();
  REQUIRE(campaign.told.size() == 2);
  CHECK(campaign.told[1] == campaign.said(first.id, "true"));
}

TEST_CASE("a site is not told of what it reported itself, but of the same text in its other comments") {
  Campaign campaign;
  campaign.home.now += 1;
  const CheckReply earlier = campaign.checks(campaign.request());
  campaign.home.now += 1;
  campaign.checks(campaign.request());
  campaign.reports(campaign.site);  // the newest
  campaign.reports(campaign.site);
  campaign.rechecker.look();
  REQUIRE(campaign.told.size() == 1);
  CHECK(campaign.told[0] == campaign.said(earlier.id, "true"));
}

TEST_CASE("an unsure verdict is in doubt") {
  Campaign campaign;
  campaign.home.services.thresholds = [](const Thresholds&) { return Thresholds{0.0, 0.9, 0.99}; };
  CHECK(campaign.checks(campaign.request()).hold_seconds == 120);
  campaign.home.services.recheck.hold_seconds = 0;
  CHECK_FALSE(campaign.checks(campaign.request("and another one of these")).hold_seconds.has_value());
}

TEST_CASE(
    "what does not change by itself: spam, tests, rechecks, those without a callback, and what is over") {
  Campaign campaign;
  campaign.checks(campaign.request("a cheap offer for you my friends"));
  CheckRequest test = campaign.request();
  test.is_test = true;
  campaign.checks(test);
  CheckRequest recheck = campaign.request();
  recheck.comment.recheck_reason = "recheck_queue";
  campaign.checks(recheck);
  CheckRequest silent = campaign.request();
  silent.callback.reset();
  campaign.checks(silent);
  campaign.home.now += 48 * 60 * kMinute;
  CHECK(campaign.rechecker.look() == 0);

  CheckRequest edit = campaign.request();
  edit.comment.recheck_reason = "edit";
  campaign.checks(edit);
  campaign.home.now += 24 * 60 * kMinute;
  campaign.reports(campaign.second);
  campaign.reports(campaign.third);
  CHECK(campaign.rechecker.look() == 0);
  campaign.home.now += 15 * 24 * 60 * kMinute;
  CHECK(campaign.rechecker.look() == 3);  // the time of spam, recheck and edit is over
  CHECK(campaign.rechecker.look() == 0);
  CHECK(campaign.told.empty());
}

TEST_CASE("a site that cannot be reached is tried again, later and later, and given up in the end") {
  Campaign campaign;
  campaign.answer = Delivery::kFailed;
  campaign.checks(campaign.request());
  campaign.reports(campaign.second);
  campaign.reports(campaign.third);
  campaign.rechecker.look();
  CHECK(campaign.told.size() == 1);
  CHECK(campaign.rechecker.look() == 0);  // not at once
  for (int i = 0; i < 10; ++i) {
    campaign.home.now += 30 * kMinute;
    campaign.rechecker.look();
  }
  CHECK(campaign.told.size() == 7);
}

TEST_CASE("a site that came back is told; one that refuses is not asked again") {
  for (const Delivery then : {Delivery::kDone, Delivery::kRefused}) {
    Campaign campaign;
    campaign.answer = Delivery::kFailed;
    campaign.checks(campaign.request());
    campaign.reports(campaign.second);
    campaign.reports(campaign.third);
    campaign.rechecker.look();
    campaign.answer = then;
    campaign.home.now += kMinute;
    campaign.rechecker.look();
    CHECK(campaign.told.size() == 2);
    campaign.home.now += 60 * kMinute;
    CHECK(campaign.rechecker.look() == 0);
  }
}

TEST_CASE("a key that was revoked or suspended since is not used any more") {
  for (const bool revoke : {true, false}) {
    Campaign campaign;
    campaign.checks(campaign.request());
    campaign.reports(campaign.second);
    campaign.reports(campaign.third);
    if (revoke)
      must(campaign.home.store->revoke_key(campaign.site.key, 1));
    else
      must(campaign.home.store->suspend_key(campaign.site.key, 1));
    campaign.rechecker.look();
    CHECK(campaign.told.empty());
    CHECK(campaign.rechecker.look() == 0);
  }
}

TEST_CASE("a call is signed with the site's key: who has the key can tell, and when it was") {
  // HMAC-SHA-256 of "1700000000.{}" under "000000000000", by openssl dgst -hmac.
  CHECK(signature_of("000000000000", 1'700'000'000'999, "{}") ==
        "t=1700000000,v1=e762b45dbb7f6c9dd3d11980c09420023735af9062d312a3adf9e0f6e7491c16");
  CHECK(signature_of("000000000001", 1'700'000'000'999, "{}") !=
        signature_of("000000000000", 1'700'000'000'999, "{}"));
  Campaign campaign;
  campaign.checks(campaign.request());
  campaign.reports(campaign.second);
  campaign.reports(campaign.third);
  campaign.look();
  REQUIRE(campaign.told.size() == 1);
  const std::string body = campaign.told[0].substr(campaign.told[0].find(' ') + 1);
  CHECK(campaign.headers ==
        Rechecker::Headers{{kSignatureHeader, signature_of(campaign.key, campaign.home.now, body)}});
}

TEST_CASE("may_call: named hosts alone") {
  RecheckPolicy policy;
  CHECK_FALSE(may_call(policy, "https://example.org/hook"));
  policy.hosts = {"example.org", "*.blogs.example", "127.0.0.1:8080", "[::1]:8080"};
  for (const char* url : {"https://example.org/wp-json/akismet/v1/webhook", "http://Example.ORG",
                          "https://example.org:443/", "http://example.org:80/?rest_route=/akismet/v1/webhook",
                          "https://a.blogs.example/", "http://127.0.0.1:8080/x", "http://[::1]:8080/x"}) {
    CAPTURE(url);
    CHECK(may_call(policy, url));
  }
  for (const char* url :
       {"", "example.org", "ftp://example.org/", "https://example.org:8443/", "http://example.org:443/",
        "https://www.example.org/", "https://blogs.example/", "https://evilblogs.example/",
        "http://127.0.0.1/", "https://user@example.org/", "https://example.org@evil.example/",
        "https://evil.example/?https://example.org/", "https://evil.example#.blogs.example",
        "https://evil.example\\.blogs.example/", "HTTPS://example.org.evil.example/"}) {
    CAPTURE(url);
    CHECK_FALSE(may_call(policy, url));
  }
}

TEST_CASE("a site in log-only mode is never told spam, nor asked to hold") {
  Campaign campaign;
  campaign.reports(campaign.second);
  campaign.site.site.log_only = true;
  CHECK_FALSE(campaign.checks(campaign.request()).hold_seconds.has_value());
  campaign.reports(campaign.third);
  CHECK(campaign.rechecker.look() == 0);
  CHECK(campaign.told.empty());
}

TEST_CASE("a site that is set to log only while it holds a comment is told to let it go") {
  Campaign campaign;
  campaign.reports(campaign.second);
  const CheckReply held = campaign.checks(campaign.request());
  REQUIRE(held.hold_seconds.has_value());
  const CheckReply watched = campaign.checks(campaign.request("another wonderful place to be happy in"));
  must(campaign.home.store->set_log_only(campaign.site.site.id, true));
  campaign.reports(campaign.third);
  campaign.reports(campaign.second, Label::kSpam, "another wonderful place to be happy in");
  campaign.reports(campaign.third, Label::kSpam, "another wonderful place to be happy in");
  campaign.home.now += 48 * 60 * kMinute;
  campaign.rechecker.look();
  REQUIRE(campaign.told.size() == 1);
  CHECK(campaign.told[0] == campaign.said(held.id, "false"));
  CHECK_FALSE(watched.hold_seconds.has_value());
  CHECK(campaign.rechecker.look() == 0);
}

TEST_CASE(
    "what was to be told as spam and could not be delivered is not told once the site is set to log only") {
  Campaign campaign;
  campaign.checks(campaign.request());
  campaign.reports(campaign.second);
  campaign.reports(campaign.third);
  campaign.answer = Delivery::kFailed;
  campaign.rechecker.look();
  REQUIRE(campaign.told.size() == 1);
  must(campaign.home.store->set_log_only(campaign.site.site.id, true));
  campaign.home.now += kMinute;
  campaign.rechecker.look();
  campaign.home.now += 48 * 60 * kMinute;
  CHECK(campaign.rechecker.look() == 0);
  CHECK(campaign.told.size() == 1);
}

TEST_CASE("what a person says at the desk the site is told, whatever it was answered, and its undoing, too") {
  Campaign campaign;
  const CheckReply spam = campaign.checks(campaign.request("a cheap offer for you my friends"));
  const CheckReply ham = campaign.checks(campaign.request());
  REQUIRE(spam.verdict.is_spam());
  campaign.home.now += 10 * 24 * 60 * kMinute;  // days later

  Filed freed = campaign.says(spam.id, Label::kHam);
  CHECK(freed.told);
  CHECK(campaign.says(ham.id, Label::kSpam).told);
  campaign.look();
  CHECK(std::set(campaign.told.begin(), campaign.told.end()) ==
        std::set{campaign.said(spam.id, "false"), campaign.said(ham.id, "true")});
  CHECK_FALSE(campaign.says(spam.id, Label::kHam).told);  // it knows
  campaign.look();
  CHECK(campaign.told.size() == 2);

  must(withdraw_at_desk(campaign.home.services, campaign.moderator, {freed.reply.id}));
  campaign.look();
  REQUIRE(campaign.told.size() == 3);
  CHECK(campaign.told[2] == campaign.said(spam.id, "true"));
  const CommentHistory history = must(campaign.home.store->history_of(spam.id));
  REQUIRE(history.told.size() == 2);
  CHECK(history.told[0].label == Label::kHam);
  CHECK(history.told[1].label == Label::kSpam);
}

TEST_CASE("what one report undone leaves is what the next says") {
  Campaign campaign;
  const CheckReply checked = campaign.checks(campaign.request());
  campaign.says(checked.id, Label::kSpam);
  campaign.look();
  const Filed second = campaign.says(checked.id, Label::kHam);
  CHECK(second.reply.effect == Effect::kConflict);
  campaign.look();
  must(withdraw_at_desk(campaign.home.services, campaign.moderator, {second.reply.id}));
  campaign.look();
  REQUIRE(campaign.told.size() == 3);
  CHECK(campaign.told[1] == campaign.said(checked.id, "false"));
  CHECK(campaign.told[2] == campaign.said(checked.id, "true"));
}

TEST_CASE("a site is told of the first verdict's id when a person corrects the one that replaced it") {
  Campaign campaign;
  const CheckReply first = campaign.checks(campaign.request());
  campaign.reports(campaign.second);
  campaign.reports(campaign.third);
  campaign.look();
  const CommentHistory history = must(campaign.home.store->history_of(first.id));
  REQUIRE(history.verdicts.size() == 2);
  CHECK(history.verdicts[0].id == first.id);
  CHECK(history.verdicts[1].supersedes == first.id);
  CHECK(campaign.says(history.verdicts[1].id, Label::kHam).told);
  campaign.look();
  REQUIRE(campaign.told.size() == 2);
  CHECK(campaign.told[1] == campaign.said(first.id, "false"));
}

TEST_CASE("other sites' reports do not free what was answered spam") {
  Campaign campaign;
  campaign.checks(campaign.request("a cheap offer for you my friends"));
  for (const Caller* caller : {&campaign.second, &campaign.third})
    campaign.reports(*caller, Label::kHam, "a cheap offer for you my friends");
  CHECK(campaign.rechecker.look() == 0);
}

TEST_CASE("what cannot be told is not said to be: no callback, a test, log-only since, over") {
  Campaign campaign;
  CheckRequest silent = campaign.request();
  silent.callback.reset();
  CHECK_FALSE(campaign.says(campaign.checks(silent).id, Label::kSpam).told);
  CheckRequest test = campaign.request("one more wonderful place to be happy in");
  test.is_test = true;
  CHECK_FALSE(campaign.says(campaign.checks(test).id, Label::kSpam).told);
  const CheckReply old = campaign.checks(campaign.request("an old and wonderful place to be happy in"));
  campaign.home.now += 16 * 24 * 60 * kMinute;
  campaign.look();
  CHECK_FALSE(campaign.says(old.id, Label::kSpam).told);
  const CheckReply answered = campaign.checks(campaign.request("a new and wonderful place to be happy in"));
  must(campaign.home.store->set_log_only(campaign.site.site.id, true));
  CHECK_FALSE(campaign.says(answered.id, Label::kSpam).told);
  campaign.look();
  CHECK(campaign.told.empty());
}

}  // namespace
}  // namespace winnow
