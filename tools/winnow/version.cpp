#include <iostream>

#include "classifier/json.h"
#include "service/config.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"

namespace winnow::cli {
namespace {

class VersionCommand final : public Command {
 public:
  void declare(CLI::App& app) override { app.add_flag("--json", json_, kJsonHelp); }

  Result<void> run(const GlobalOptions&) override {
    if (json_) {
      std::cout << to_text(Json{{"version", std::string(version())}}) << '\n';
    } else {
      std::cout << "winnow " << version() << '\n';
    }
    return {};
  }

 private:
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_version() {
  return std::make_unique<VersionCommand>();
}

}  // namespace winnow::cli
