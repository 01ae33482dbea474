// Judges the golden set with the shipped model and prints every flip: a row whose outcome is not the one that
// it must get, or whose reason is not among the first kReasonsLookedAt or pulls the other way. Ends with 1 if
// there is one, or if there is a mistake in the files.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "classifier/engine.h"
#include "classifier/json.h"
#include "tests/source_dir.h"
#include "tools/training/golden_set.h"

namespace winnow::golden {
namespace {

constexpr std::size_t kReasonsLookedAt = 3;
constexpr std::size_t kReasonsListed = 5;

struct JudgedRow {
  const GoldenRow& row;
  Verdict verdict;
  std::vector<Signal> reasons;  // the verdict's signals without where every comment starts
  bool outcome_flips = false;
  bool reason_flips = false;

  // A row that is known to be missed flips when it is no longer.
  bool flips() const { return row.missed ? !outcome_flips : outcome_flips || reason_flips; }
  std::vector<Signal> first(std::size_t count) const {
    return {reasons.begin(), reasons.begin() + static_cast<std::ptrdiff_t>(std::min(count, reasons.size()))};
  }
};

JudgedRow judge(const Engine& engine, const GoldenRow& row) {
  JudgedRow judged{row, engine.judge(row.comment, NoHistory()), {}};
  for (const Signal& signal : judged.verdict.signals)
    if (signal.id != "prior") judged.reasons.push_back(signal);
  const std::vector<Signal> first = judged.first(kReasonsLookedAt);
  judged.outcome_flips = judged.verdict.is_spam() != row.spam;
  judged.reason_flips = std::none_of(first.begin(), first.end(), [&](const Signal& signal) {
    return (signal.points > 0) == row.spam &&
           std::find(row.reasons.begin(), row.reasons.end(), signal.id) != row.reasons.end();
  });
  return judged;
}

const char* wanted_outcome(const GoldenRow& row) {
  return row.spam ? "spam" : "ham";
}

const char* flip_kind(const JudgedRow& judged) {
  if (judged.row.missed) return "NO LONGER MISSED";
  if (!judged.reason_flips) return "OUTCOME";
  return judged.outcome_flips ? "BOTH" : "REASON";
}

std::string flip_line(const JudgedRow& judged) {
  std::string wanted, came;
  for (const std::string& reason : judged.row.reasons) wanted += (wanted.empty() ? "" : " or ") + reason;
  char text[64];
  for (const Signal& signal : judged.first(kReasonsLookedAt)) {
    std::snprintf(text, sizeof text, " %+.2f", signal.points);
    came += (came.empty() ? "" : ", ") + signal.id + text;
  }
  std::snprintf(text, sizeof text, "%.3f", judged.verdict.score);
  return std::string(flip_kind(judged)) + " " + judged.row.id + " (" + judged.row.trap + "): wanted " +
         wanted_outcome(judged.row) + " by " + wanted + ", came " +
         std::string(to_string(judged.verdict.outcome)) + " " + text + " by " + came;
}

Json list_line(const JudgedRow& judged) {
  Json signals = Json::array();
  for (const Signal& signal : judged.first(kReasonsListed))
    signals.push_back({{"signal", signal.id}, {"points", signal.points}});
  return {{"id", judged.row.id},
          {"trap", judged.row.trap},
          {"wanted", {{"outcome", wanted_outcome(judged.row)}, {"reason", judged.row.reasons}}},
          {"outcome", to_string(judged.verdict.outcome)},
          {"score", judged.verdict.score},
          {"signals", signals},
          {"missed", judged.row.missed},
          {"outcome_flips", judged.outcome_flips},
          {"reason_flips", judged.reason_flips}};
}

int run(const std::string& model, bool list) {
  const Result<Engine> engine = Engine::load(model, "");
  if (!engine) {
    std::fprintf(stderr, "golden_tests: %s\n", engine.error().message.c_str());
    return 1;
  }
  const std::string source = source_dir();
  const GoldenSet set = read_golden_set(source + "/tests/golden", source + "/data/seed");
  for (const std::string& mistake : set.mistakes) std::fprintf(stderr, "MISTAKE %s\n", mistake.c_str());

  std::size_t spam = 0, outcomes = 0, reasons = 0, missed = 0, flips = 0;
  for (const GoldenRow& row : set.rows) {
    const JudgedRow judged = judge(*engine, row);
    spam += row.spam ? 1 : 0;
    missed += row.missed ? 1 : 0;
    outcomes += !row.missed && judged.outcome_flips ? 1 : 0;
    reasons += !row.missed && judged.reason_flips ? 1 : 0;
    flips += judged.flips() ? 1 : 0;
    if (list)
      std::puts(to_text(list_line(judged)).c_str());
    else if (judged.flips())
      std::puts(flip_line(judged).c_str());
  }
  if (!list)
    std::printf(
        "golden: %zu rows (%zu spam, %zu ham), %zu of them known to be missed; %zu flips (%zu outcomes, %zu "
        "reasons), %zu mistakes; "
        "model %s, rules %s\n",
        set.rows.size(), spam, set.rows.size() - spam, missed, flips, outcomes, reasons, set.mistakes.size(),
        engine->model().id.c_str(), engine->rules_version().c_str());
  return set.mistakes.empty() && (list || flips == 0) ? 0 : 1;
}

}  // namespace
}  // namespace winnow::golden

int main(int argc, char** argv) {
  CLI::App app("Judges tests/golden/*.jsonl and prints every row that is not judged as it must be.",
               "golden_tests");
  bool list = false;
  std::string model = winnow::source_dir() + "/models/current";
  app.add_flag("--list", list,
               "Print a JSON line for each row instead: outcome, score, the first five signals");
  app.add_option("--model", model, "Model directory")->type_name("DIR")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  return winnow::golden::run(model, list);
}
