// An installation whose model lies on a shelf, beside another one.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "classifier/json.h"
#include "tests/api/winnowd_process.h"

namespace winnow::api_test {

// The installation's model on a shelf as model-a, a second one, and a link to the first.
class ShelfInstallation : public Installation {
 public:
  ShelfInstallation() {
    std::filesystem::create_directory(shelf());
    put("model-a");
    put("model-b");
    std::filesystem::create_directory_symlink("model-a", link());
  }

  std::filesystem::path shelf() const { return data().parent_path() / "shelf"; }
  std::filesystem::path link() const { return shelf() / "current"; }

  // The installation's model once more, under this name. `prior`: what every comment starts with.
  void put(const std::string& id, double prior = -2) const {
    Json manifest = *parse_json(read_text(model() / "manifest.json"));
    manifest["id"] = id;
    manifest["weights"]["prior"] = prior;
    std::filesystem::copy(model(), shelf() / id);
    write_file(shelf() / id / "manifest.json", to_text(manifest));
  }

  // `winnow WORDS`, `winnow model WORDS`.
  Ended command(const std::vector<std::string>& words) const {
    std::vector<std::string> all = {"--config", config(), "--data-dir", data()};
    all.insert(all.end(), words.begin(), words.end());
    return run_program(WINNOW_CLI, all);
  }
  Ended model_command(std::vector<std::string> words) const {
    words.insert(words.begin(), "model");
    return command(words);
  }

 private:
  std::string config() const {
    const std::filesystem::path file = data().parent_path() / "winnow.toml";
    write_file(file, "model = \"" + link().string() + "\"\nrules = \"" + rules().string() + "\"\n");
    return file;
  }
};

}  // namespace winnow::api_test
