#include <algorithm>
#include <string>

#include "tools/report/html.h"
#include "tools/report/numbers.h"
#include "tools/report/sections.h"

namespace winnow::report {
namespace {

constexpr std::size_t kReasonsListed = 12;
constexpr std::size_t kTextBytes = 1000;
constexpr std::size_t kDetailBytes = 200;

std::string reasons(const Verdict& verdict) {
  double sum = 0, rest = 0;
  std::string items;
  for (std::size_t i = 0; i < verdict.signals.size(); ++i) {
    const Signal& signal = verdict.signals[i];
    sum += signal.points;
    if (i >= kReasonsListed) {
      rest += signal.points;
      continue;
    }
    items += std::string("<li class=\"") + (signal.points > 0 ? "up" : "down") + "\"><b>" +
             signed_points(signal.points) + "</b> <code>" + foreign(signal.id) + "</code>";
    if (!signal.detail.empty())
      items += "<span class=\"says\">" + foreign(signal.detail, kDetailBytes) + "</span>";
    items += "</li>\n";
  }
  if (verdict.signals.size() > kReasonsListed)
    items += "<li><b>" + signed_points(rest) + "</b> " +
             plural(static_cast<long>(verdict.signals.size() - kReasonsListed), "smaller reason") + "</li>\n";
  return "<ul class=\"reasons\">\n" + items + "<li class=\"sum\"><b>" + signed_points(sum) +
         "</b> sum</li>\n</ul>\n";
}

std::string item(const Mistake& mistake, Words words) {
  std::string out = "<li><p class=\"who\"><b class=\"score\">" + decimal(mistake.verdict.score, 4) +
                    "</b> <span>" + std::string(to_string(mistake.verdict.outcome)) + "</span> <code>" +
                    foreign(mistake.id) + "</code> <span>" + foreign(mistake.source) + "</span> <span>" +
                    foreign(mistake.lang) + "</span>";
  if (mistake.copies > 1) out += " <span>" + count(mistake.copies) + " with this text</span>";
  out += "</p>\n";
  if (words == Words::kKept)
    out += "<blockquote dir=\"auto\">" + foreign(mistake.content, kTextBytes) + "</blockquote>\n";
  return out + reasons(mistake.verdict) + "</li>\n";
}

std::string section(const MistakeList& list, Words words, const std::string& label, const std::string& what) {
  if (list.count == 0) return "<p class=\"none\">None: no " + label + " was " + what + ".</p>\n";
  const std::size_t distinct = list.distinct;
  std::string out = "<p>" + count(list.count) + " " + label +
                    (list.count == 1 ? " comment was " : " comments were ") + what +
                    (list.count == static_cast<long>(distinct)
                         ? std::string(".")
                         : ", with " + count(static_cast<long>(distinct)) + " different texts.");
  if (distinct > list.worst.size())
    out += " The " + std::to_string(list.worst.size()) + " worst are shown, each text once.";
  out += words == Words::kKept
             ? " Long comments are cut."
             : " What they say is left out, and with it the details of the reasons, which name words of it.";
  out += "</p>\n<ol class=\"mistakes\">\n";
  for (const Mistake& mistake : list.worst) out += item(mistake, words);
  return out + "</ol>\n";
}

}  // namespace

std::string blocked_ham_section(const Evaluation& evaluation) {
  return section(evaluation.blocked_ham, evaluation.words, "ham", "blocked");
}

std::string missed_spam_section(const Evaluation& evaluation) {
  return section(evaluation.missed_spam, evaluation.words, "spam", "let through");
}

}  // namespace winnow::report
