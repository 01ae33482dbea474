#include <string>

#include "tools/report/charts.h"
#include "tools/report/html.h"
#include "tools/report/numbers.h"
#include "tools/report/sections.h"

namespace winnow::report {
namespace {

constexpr const char* kBothKeys =
    "<span class=\"key spam\">spam missed</span> <span class=\"key ham\">ham blocked</span>";

std::string figure(const std::string& title, const std::string& chart, const std::string& caption) {
  const std::string picture =
      chart.empty() ? "<p class=\"none\">It needs comments of both labels, and these files have not.</p>\n"
                    : chart;
  return "<figure>\n<h3>" + title + "</h3>\n" + picture + "<figcaption>" + caption +
         "</figcaption>\n</figure>\n";
}

std::string calibration_table(const std::vector<CalibrationBin>& bins) {
  Table table("Calibration, bin by bin",
              {{"Score"}, {"Comments"}, {"Mean score"}, {"Spam among them"}, {"95 % interval"}});
  for (const CalibrationBin& bin : bins) {
    const std::optional<double> mean =
        bin.all() == 0 ? std::nullopt : std::optional<double>(bin.score_sum / static_cast<double>(bin.all()));
    table.add({decimal(bin.low, 1) + "–" + decimal(bin.high, 1), count(bin.all()), decimal(mean, 3),
               percent_of(bin.spam, bin.all()), percent_range(bin.spam, bin.all())});
  }
  return table.html();
}

// The mix of labels moves precision and calibration, but not the ROC curve.
std::string mix(const Evaluation& evaluation, const std::vector<Cut>& cuts) {
  if (cuts.empty() || cuts.back().spam == 0) return "";
  const double here = static_cast<double>(cuts.back().ham) / static_cast<double>(cuts.back().spam);
  std::string said = "These comments have " + decimal(here, 2) + " ham for each spam";
  if (evaluation.ham_per_spam)
    said += "; the model's scores are calibrated for " + decimal(evaluation.ham_per_spam, 2);
  return "<p>" + said +
         ". Precision and calibration move with that mix, recall and ham blocked do not.</p>\n";
}

}  // namespace

std::string curves_section(const Evaluation& evaluation) {
  const std::vector<Cut> cuts = ranking(evaluation.judged);
  const std::vector<CalibrationBin> bins = calibration(evaluation.judged);
  const Thresholds& marks = evaluation.thresholds;
  return mix(evaluation, cuts) + "<div class=\"figures\">\n" +
         figure("ROC curve", roc_chart(cuts, marks),
                "Each point is a threshold; the dots are the model's own. The dashed line is chance.") +
         figure("ROC curve, the first 5 % of ham", roc_corner_chart(cuts, marks),
                "The same, enlarged where filters are set: hardly anyone will block more ham than this.") +
         figure("Precision and recall", precision_recall_chart(cuts, marks),
                "Average precision " + decimal(average_precision(cuts), 4) +
                    ". The dashed line is what calling everything spam would give.") +
         figure("Calibration", calibration_chart(bins),
                "ECE " + decimal(expected_calibration_error(bins), 4) +
                    ". On the dashed line a score means what it says; under it the score is too high. Larger "
                    "dots hold "
                    "more comments, whiskers are 95 % intervals.") +
         figure("Error rates at every threshold", error_chart(cuts, marks),
                std::string(kBothKeys) +
                    "<br>Both scales are stretched where it matters. A line ends where its error does.") +
         figure("Where the scores lie", score_chart(cuts),
                "<span class=\"key spam\">spam</span> <span class=\"key ham\">ham</span><br>Share of each "
                "label in twenty "
                "bins; the scale is a square root, so that few can be seen.") +
         "</div>\n" + calibration_table(bins);
}

}  // namespace winnow::report
