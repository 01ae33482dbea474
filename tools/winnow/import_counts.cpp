#include "tools/winnow/import_counts.h"

#include "tools/winnow/table.h"

namespace winnow::cli {

void print_counts(std::ostream& out, const ImportCounts& counts) {
  std::vector<TableRow> rows = {{"spam", std::to_string(counts.spam)}, {"ham", std::to_string(counts.ham)}};
  rows.push_back({"  of these there already", std::to_string(counts.known)});
  rows.push_back({"waiting for a decision", std::to_string(counts.waiting)});
  for (const auto& [why, count] : counts.skipped)
    rows.push_back({"skipped: " + std::string(why), std::to_string(count)});
  print_table(out, {"", "COMMENTS"}, rows);
}

Json counts_json(const ImportCounts& counts) {
  Json skipped = Json::object();
  for (const auto& [why, count] : counts.skipped) skipped[std::string(why)] = count;
  return {{"spam", counts.spam},     {"ham", counts.ham},         {"already_there", counts.known},
          {"added", counts.added()}, {"waiting", counts.waiting}, {"skipped", skipped}};
}

}  // namespace winnow::cli
