#include "tools/report/report.h"

#include <doctest/doctest.h>

#include <cmath>

namespace winnow::report {
namespace {

constexpr const char* kHostile = "zebra<script>alert(1)</script><img src=//evil.example/x onerror=a>\"'&";

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

// Of three words: "casino" is spam, "hello" is ham, and honest "zebra" is taken for spam.
Engine engine() {
  Model model;
  model.id = "tiny";
  model.text = TextModel({0, 0, 0, false}, {{"casino", 3.0F}, {"hello", -3.0F}, {"zebra", 3.0F}}, {}, 0.0F);
  model.weights = {0, 9, 0, 0, {}};
  model.manifest = {{"data", {{{"file", "seen.jsonl"}, {"sha256", "aa"}}}},
                    {"options", {{"ham_per_spam", 2}}}};
  return Engine(std::move(model), OperatorRules());
}

Row row(const std::string& id, bool spam, const std::string& content, const std::string& source = "site") {
  Comment comment;
  comment.content = content;
  return {id, source, "en", spam, comment};
}

std::string report_on(const std::vector<Row>& rows, Words words, const std::vector<DataFile>& files = {}) {
  const Engine judge = engine();
  Evaluator evaluator(judge, words);
  for (const Row& one : rows) evaluator.judge(one);
  return report_html(evaluator.evaluation(files), "Made by a test.");
}

// A page that can neither run nor fetch.
void check_is_inert(const std::string& html) {
  CHECK(has(html, "Content-Security-Policy\" content=\"default-src 'none';"));
  for (const std::string part : {"<script", "<img", "<link", "<iframe", "<form", "@import", "url(",
                                 " style=", "href=\"http", "javascript:"}) {
    CAPTURE(part);
    CHECK_FALSE(has(html, part));
  }
}

TEST_CASE("a report says what it is of and has every section") {
  const std::string html =
      report_on({row("a", true, "casino"), row("b", false, "hello"), row("c", false, "zebra")},
                Words::kLeftOut, {{"rows.jsonl", "bb", 1, 2}});
  CHECK(html.starts_with("<!DOCTYPE html>"));
  check_is_inert(html);
  for (const char* id :
       {"headline", "curves", "thresholds", "groups", "rules", "blocked-ham", "missed-spam", "basis",
        "roc-title", "roc-corner-title", "pr-title", "calibration-title", "errors-title", "scores-title"}) {
    CAPTURE(id);
    CHECK(has(html, "id=\"" + std::string(id) + "\""));
  }
  CHECK(has(html, "Of 1 spam comment, 1 was caught. Of 2 ham comments, 1 was blocked."));
  CHECK(has(html, "<b>50.00 %</b>"));
  CHECK(has(html, "calibrated for 2.00"));
  CHECK(has(html, "Made by a test."));
  CHECK_FALSE(has(html, "The model has seen these comments"));
}

TEST_CASE("without words a report has no word of a comment") {
  const std::string html =
      report_on({row("a", true, "casino"), row("b", true, "hello quagga"), row("c", false, "zebra okapi")},
                Words::kLeftOut);
  for (const char* word : {"quagga", "okapi", "zebra", "hello"}) {
    CAPTURE(word);
    CHECK_FALSE(has(html, word));
  }
  CHECK(has(html, "text.model"));
  CHECK_FALSE(has(html, "<blockquote"));
  CHECK_FALSE(has(html, "This report quotes comments"));
}

TEST_CASE("with words it quotes the mistakes, says so at the top, and hostile markup stays text") {
  const std::string html =
      report_on({row("a", true, "casino"), row("<b>id</b>", false, kHostile, "<i>site</i>")}, Words::kKept);
  check_is_inert(html);
  CHECK(has(html, "This report quotes comments"));
  CHECK(has(html,
            "<bdi>zebra&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=//evil.example/x onerror=a&gt;"
            "&quot;&#39;&amp;</bdi>"));
  CHECK(has(html, "&lt;b&gt;id&lt;/b&gt;"));
  CHECK(has(html, "&lt;i&gt;site&lt;/i&gt;"));
  CHECK(has(html, "most by &quot;zebra&quot;"));
}

TEST_CASE("a model that was trained on the file is named for it") {
  CHECK(has(report_on({row("a", true, "casino")}, Words::kLeftOut, {{"<seen>.jsonl", "aa", 1, 0}}),
            "The model has seen these comments.</strong> It was trained on <bdi>&lt;seen&gt;.jsonl</bdi>"));
}

TEST_CASE("comments of one label, or none, make a report, too") {
  for (const std::vector<Row>& rows : {std::vector<Row>{},
                                       {row("a", true, "casino")},
                                       {row("b", false, "hello")},
                                       {row("c", false, "zebra")}}) {
    const std::string html = report_on(rows, Words::kKept);
    check_is_inert(html);
    CHECK(html.ends_with("</html>\n"));
    CHECK_FALSE(has(html, "nan"));
    CHECK_FALSE(has(html, "inf\""));
  }
}

TEST_CASE("a report of very many comments stays small and says what it leaves out") {
  Evaluation evaluation;
  evaluation.model_id = "many";
  for (int i = 0; i < 30000; ++i) {
    const double score = (i + .5) / 30000;
    const bool spam = std::fmod(i * .618034, 1) < score;
    evaluation.judged.push_back({"source " + std::to_string(i % 300), "en", spam, score >= .8, score});
  }
  for (int i = 0; i < 500; ++i)
    evaluation.rules.push_back({"own.rule" + std::to_string(i), std::string(300, 'x'), 1, i, 1});
  Mistake mistake{"id", "source", "en", {}, std::string(100000, 'y'), 1};
  for (int i = 0; i < 90; ++i) mistake.verdict.signals.push_back({"own.rule", 1, std::string(300, 'z')});
  evaluation.blocked_ham = {std::vector<Mistake>(kMistakesListed, mistake), 900, 800};
  evaluation.missed_spam = evaluation.blocked_ham;
  evaluation.words = Words::kKept;
  evaluation.is_selection = true;
  const std::string html = report_html(evaluation, "");
  CHECK(html.size() < 500000);
  CHECK(has(html, "The 60 largest are shown; 240 more, with 24,000 comments in all, are left out."));
  CHECK(has(html, "The first 200 are shown; 300 more are left out."));
  CHECK(has(html, "The 25 worst are shown"));
  CHECK(has(html, "78 smaller reasons"));
  CHECK(has(html, "only the comments that a list of ids names"));
}

}  // namespace
}  // namespace winnow::report
