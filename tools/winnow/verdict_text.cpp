#include "tools/winnow/verdict_text.h"

#include <algorithm>
#include <cstdio>

namespace winnow::cli {

Json verdict_json(const Verdict& verdict) {
  Json reasons = Json::array();
  for (const Signal& signal : verdict.signals)
    reasons.push_back({{"signal", signal.id}, {"points", signal.points}, {"detail", signal.detail}});
  return {{"score", verdict.score},
          {"outcome", to_string(verdict.outcome)},
          {"reasons", reasons},
          {"model", verdict.model_id}};
}

std::string score_text(double score) {
  char text[16];
  std::snprintf(text, sizeof text, "%.4f", score);
  return text;
}

std::string verdict_text(const Verdict& verdict) {
  std::size_t width = 0;
  for (const Signal& signal : verdict.signals) width = std::max(width, signal.id.size());
  double sum = 0;
  std::string out;
  const auto add_line = [&](double points, const std::string& id, const std::string& detail) {
    char number[32];
    std::snprintf(number, sizeof number, "%+8.2f  ", points);
    out.append(number)
        .append(id)
        .append(width - std::min(width, id.size()) + 2, ' ')
        .append(detail)
        .append("\n");
  };
  out.append(to_string(verdict.outcome)).append(" (score " + score_text(verdict.score) + ")\n\n");
  for (const Signal& signal : verdict.signals) {
    add_line(signal.points, signal.id, signal.detail);
    sum += signal.points;
  }
  add_line(sum, "sum", "log-odds; score = 1 / (1 + e^-sum)");
  return out + "\nmodel " + verdict.model_id + ", rules " + verdict.rules_version + "\n";
}

}  // namespace winnow::cli
