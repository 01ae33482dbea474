#include "tools/winnow/model_option.h"

#include "tools/winnow/cli.h"

namespace winnow::cli {

void ModelOption::declare(CLI::App& app) {
  app.add_option("--model", model_, "Model directory (else the setting \"model\")")->type_name("DIR");
  app.add_option("--rules", rules_, "Directory of operator rules (else the setting \"rules\")")
      ->type_name("DIR");
}

Result<Engine> ModelOption::load(const GlobalOptions& options) const {
  const Result<LoadedConfig> config = options.config();
  if (!config) return config.error();
  return Engine::load(model_.empty() ? config->config.model : model_,
                      rules_.empty() ? config->config.rules : rules_);
}

}  // namespace winnow::cli
