// What the form and the way of a comment tell beside its text: Comment's members from javascript to
// author_total. All hand-set: no data set has them. Each can hit honest people, who are named at the rule, so
// the points are small: a reader without scripts on an old page must still get a plain comment through
// (tests/api/signals_test.cpp).
#include <charconv>
#include <cstdint>
#include <optional>

#include "classifier/rules/rule.h"

namespace winnow {
namespace {

std::optional<std::int64_t> number(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

bool at_least(const std::string& text, std::int64_t least) {
  const std::optional<std::int64_t> value = number(text);
  return value && *value >= least;
}

Comment with_script(std::string_view value) {
  return says_with("Hello.", &Comment::javascript, value);
}
Comment with_token(std::string_view value) {
  return says_with("Hello.", &Comment::form_token, value);
}
Comment after(std::string_view seconds, std::string_view content) {
  return says_with(content, &Comment::form_seconds, seconds);
}
Comment with_language(std::string_view value) {
  return says_with("Hello.", &Comment::accept_language, value);
}
Comment answer_to(std::string_view id) {
  return says_with("Hello.", &Comment::parent, id);
}
Comment ping(std::string Comment::*field, std::string_view value) {
  Comment comment = says_with("", field, value);
  comment.type = "pingback";
  return comment;
}
Comment by_account_of(std::string_view total) {
  return says_with("Hello.", &Comment::author_total, total);
}

constexpr std::string_view kSentence = "Thank you for this article, it was quite useful to me.";

}  // namespace

std::vector<Rule> form_rules() {
  return {
      // A few readers in a hundred switch scripts off, the careful ones; most programs run none.
      {"form.no_script",
       "was sent from a form whose script never ran",
       1,
       Points::kHandSet,
       [](const Features& f) { return f.comment.javascript == "absent"; },
       {with_script("absent")},
       {with_script("ran"), with_script("")}},

      // WordPress' tokens are good for a day: pages from an older cache fail for everybody, and so do themes
      // with a form of their own.
      {"form.no_token",
       "came without the token that the page put into its form",
       0.5,
       Points::kHandSet,
       [](const Features& f) { return f.comment.form_token == "failed"; },
       {with_token("failed")},
       {with_token("passed"), with_token("")}},

      // Nobody types a sentence in two seconds; but a browser may bring a draft back after a reload.
      {"form.fast",
       "was sent within two seconds of the form's being ready",
       1,
       Points::kHandSet,
       [](const Features& f) {
         const std::optional<std::int64_t> seconds = number(f.comment.form_seconds);
         return seconds && *seconds >= 0 && *seconds <= 2 && f.words.size() >= 5;
       },
       {after("0", kSentence), after("2", kSentence)},
       {after("3", kSentence), after("1", "+1"), after("", kSentence), after("-1", kSentence),
        after("x", kSentence)}},

      // Every browser sends the header, those made for privacy a common value. HTTP libraries do not; they do
      // send Accept, which is why that header is not asked for. A proxy may strip it.
      {"form.no_language",
       "was sent by a browser that names no language",
       1,
       Points::kHandSet,
       [](const Features& f) { return f.comment.accept_language == "none"; },
       {with_language("none")},
       {with_language("de-AT,de;q=0.8"), with_language("*"), with_language("")}},

      // Programs post to the page; only some pick a comment to answer.
      {"form.answer",
       "answers another comment",
       -0.3,
       Points::kHandSet,
       [](const Features& f) { return at_least(f.comment.parent, 1); },
       {answer_to("0"), answer_to("")},
       {answer_to("17")}},

      // Blog software announces a link once a page; many calls in one request only serve to flood.
      {"form.ping_flood",
       "is one of many pingbacks of one request",
       2,
       Points::kHandSet,
       [](const Features& f) { return at_least(f.comment.multicall_count, 2); },
       {ping(&Comment::multicall_count, "2"), ping(&Comment::multicall_count, "1800")},
       {ping(&Comment::multicall_count, "1"), ping(&Comment::multicall_count, "")}},

      // Honest software is told by the page that it takes none, unless that changed a moment ago.
      {"form.closed_to_pings",
       "is a pingback to a page that takes none",
       1,
       Points::kHandSet,
       [](const Features& f) { return f.comment.pings_closed == "1"; },
       {ping(&Comment::pings_closed, "1")},
       {ping(&Comment::pings_closed, ""), ping(&Comment::pings_closed, "0")}},

      // What an account posted before was let stand by moderators, and accounts are stolen seldom.
      {"form.known_account",
       "was written by an account that has posted ten times or more",
       -1.5,
       Points::kHandSet,
       [](const Features& f) { return at_least(f.comment.author_total, 10); },
       {by_account_of("0"), by_account_of("9"), by_account_of("")},
       {by_account_of("10"), by_account_of("2841")}},
  };
}

}  // namespace winnow
