// winnow doctor
#include <algorithm>
#include <iostream>

#include "classifier/json.h"
#include "tools/winnow/checkup.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"

namespace winnow::cli {
namespace {

using State = Finding::State;

const char* word_of(State state) {
  constexpr const char* kWords[] = {"ok", "warning", "BAD"};
  return kWords[static_cast<std::size_t>(state)];
}

// Ends with 1 if anything is bad, so that a script may ask.
class DoctorCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_flag("--thorough", thorough_, "Compare all of the database with its indices, which takes longer");
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<LoadedConfig> loaded = options.config();
    if (!loaded) return loaded.error();
    const std::vector<Finding> findings = check_up(loaded->config, thorough_);
    json_ ? print_json(findings) : print_text(findings);
    const auto bad = std::ranges::count(findings, State::kBad, &Finding::state);
    if (bad == 0) return {};
    return Error{ErrorKind::kCorrupt, std::to_string(bad) + (bad == 1 ? " thing is" : " things are") + " bad",
                 ""};
  }

 private:
  static void print_text(const std::vector<Finding>& findings) {
    for (const Finding& finding : findings) {
      std::cout << word_of(finding.state) << ": " << finding.what << ": " << finding.found << '\n';
      if (!finding.advice.empty()) std::cout << "    -> " << finding.advice << '\n';
    }
  }

  static void print_json(const std::vector<Finding>& findings) {
    Json array = Json::array();
    for (const Finding& finding : findings)
      array.push_back({{"state", finding.state == State::kBad ? "bad" : word_of(finding.state)},
                       {"what", finding.what},
                       {"found", finding.found},
                       {"advice", finding.advice}});
    std::cout << to_pretty_text(array) << '\n';
  }

  bool thorough_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_doctor() {
  return std::make_unique<DoctorCommand>();
}

}  // namespace winnow::cli
