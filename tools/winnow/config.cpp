#include <iostream>

#include "classifier/json.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/table.h"

namespace winnow::cli {
namespace {

class ConfigCommand final : public Command {
 public:
  void declare(CLI::App& app) override { app.add_flag("--json", json_, kJsonHelp); }

  Result<void> run(const GlobalOptions& options) override {
    const Result<LoadedConfig> loaded = options.config();
    if (!loaded) return loaded.error();
    if (json_) {
      Json array = Json::array();
      for (const ConfigValue& value : loaded->values) {
        array.push_back({{"name", value.name}, {"value", value.value}, {"source", value.source}});
      }
      std::cout << to_pretty_text(array) << '\n';
      return {};
    }
    std::vector<TableRow> rows;
    for (const ConfigValue& value : loaded->values) rows.push_back({value.name, value.value, value.source});
    print_table(std::cout, {"SETTING", "VALUE", "FROM"}, rows);
    return {};
  }

 private:
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_config() {
  return std::make_unique<ConfigCommand>();
}

}  // namespace winnow::cli
