#include "tools/training/replay.h"

#include <charconv>
#include <cstdio>
#include <iostream>
#include <optional>

#include "classifier/durable_file.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/model_option.h"
#include "tools/winnow/progress.h"

namespace winnow::cli {
namespace {

constexpr std::string_view kDelay = "delay=";
constexpr std::size_t kMostDelay = 1000000;

// N of "delay=N"; none if it is no such text.
std::optional<std::size_t> delay_of(std::string_view text) {
  if (!text.starts_with(kDelay)) return std::nullopt;
  text.remove_prefix(kDelay.size());
  std::size_t delay = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), delay);
  if (failed != std::errc() || end != text.data() + text.size() || delay > kMostDelay) return std::nullopt;
  return delay;
}

std::string check_feedback(const std::string& text) {
  if (text == "immediate" || text == "errors" || delay_of(text)) return "";
  return "feedback is immediate, errors or delay=N";
}

std::string percent(const Json& share) {
  if (share.is_null()) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.2f %%", 100 * share.get<double>());
  return text;
}

class ReplayCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("--data", data_, "JSONL file of labelled comments in the order of time")
        ->required()
        ->type_name("FILE")
        ->check(CLI::ExistingFile);
    app.add_flag("--from-scratch", from_scratch_, "Learn from nothing: no model, no rules, only the memory");
    app.add_option("--feedback", feedback_,
                   "When a label is taught: immediate; errors (only those of comments judged wrongly); "
                   "delay=N (N comments later)")
        ->capture_default_str()
        ->check(check_feedback);
    app.add_option("--threshold", options_.threshold, "Score from which a comment is called spam")
        ->capture_default_str()
        ->check(CLI::Range(0.0, 1.0));
    app.add_option("--curve", curve_, "Also write each row's score and the errors so far to this CSV file")
        ->type_name("FILE.csv");
    model_.declare(app);
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    std::optional<Engine> engine;
    if (!from_scratch_) {
      Result<Engine> loaded = model_.load(options);
      if (!loaded) return loaded.error();
      engine.emplace(*std::move(loaded));
      options_.engine = &*engine;
    }
    options_.errors_only = feedback_ == "errors";
    options_.delay = delay_of(feedback_).value_or(0);
    const Result<Dataset> dataset = read_dataset({data_});
    if (!dataset) return dataset.error();
    if (dataset->rows.empty()) return Error{ErrorKind::kInvalid, "there are no rows to replay", ""};

    std::vector<Judged> judged;
    {
      Progress progress("replaying", dataset->rows.size());
      judged = replay(dataset->rows, options_, [&](std::size_t done) { progress.set(done); });
    }
    if (!curve_.empty()) {
      if (Result<void> written = write_durably(curve_, replay_curve(judged)); !written) return written;
    }
    print(replay_figures(judged));
    return {};
  }

 private:
  void print(Json figures) const {
    if (json_) {
      figures["model"] = options_.engine ? Json(options_.engine->model().id) : Json();
      figures["feedback"] = feedback_;
      figures["threshold"] = options_.threshold;
      std::cout << to_text(figures) << '\n';
      return;
    }
    std::printf("%ld comments, %ld of them spam; called spam from %.2f on\n", figures["n"].get<long>(),
                figures["spam"].get<long>(), options_.threshold);
    const Json& area = figures["one_minus_roca_percent"];
    std::printf("1-ROCA        %s\n", area.is_null() ? "-" : percent(area.get<double>() / 100).c_str());
    std::printf("recall        %s\nham blocked   %s\n", percent(figures["recall"]).c_str(),
                percent(figures["ham_blocked"]).c_str());
    for (const char* count : {"50", "100", "200", "500", "1000"})
      std::printf("error of the first %-5s %s\n", count, percent(figures["error"][count]).c_str());
    std::printf("error of the last 1000  %s\nerror of all            %s\n",
                percent(figures["error"]["last_1000"]).c_str(), percent(figures["error"]["all"]).c_str());
  }

  std::string data_;
  bool from_scratch_ = false;
  std::string feedback_ = "immediate";
  std::string curve_;
  ReplayOptions options_;
  ModelOption model_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_replay() {
  return std::make_unique<ReplayCommand>();
}

}  // namespace winnow::cli
