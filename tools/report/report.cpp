#include "tools/report/report.h"

#include <string_view>
#include <utility>
#include <vector>

#include "tools/report/html.h"
#include "tools/report/numbers.h"
#include "tools/report/sections.h"

namespace winnow::embedded {
const std::vector<std::pair<std::string_view, std::string_view>>& report_styles();
}

namespace winnow::report {
namespace {

struct Section {
  const char* id;
  const char* title;
  std::string (*html)(const Evaluation&);
};

// In the order of the page.
constexpr Section kSections[] = {
    {"headline", "In short", headline_section},
    {"curves", "Curves", curves_section},
    {"thresholds", "Error rates at every threshold", thresholds_section},
    {"groups", "By source and by language", groups_section},
    {"rules", "Measured precision of each rule", rules_section},
    {"blocked-ham", "Worst false positives: ham that was blocked", blocked_ham_section},
    {"missed-spam", "Worst misses: spam that was let through", missed_spam_section},
    {"basis", "What this stands on", basis_section},
};

// Even if text were taken for markup, the page could run and fetch nothing.
constexpr std::string_view kHead = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
)";

std::string warnings(const Evaluation& evaluation) {
  std::string out;
  if (evaluation.words == Words::kKept)
    out +=
        "<p class=\"warning\"><strong>This report quotes comments.</strong> They are the words of real "
        "people. "
        "Keep the file as carefully as the data set; to share figures, make a report without "
        "<code>--report-text</code>.</p>\n";
  std::string trained_on;
  for (const EvaluatedFile& file : evaluation.files)
    if (file.trained_on) trained_on += (trained_on.empty() ? "" : ", ") + foreign(file.file.name);
  if (!trained_on.empty())
    out += "<p class=\"warning\"><strong>The model has seen these comments.</strong> It was trained on " +
           trained_on +
           ". The figures show how well it remembers, not how well it will do on comments that are new to "
           "it.</p>\n";
  return out;
}

}  // namespace

std::string report_html(const Evaluation& evaluation, const std::string& made) {
  const std::string comments = plural(static_cast<long>(evaluation.judged.size()), "comment");
  std::string out(kHead);
  out += "<title>winnow: " + escaped(evaluation.model_id) + " on " + comments + "</title>\n<style>\n";
  for (const auto& [name, style] : embedded::report_styles()) out += style;
  out += "</style>\n</head>\n<body>\n<header>\n<h1>How well " + foreign(evaluation.model_id) +
         " tells spam from ham</h1>\n<p class=\"made\">" + comments + ". " + escaped(made) +
         "</p>\n</header>\n<nav aria-label=\"Contents\"><ul>\n";
  for (const Section& section : kSections)
    out += std::string("<li><a href=\"#") + section.id + "\">" + section.title + "</a></li>\n";
  out += "</ul></nav>\n<main>\n" + warnings(evaluation);
  for (const Section& section : kSections)
    out += std::string("<section id=\"") + section.id + "\">\n<h2>" + section.title + "</h2>\n" +
           section.html(evaluation) + "</section>\n";
  return out + "</main>\n</body>\n</html>\n";
}

}  // namespace winnow::report
