#include <algorithm>
#include <string>

#include "tools/report/html.h"
#include "tools/report/numbers.h"
#include "tools/report/sections.h"

namespace winnow::report {
namespace {

constexpr std::size_t kFilesListed = 100;

constexpr const char* kDefinitions = R"(<dl class="terms">
<dt>Score, points</dt><dd>Every reason gives points, natural log-odds; the score is 1 / (1 + e<sup>−sum</sup>). Nothing else decides.</dd>
<dt>Recall, ham blocked</dt><dd>Share of spam, and of ham, whose score reaches the threshold of spam.</dd>
<dt>Spam caught at 1 % of ham</dt><dd>Share of spam above the lowest threshold at which at most 1 % of ham is; ties count against winnow.</dd>
<dt>ROC area</dt><dd>Chance that a spam scores above a ham, ties half (Mann &amp; Whitney 1947; Fawcett 2006).</dd>
<dt>Average precision</dt><dd>Area under the precision-recall curve in steps (Davis &amp; Goadrich 2006).</dd>
<dt>ECE</dt><dd>Expected calibration error over ten equal bins of the score (Naeini et al. 2015).</dd>
<dt>95 % interval</dt><dd>Wilson (1927). It takes comments to be independent; copies of one campaign are not, so the truth is less certain than it says.</dd>
</dl>
)";

}  // namespace

std::string basis_section(const Evaluation& evaluation) {
  Table table("Files",
              {{"File", false}, {"Spam"}, {"Ham"}, {"SHA-256 begins", false}, {"Trained on", false}});
  const std::size_t shown = std::min(evaluation.files.size(), kFilesListed);
  for (std::size_t i = 0; i < shown; ++i) {
    const EvaluatedFile& one = evaluation.files[i];
    table.add({foreign(one.file.name), count(one.file.spam), count(one.file.ham),
               "<code>" + escaped(one.file.sha256.substr(0, 16)) + "</code>", one.trained_on ? "yes" : "no"});
  }
  std::string out = table.html();
  if (evaluation.files.size() > shown)
    out += "<p class=\"cap\">The first " + std::to_string(shown) + " files are shown; " +
           count(static_cast<long>(evaluation.files.size() - shown)) + " more are left out.</p>\n";
  if (evaluation.is_selection)
    out += "<p>Of these files only the comments that a list of ids names were judged and are counted.</p>\n";
  return out + "<p>Model " + foreign(evaluation.model_id) + ", rules <code>" +
         escaped(evaluation.rules_version) +
         "</code>. Judged without history: what people reported before does not count here. \"Trained on\" "
         "compares "
         "whole files with those that the model names; a file that shares only some comments with them is "
         "not found "
         "out.</p>\n" +
         kDefinitions;
}

}  // namespace winnow::report
