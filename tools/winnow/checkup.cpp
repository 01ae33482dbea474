#include "tools/winnow/checkup.h"

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "classifier/engine.h"
#include "classifier/model.h"
#include "service/data_lock.h"
#include "service/model_shelf.h"
#include "service/promotion.h"
#include "service/store/sqlite/database_file.h"

namespace winnow::cli {
namespace {

namespace fs = std::filesystem;
using State = Finding::State;

constexpr std::uintmax_t kMebibyte = 1 << 20;
constexpr std::uintmax_t kLittleSpace = 512 * kMebibyte;
constexpr std::uintmax_t kNoSpace = 64 * kMebibyte;
constexpr std::uintmax_t kMuchWal =
    256 * kMebibyte;  // SQLite writes it back at some 4 MiB if nothing hinders
constexpr std::size_t kSecretBytes = 32;

std::string size_text(std::uintmax_t bytes) {
  return std::to_string(bytes / kMebibyte) + " MiB";
}

Finding directory(const fs::path& data) {
  struct stat status {};
  if (::stat(data.c_str(), &status) != 0 || !S_ISDIR(status.st_mode))
    return {State::kBad, "data directory", data.string() + " is not there",
            "start winnowd once, or set WINNOW_DATA or --data-dir to where it is"};
  if (::access(data.c_str(), R_OK | W_OK | X_OK) != 0)
    return {State::kBad, "data directory", data.string() + " cannot be written by this user",
            "run winnow and winnowd as the user who owns it"};
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return {State::kWarning, "data directory", data.string() + " can be entered by other users",
            "chmod 700 " + data.string()};
  return {State::kGood, "data directory", data.string(), ""};
}

Finding service(const fs::path& data) {
  const Result<DataLock> lock = DataLock::alone(data);
  const bool runs = !lock && lock.error().kind == ErrorKind::kConflict;
  return {State::kGood, "winnowd", runs ? "a winnowd serves from here" : "no winnowd serves from here", ""};
}

Finding space(const fs::path& data, std::uintmax_t needed) {
  std::error_code failed;
  const fs::space_info info = fs::space(data, failed);
  if (failed) return {State::kWarning, "disk", "free space cannot be read: " + failed.message(), ""};
  const std::string found = size_text(info.available) + " free";
  if (info.available < kNoSpace)
    return {State::kBad, "disk", found + ": verdicts and reports will soon not be stored",
            "make room, or move the data directory"};
  if (info.available < std::max(kLittleSpace, needed))
    return {State::kWarning, "disk", found + ", less than an upgrade of the database may need", "make room"};
  return {State::kGood, "disk", found, ""};
}

Finding secret(const fs::path& data) {
  const fs::path file = data / "secret";
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0)
    return {State::kBad, "secret", file.string() + " is not there: no key that was made is good without it",
            "restore it from a backup; winnowd makes a new one where there is none"};
  if (status.st_size != static_cast<off_t>(kSecretBytes))
    return {State::kBad, "secret", file.string() + " is damaged: it is not 32 bytes long",
            "restore it from a backup"};
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0)
    return {State::kWarning, "secret", file.string() + " can be read by other users",
            "chmod 600 " + file.string()};
  return {State::kGood, "secret", "32 bytes, for its owner alone", ""};
}

std::string form_text(const sqlite::DatabaseState& state) {
  return "form " + std::to_string(state.version) + " of " + std::to_string(state.known) + ", " +
         size_text(state.bytes);
}

Finding database(const Result<sqlite::DatabaseState>& state) {
  if (!state)
    return {State::kBad, "database", state.error().message,
            state.error().kind == ErrorKind::kNotFound ? "start winnowd once, or restore a backup"
                                                       : "stop winnowd and restore a backup: winnow restore"};
  if (!state->damage.empty())
    return {State::kBad, "database", "damaged: " + state->damage.front(),
            "stop winnowd, keep a copy of the files, and restore a backup: winnow restore"};
  if (state->version > state->known)
    return {State::kBad, "database", form_text(*state) + ": a newer winnow made it",
            "install that version again, or restore a backup from before the upgrade"};
  if (state->version < state->known)
    return {State::kWarning, "database", form_text(*state) + ": an older winnow made it",
            "nothing: the next start copies it, then brings it forward"};
  if (state->wal_bytes > kMuchWal)
    return {State::kWarning, "database",
            form_text(*state) + ", and " + size_text(state->wal_bytes) + " not yet written back",
            "look for a program that has the database open for very long"};
  return {State::kGood, "database", form_text(*state) + ", whole", ""};
}

Finding model(const Config& config) {
  const Result<std::string> id = model_in_force(config.model);
  if (!id) return {State::kBad, "model", id.error().message, "set WINNOW_MODEL, or see: winnow model list"};
  const Result<Model> loaded = Model::load(config.model);
  if (!loaded)
    return {State::kBad, "model", loaded.error().message,
            "winnow model rollback, or promote another: winnow model list"};
  return {State::kGood, "model", loaded->id + ", every file as its manifest says", ""};
}

Finding rules(const Config& config) {
  if (config.rules.empty()) return {State::kGood, "operator's rules", "none", ""};
  const Result<OperatorRules> loaded = OperatorRules::load(config.rules);
  if (!loaded)
    return {State::kBad, "operator's rules", loaded.error().message,
            "mend the file; a running winnowd goes on with the rules that it has"};
  return {State::kGood, "operator's rules", config.rules, ""};
}

Finding promotions_log(const Config& config) {
  const Result<std::vector<Promotion>> log = promotions(config.model);
  if (!log)
    return {State::kWarning, "promotions", log.error().message,
            "mend the line, or winnow model rollback cannot tell what was before"};
  return {State::kGood, "promotions", std::to_string(log->size()) + " written down", ""};
}

}  // namespace

std::vector<Finding> check_up(const Config& config, bool thorough) {
  const fs::path data = config.data;
  std::vector<Finding> findings = {directory(data)};
  if (findings.front().state != State::kBad) {
    const auto state = sqlite::examine_database(data / "winnow.db", thorough);
    findings.push_back(service(data));
    findings.push_back(space(data, state ? 2 * state->bytes : 0));
    findings.push_back(secret(data));
    findings.push_back(database(state));
  }
  findings.push_back(model(config));
  findings.push_back(rules(config));
  findings.push_back(promotions_log(config));
  return findings;
}

}  // namespace winnow::cli
