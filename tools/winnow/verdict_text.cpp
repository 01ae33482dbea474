#include "tools/winnow/verdict_text.h"

#include <algorithm>
#include <cstdio>

#include "classifier/json_text.h"

namespace winnow::cli {
namespace {

void append_reason(std::string& json, const Signal& signal) {
  json += R"({"signal":)";
  append_json(json, signal.id);
  json += R"(,"points":)";
  append_json(json, signal.points);
  json += R"(,"detail":)";
  append_json(json, signal.detail);
  json += '}';
}

void append_members(std::string& json, const Verdict& verdict) {
  json += R"("score":)";
  append_json(json, verdict.score);
  json += R"(,"outcome":)";
  append_json(json, to_string(verdict.outcome));
  json += R"(,"reasons":[)";
  for (const Signal& signal : verdict.signals) {
    if (&signal != verdict.signals.data()) json += ',';
    append_reason(json, signal);
  }
  json += R"(],"model":)";
  append_json(json, verdict.model_id);
}

}  // namespace

std::string verdict_line(const Verdict& verdict) {
  std::string line = "{";
  append_members(line, verdict);
  return line += "}\n";
}

std::string verdict_line(const Json& id, const Verdict& verdict) {
  std::string line = "{\"id\":" + to_text(id) + ",";
  append_members(line, verdict);
  return line += "}\n";
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
