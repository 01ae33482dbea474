// winnow backup, winnow restore
#include <ctime>
#include <iostream>

#include "classifier/json.h"
#include "service/backup.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/installation.h"

namespace winnow::cli {
namespace {

std::string mebibytes(std::uintmax_t bytes) {
  return std::to_string((bytes + (1 << 20) - 1) >> 20) + " MiB";
}

Json json_of(const Backup& backup) {
  return {{"made_at", iso_time(backup.made_at)},
          {"winnow", backup.winnow},
          {"model", backup.model},
          {"bytes", backup.bytes()}};
}

class BackupCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("directory", to_, "Directory that is made; it must not be there")
        ->required()
        ->type_name("DIR");
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<LoadedConfig> loaded = options.config();
    if (!loaded) return loaded.error();
    const Result<Backup> backup = back_up(loaded->config.data, loaded->config.model, to_, now());
    if (!backup) return backup.error();
    if (json_)
      std::cout << to_text(json_of(*backup)) << '\n';
    else
      std::cout << "wrote " << to_ << " (" << mebibytes(backup->bytes()) << "): database, secrets, model "
                << backup->model
                << "\nIt opens every door of this winnow: keep it where only you can read it.\n";
    return {};
  }

 private:
  std::string to_;
  bool json_ = false;
};

class RestoreCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("directory", from_, "What winnow backup made")->required()->type_name("DIR");
    app.add_flag("--replace", replace_, "Also where there is a database already; its files are set aside");
    app.add_flag("--check", check_, "Only look whether the backup is whole");
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override { return check_ ? look() : put_back(options); }

 private:
  Result<void> look() const {
    const Result<Backup> backup = verify_backup(from_);
    if (!backup) return backup.error();
    if (json_)
      std::cout << to_text(json_of(*backup)) << '\n';
    else
      std::cout << from_ << " is whole: of " << time_text(backup->made_at) << ", winnow " << backup->winnow
                << ", model " << backup->model << '\n';
    return {};
  }

  Result<void> put_back(const GlobalOptions& options) const {
    const Result<LoadedConfig> loaded = options.config();
    if (!loaded) return loaded.error();
    const Config& config = loaded->config;
    const Result<Restored> restored = restore(from_, config.data, config.model, replace_, now());
    if (!restored) return with_advice(restored.error());
    if (json_) {
      Json json = json_of(restored->backup);
      json["kept"] = restored->kept.empty() ? Json() : Json(restored->kept.string());
      json["model_added"] = restored->model_added;
      std::cout << to_text(json) << '\n';
      return {};
    }
    std::cout << config.data << " is as it was on " << time_text(restored->backup.made_at) << '\n';
    if (!restored->kept.empty()) std::cout << "what was there is in " << restored->kept.string() << '\n';
    if (restored->model_added)
      std::cout << "its model is on the shelf again; to use it: winnow model promote "
                << restored->backup.model << " --reason 'restored'\n";
    return {};
  }

  static Error with_advice(Error error) {
    if (error.kind != ErrorKind::kConflict) return error;
    if (error.message.find("holds a database") != std::string::npos)
      error.message += "; --replace sets it aside";
    else if (error.message.find("in use") != std::string::npos)
      error.message += "; stop winnowd first";
    return error;
  }

  std::string from_;
  bool replace_ = false;
  bool check_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_backup() {
  return std::make_unique<BackupCommand>();
}
std::unique_ptr<Command> make_restore() {
  return std::make_unique<RestoreCommand>();
}

}  // namespace winnow::cli
