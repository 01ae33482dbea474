// Command: one command of the CLI. To add one: a file tools/winnow/NAME.cpp with a class and a factory like
// version.cpp, the factory's declaration in commands.h, and its line in the table of main.cpp.
#pragma once

#include <memory>
#include <string>

#include "classifier/result.h"
#include "service/config.h"

namespace CLI {
class App;
}

namespace winnow::cli {

// The options that every command takes, before or behind its name.
struct GlobalOptions {
  std::string config_file;  // --config: a TOML file
  std::string data_dir;     // --data-dir: directory of database and secret

  // The settings in force: file, environment, then --data-dir. Fails as load_config does.
  Result<LoadedConfig> config() const;
};

// Thread rule: one thread. Life: made, declare(), then run() at most once; what declare() binds to members is
// filled when run() is called.
class Command {
 public:
  virtual ~Command() = default;

  // Declares the command's options, bound to members. `app` has its name, summary and example already.
  // Whatever can be told wrong from the words alone is a CLI11 check here: that ends with exit code 2.
  virtual void declare(CLI::App& app) = 0;

  // Does the work; the result goes to stdout. An Error becomes "winnow: message" on stderr and exit code 1.
  virtual Result<void> run(const GlobalOptions& options) = 0;
};

using CommandFactory = std::unique_ptr<Command> (*)();

}  // namespace winnow::cli
