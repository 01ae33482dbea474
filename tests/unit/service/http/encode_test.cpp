#include "service/http/encode.h"

#include <doctest/doctest.h>

namespace winnow::http {
namespace {

CheckReply verdict_of(Outcome outcome, double score) {
  CheckReply checked;
  checked.id = "0123456789abcdef0123456789abcdef";
  checked.verdict.outcome = outcome;
  checked.verdict.score = score;
  checked.verdict.signals = {{"text.model", 2.3149, "reads as spam"}, {"links.none", -1.2, "has no link"}};
  checked.verdict.model_id = "m1";
  checked.verdict.rules_version = "abcdef012345";
  return checked;
}

std::string_view header_of(const Reply& reply, std::string_view name) {
  for (const auto& [key, value] : reply.headers)
    if (key == name) return value;
  return {};
}

TEST_CASE("scores have four decimals") {
  CHECK(score_text(0) == "0.0000");
  CHECK(score_text(1) == "1.0000");
  CHECK(score_text(0.87654) == "0.8765");
}

TEST_CASE("reasons are safe inside a header and counted") {
  Verdict verdict = verdict_of(Outcome::kSpam, 1).verdict;
  CHECK(reasons_text(verdict, 5) == "text.model=+2.31, links.none=-1.20");
  CHECK(reasons_text(verdict, 1) == "text.model=+2.31");
  verdict.signals = {{"local.a\r\nX-evil: 1, \xC3\xA9", 1, ""}};
  CHECK(reasons_text(verdict, 5) == "local.a__X-evil__1____=+1.00");
  verdict.signals.assign(9, {"a", 1, ""});
  CHECK(reasons_text(verdict, kMaxHeaderReasons) == "a=+1.00, a=+1.00, a=+1.00, a=+1.00, a=+1.00");
}

TEST_CASE("a verdict in Akismet's words") {
  struct {
    Outcome outcome;
    const char* body;
    const char* tip;
  } const cases[] = {{Outcome::kHam, "false", ""},
                     {Outcome::kUnsure, "false", ""},
                     {Outcome::kSpam, "true", ""},
                     {Outcome::kDiscard, "true", "discard"}};
  for (const auto& [outcome, body, tip] : cases) {
    const Reply reply = akismet_verdict(verdict_of(outcome, 0.5));
    CHECK(reply.status == 200);
    CHECK(reply.content_type == "text/plain; charset=utf-8");
    CHECK(reply.body == body);
    CHECK(header_of(reply, "X-akismet-pro-tip") == tip);
    CHECK(header_of(reply, "X-akismet-guid") == "0123456789abcdef0123456789abcdef");
    CHECK(header_of(reply, "X-akismet-debug-help") == "");
    CHECK(header_of(reply, "X-winnow-score") == "0.5000");
  }
}

TEST_CASE(
    "a site in log-only mode is answered false, whatever the verdict; the score and the reasons are the true "
    "ones") {
  for (const Outcome outcome : {Outcome::kHam, Outcome::kUnsure, Outcome::kSpam, Outcome::kDiscard}) {
    CheckReply checked = verdict_of(outcome, 0.75);
    checked.log_only = true;
    const Reply reply = akismet_verdict(checked);
    CHECK(reply.body == "false");
    CHECK(header_of(reply, "X-akismet-pro-tip").empty());
    CHECK(header_of(reply, "X-akismet-guid") == checked.id);
    CHECK(header_of(reply, "X-winnow-score") == "0.7500");
    CHECK(header_of(reply, "X-winnow-reasons") == "text.model=+2.31, links.none=-1.20");
    CHECK(header_of(reply, "X-winnow-log-only") == to_string(outcome));
    CHECK(to_json(checked)["outcome"] == to_string(outcome));
    CHECK(to_json(checked)["log_only"] == true);
    CHECK(notes_of(checked, "a.example").back().first == "log_only");
  }
  CHECK(header_of(akismet_verdict(verdict_of(Outcome::kSpam, 1)), "X-winnow-log-only").empty());
  CHECK_FALSE(to_json(verdict_of(Outcome::kSpam, 1)).contains("log_only"));
}

TEST_CASE("a verdict as JSON") {
  CHECK(
      to_text(to_json(verdict_of(Outcome::kUnsure, 0.25))) ==
      R"({"id":"0123456789abcdef0123456789abcdef","outcome":"unsure","score":0.25,"reasons":[)"
      R"({"signal":"text.model","points":2.3149,"detail":"reads as spam"},)"
      R"({"signal":"links.none","points":-1.2,"detail":"has no link"}],"model":"m1","rules_version":"abcdef012345"})");
}

TEST_CASE("a stored verdict adds when, whether a test, and the comment") {
  StoredVerdict stored;
  stored.id = "x";
  stored.at = 1'700'000'000'005;
  stored.comment.content = "hello";
  const Json json = to_json(stored);
  CHECK(json["at"] == "2023-11-14T22:13:20.005Z");
  CHECK(json["is_test"] == false);
  CHECK_FALSE(json.contains("supersedes"));
  CHECK(json["comment"]["content"] == "hello");
  CHECK(json["comment"].size() == 1);
  stored.supersedes = "y";
  CHECK(to_json(stored)["supersedes"] == "y");
}

TEST_CASE("the log learns neither text nor person") {
  Site site;
  site.url = "a.example";
  const LogFields notes = notes_of(verdict_of(Outcome::kSpam, 0.9), site.url);
  REQUIRE(notes.size() == 5);
  CHECK(notes[1].second == "a.example");
  CHECK(notes[2].second == "spam");
}

}  // namespace
}  // namespace winnow::http
