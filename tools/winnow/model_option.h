// --model and --rules: which judge a command uses.
#pragma once

#include <string>

#include "classifier/engine.h"
#include "tools/winnow/command.h"

namespace winnow::cli {

class ModelOption {
 public:
  void declare(CLI::App& app);
  // The engine of --model and --rules, else of the settings in force.
  Result<Engine> load(const GlobalOptions& options) const;

 private:
  std::string model_;
  std::string rules_;
};

}  // namespace winnow::cli
