#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <unordered_set>
#include <vector>

#include "classifier/durable_file.h"
#include "classifier/engine.h"
#include "classifier/json.h"
#include "service/config.h"
#include "tools/report/report.h"
#include "tools/training/dataset.h"
#include "tools/training/figures.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/figures_text.h"
#include "tools/winnow/installation.h"
#include "tools/winnow/model_option.h"
#include "tools/winnow/progress.h"

namespace winnow::cli {
namespace {

void print_line(const std::string& name, const Json& f) {
  std::printf("%-16s %7ld %7ld %10s %10s %10s\n", name.c_str(), f["spam"].get<long>(), f["ham"].get<long>(),
              percent_text(f["recall"]).c_str(), percent_text(f["ham_blocked"]).c_str(),
              percent_text(f["recall_at_fpr"]["0.01"]).c_str());
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

// So that a slip of the hand does not replace a data set.
std::string check_report_name(const std::string& text) {
  const std::filesystem::path path(text);
  if (path.extension() != ".html") return "a report's name ends in .html";
  std::error_code failure;
  if (path.has_parent_path() && !std::filesystem::is_directory(path.parent_path(), failure))
    return "there is no directory " + path.parent_path().string();
  return "";
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
    CLI::Option* report =
        app.add_option("--report", report_, "Also write a report for people to this HTML file")
            ->type_name("FILE.html")
            ->check(check_report_name);
    app.add_flag("--report-text", report_text_,
                 "Quote the comments that were judged wrong in the report: they are the words of real people")
        ->needs(report);
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

    report::Evaluator evaluator(*engine, report_text_ ? Words::kKept : Words::kLeftOut);
    {
      Progress progress("judging", dataset->rows.size());
      for (const Row& row : dataset->rows) {
        evaluator.judge(row);
        progress.advance();
      }
    }
    report::Evaluation evaluation = evaluator.evaluation(dataset->files);
    evaluation.is_selection = !ids_.empty();
    if (Result<void> written = write_report(evaluation); !written) return written;
    print(evaluation);
    return {};
  }

 private:
  Result<void> write_report(const report::Evaluation& evaluation) const {
    if (report_.empty()) return {};
    const std::string made = "Made by winnow " + std::string(version()) + ", " + time_text(now()) + ".";
    return write_durably(report_, report::report_html(evaluation, made));
  }

  void print(const report::Evaluation& evaluation) const {
    Json out = figures(evaluation.judged);
    out["model"] = evaluation.model_id;
    if (json_) {
      std::cout << to_text(out) << '\n';
    } else {
      std::printf("%-16s %7s %7s %10s %10s %10s\n", "", "spam", "ham", "recall", "ham block", "rec at 1%");
      for (const auto& [name, f] : out["by"]["source"].items()) print_line(name, f);
      print_line("all", out);
      if (!report_.empty()) std::printf("\nreport: %s\n", report_.c_str());
    }
  }

  std::vector<std::string> data_;
  std::string ids_;
  ModelOption model_;
  std::string report_;
  bool report_text_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_evaluate() {
  return std::make_unique<EvaluateCommand>();
}

}  // namespace winnow::cli
