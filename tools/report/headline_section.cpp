#include <algorithm>
#include <string>

#include "tools/report/html.h"
#include "tools/report/numbers.h"
#include "tools/report/sections.h"
#include "tools/training/curves.h"
#include "tools/training/figures.h"

namespace winnow::report {
namespace {

std::string tile(const std::string& name, const std::string& value, const std::string& note) {
  return "<div><dt>" + name + "</dt><dd><b>" + value + "</b><span>" + note + "</span></dd></div>\n";
}

std::string tiles(const Json& f) {
  const long spam = f["spam"], ham = f["ham"], tp = f["tp"], fp = f["fp"];
  const auto of = [](long part, long whole) {
    return whole == 0 ? "none in these files"
                      : count(part) + " of " + count(whole) + "; 95 % interval " + percent_range(part, whole);
  };
  return "<dl class=\"tiles\">\n" +
         tile("Spam caught (recall)", percent(number_of(f["recall"])), of(tp, spam)) +
         tile("Ham blocked", percent(number_of(f["ham_blocked"])), of(fp, ham)) +
         tile("Precision", percent(number_of(f["precision"])), "of what was caught is spam, at this mix") +
         tile("Spam caught at 1 % of ham", percent(number_of(f["recall_at_fpr"]["0.01"])),
              "were the threshold set there") +
         tile("ROC area", decimal(number_of(f["roc_auc"]), 4), "chance that a spam scores above a ham") +
         tile("Calibration error", decimal(number_of(f["ece"]), 4),
              "ECE; 0 is a score that means what it says") +
         "</dl>\n";
}

// What became of the comments of each label.
std::string outcomes(const Evaluation& evaluation) {
  const std::vector<Cut> cuts = ranking(evaluation.judged);
  const Cut all = cut_at(cuts, 0), unsure = cut_at(cuts, evaluation.thresholds.unsure),
            spam = cut_at(cuts, evaluation.thresholds.spam),
            discard = cut_at(cuts, evaluation.thresholds.discard);
  Table table("What became of them",
              {{"Outcome", false}, {"Score from"}, {"Spam"}, {"of spam"}, {"Ham"}, {"of ham"}});
  const auto add = [&](const std::string& name, double from, const Cut& here, const Cut& above) {
    const long s = here.spam - above.spam, h = here.ham - above.ham;
    table.add(
        {name, threshold_text(from), count(s), percent_of(s, all.spam), count(h), percent_of(h, all.ham)});
  };
  add("ham", 0, all, unsure);
  add("unsure, for a person", evaluation.thresholds.unsure, unsure, spam);
  add("spam", evaluation.thresholds.spam, spam, discard);
  add("discard", evaluation.thresholds.discard, discard, {});
  return table.html();
}

std::string more_figures(const Json& f) {
  Table table("More figures", {{"Figure", false}, {"Value"}, {"What it is", false}});
  const auto add = [&](const char* name, const std::string& value, const char* what) {
    table.add({name, value, what});
  };
  add("Accuracy", percent(number_of(f["accuracy"])), "comments that were judged right");
  add("F1", decimal(number_of(f["f1"]), 4), "harmonic mean of precision and recall");
  add("MCC", decimal(number_of(f["mcc"]), 4), "correlation of outcome and truth, −1 to 1 (Matthews 1975)");
  add("Recall at 0.1 % of ham", percent(number_of(f["recall_at_fpr"]["0.001"])),
      "were the threshold set there");
  add("1 − ROCA", decimal(number_of(f["one_minus_roca_percent"]), 3),
      "per cent; the TREC spam track's figure");
  add("Brier score", decimal(number_of(f["brier"]), 4), "mean squared error of the score");
  return table.html();
}

}  // namespace

std::string headline_section(const Evaluation& evaluation) {
  const Json f = figures(evaluation.judged);
  const long spam = f["spam"], ham = f["ham"], tp = f["tp"], fp = f["fp"];
  std::string said;
  if (spam > 0)
    said +=
        "Of " + plural(spam, "spam comment") + ", " + count(tp) + (tp == 1 ? " was" : " were") + " caught. ";
  if (ham > 0)
    said +=
        "Of " + plural(ham, "ham comment") + ", " + count(fp) + (fp == 1 ? " was" : " were") + " blocked. ";
  said += "Caught and blocked mean a score of " + threshold_text(evaluation.thresholds.spam) +
          " or more: the outcomes spam and discard.";
  return "<p class=\"lead\">" + said + "</p>\n" + tiles(f) + "<div class=\"pair\">\n" + outcomes(evaluation) +
         more_figures(f) + "</div>\n";
}

}  // namespace winnow::report
