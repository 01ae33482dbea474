#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "tools/report/html.h"
#include "tools/report/numbers.h"
#include "tools/report/sections.h"
#include "tools/training/figures.h"

namespace winnow::report {
namespace {

constexpr std::size_t kGroupsListed = 60;

std::string table_by(const Json& groups, const std::string& what) {
  std::vector<std::pair<std::string, Json>> largest_first;
  for (const auto& [name, f] : groups.items()) largest_first.emplace_back(name, f);
  std::stable_sort(largest_first.begin(), largest_first.end(), [](const auto& a, const auto& b) {
    return a.second["n"].template get<long>() > b.second["n"].template get<long>();
  });
  Table table("By " + what, {{what == "source" ? "Source" : "Language", false},
                             {"Spam"},
                             {"Recall"},
                             {"95 % interval"},
                             {"Ham"},
                             {"Ham blocked"},
                             {"95 % interval"},
                             {"Recall at 1 % of ham"},
                             {"ROC area"}});
  long left_out = 0;
  for (std::size_t i = 0; i < largest_first.size(); ++i) {
    const auto& [name, f] = largest_first[i];
    if (i >= kGroupsListed) {
      left_out += f["n"].get<long>();
      continue;
    }
    const long spam = f["spam"], ham = f["ham"], tp = f["tp"], fp = f["fp"];
    table.add({foreign(name), count(spam), percent(number_of(f["recall"])), percent_range(tp, spam),
               count(ham), percent(number_of(f["ham_blocked"])), percent_range(fp, ham),
               percent(number_of(f["recall_at_fpr"]["0.01"])), decimal(number_of(f["roc_auc"]), 4)});
  }
  std::string out = table.html();
  if (left_out > 0)
    out += "<p class=\"cap\">The " + std::to_string(kGroupsListed) + " largest are shown; " +
           count(static_cast<long>(largest_first.size() - kGroupsListed)) + " more, with " +
           plural(left_out, "comment") + " in all, are left out.</p>\n";
  return out;
}

}  // namespace

std::string groups_section(const Evaluation& evaluation) {
  const Json f = figures(evaluation.judged);
  return "<p>A dash stands where there are no comments to tell. With few comments the interval says more "
         "than the "
         "share.</p>\n" +
         table_by(f["by"]["source"], "source") + table_by(f["by"]["lang"], "language");
}

}  // namespace winnow::report
