#include <string>

#include "tools/report/html.h"
#include "tools/report/numbers.h"
#include "tools/report/sections.h"
#include "tools/training/curves.h"

namespace winnow::report {

std::string thresholds_section(const Evaluation& evaluation) {
  const std::vector<Cut> cuts = ranking(evaluation.judged);
  const std::vector<ThresholdRow> rows = threshold_table(cuts, evaluation.thresholds);
  const std::vector<Column> columns = {{"Threshold"}, {"Recall"},      {"Ham blocked"},
                                       {"Precision"}, {"Spam missed"}, {"Ham blocked, count"}};
  Table own("At the model's thresholds", columns);
  Table all("At every threshold", columns, "tall");
  for (const ThresholdRow& row : rows) {
    const std::string name = row.mark ? std::string(to_string(*row.mark)) : "";
    const std::vector<std::string> cells = {
        (name.empty() ? "" : "<span class=\"badge\">" + name + "</span> ") + threshold_text(row.threshold),
        percent(row.recall),
        percent(row.ham_blocked_share),
        percent(row.precision),
        count(row.spam_missed),
        count(row.ham_blocked)};
    all.add(cells, row.mark ? "own" : "");
    if (row.mark) own.add(cells);
  }
  return "<p>What would be caught if everything from this score on were called spam. The model's own "
         "thresholds are "
         "marked with the outcome that begins there.</p>\n" +
         own.html() + all.html();
}

}  // namespace winnow::report
