#include "tools/winnow/command.h"

namespace winnow::cli {

Result<LoadedConfig> GlobalOptions::config() const {
  std::map<std::string, std::string> flags;
  if (!data_dir.empty()) flags["data"] = data_dir;
  return load_config(config_file, process_environment(), flags);
}

}  // namespace winnow::cli
