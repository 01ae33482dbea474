#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "classifier/engine.h"
#include "classifier/json.h"
#include "tools/training/dataset.h"
#include "tools/training/figures.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/model_option.h"
#include "tools/winnow/progress.h"

namespace winnow::cli {
namespace {

std::string percent(const Json& share) {
  if (share.is_null()) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.2f %%", 100 * share.get<double>());
  return text;
}

void print_line(const std::string& name, const Json& f) {
  std::printf("%-16s %7ld %7ld %10s %10s %10s\n", name.c_str(), f["spam"].get<long>(), f["ham"].get<long>(),
              percent(f["recall"]).c_str(), percent(f["ham_blocked"]).c_str(),
              percent(f["recall_at_fpr"]["0.01"]).c_str());
}

// First blank-delimited word of each line.
Result<std::unordered_set<std::string>> read_ids(const std::string& file) {
  std::unordered_set<std::string> ids;
  if (file.empty()) return ids;
  std::ifstream in(file);
  std::string line;
  while (std::getline(in, line)) ids.insert(line.substr(0, line.find_first_of(" \t\r")));
  ids.erase("");
  if (ids.empty()) return Error{ErrorKind::kInvalid, file + ": it names no ids", ""};
  return ids;
}

class EvaluateCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("--data", data_, "JSONL files of labelled comments")
        ->required()
        ->type_name("FILE")
        ->check(CLI::ExistingFile);
    app.add_option("--ids", ids_, "Only rows whose id stands in this file, one a line")
        ->type_name("FILE")
        ->check(CLI::ExistingFile);
    model_.declare(app);
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Engine> engine = model_.load(options);
    if (!engine) return engine.error();
    const Result<std::unordered_set<std::string>> ids = read_ids(ids_);
    if (!ids) return ids.error();
    const Result<Dataset> dataset = read_dataset({data_.begin(), data_.end()}, *ids);
    if (!dataset) return dataset.error();
    if (dataset->rows.empty()) return Error{ErrorKind::kInvalid, "there are no rows to evaluate", ""};

    std::vector<Judged> judged;
    {
      Progress progress("judging", dataset->rows.size());
      for (const Row& row : dataset->rows) {
        const Verdict verdict = engine->judge(row.comment, NoHistory());
        judged.push_back({row.source, row.lang, row.spam, verdict.is_spam(), verdict.score});
        progress.advance();
      }
    }
    Json out = figures(judged);
    out["model"] = engine->model().id;
    if (json_) {
      std::cout << to_text(out) << '\n';
    } else {
      std::printf("%-16s %7s %7s %10s %10s %10s\n", "", "spam", "ham", "recall", "ham block", "rec at 1%");
      for (const auto& [name, f] : out["by"]["source"].items()) print_line(name, f);
      print_line("all", out);
    }
    return {};
  }

 private:
  std::vector<std::string> data_;
  std::string ids_;
  ModelOption model_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_evaluate() {
  return std::make_unique<EvaluateCommand>();
}

}  // namespace winnow::cli
