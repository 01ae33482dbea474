#include "service/backup.h"

#include <sys/stat.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <system_error>

#include "classifier/durable_file.h"
#include "classifier/json.h"
#include "classifier/model.h"
#include "service/config.h"
#include "service/data_lock.h"
#include "service/file_digest.h"
#include "service/model_shelf.h"
#include "service/store/sqlite/database_file.h"

namespace winnow {
namespace {

namespace fs = std::filesystem;

constexpr int kFormat = 1;
constexpr const char* kManifest = "manifest.json";
constexpr const char* kDatabase = "winnow.db";
constexpr const char* kModels = "model";
// Beside the database, in a data directory and in a backup. What winnow makes anew by itself is not kept.
constexpr const char* kSecret = "secret";
constexpr const char* kPseudonymKeys = "pseudonym.keys";  // not where addresses are kept clear or not at all

std::vector<fs::path> secrets_in(const fs::path& dir) {
  std::vector<fs::path> names = {kSecret};
  std::error_code failed;
  if (fs::exists(dir / kPseudonymKeys, failed)) names.emplace_back(kPseudonymKeys);
  return names;
}

Error cannot(const std::string& what, const fs::path& path, const std::error_code& why) {
  return {ErrorKind::kUnavailable, "cannot " + what + " " + path.string() + ": " + why.message(), ""};
}

Result<void> copy_durably(const fs::path& from, const fs::path& to) {
  std::error_code failed;
  fs::create_directories(to.parent_path(), failed);
  if (failed || !fs::copy_file(from, to, failed)) return cannot("copy " + from.string() + " to", to, failed);
  return sync_file(to);
}

// The files of a directory, without folders, by name.
Result<std::vector<fs::path>> files_in(const fs::path& dir) {
  std::error_code failed;
  std::vector<fs::path> files;
  fs::directory_iterator entries(dir, failed);
  for (const auto end = fs::directory_iterator(); !failed && entries != end; entries.increment(failed))
    if (entries->is_regular_file(failed)) files.push_back(entries->path());
  if (failed) return cannot("read", dir, failed);
  std::ranges::sort(files);
  return files;
}

Result<void> copy_model(const fs::path& from, const fs::path& to) {
  const Result<std::vector<fs::path>> files = files_in(from);
  if (!files) return files.error();
  for (const fs::path& file : *files)
    if (Result<void> copied = copy_durably(file, to / file.filename()); !copied) return copied;
  return sync_directory(to);
}

Json json_of(const Backup& backup) {
  Json files = Json::array();
  for (const BackupFile& file : backup.files)
    files.push_back({{"name", file.name}, {"bytes", file.bytes}, {"sha256", file.sha256}});
  return {{"format", kFormat},       {"made_at", backup.made_at}, {"winnow", backup.winnow},
          {"schema", backup.schema}, {"model", backup.model},     {"files", std::move(files)}};
}

// A name within the backup that leads nowhere else.
bool is_inside(const std::string& name) {
  const fs::path path(name);
  return !name.empty() && path.is_relative() && path == path.lexically_normal() && *path.begin() != "..";
}

std::optional<Backup> backup_of(const Json& json) {
  if (!json.is_object() || json.value("format", 0) != kFormat) return std::nullopt;
  Backup backup;
  backup.made_at = json.at("made_at").get<UnixMillis>();
  backup.winnow = json.at("winnow").get<std::string>();
  backup.schema = json.at("schema").get<int>();
  backup.model = json.at("model").get<std::string>();
  for (const Json& file : json.at("files")) {
    backup.files.push_back({file.at("name").get<std::string>(), file.at("bytes").get<std::uintmax_t>(),
                            file.at("sha256").get<std::string>()});
    if (!is_inside(backup.files.back().name)) return std::nullopt;
  }
  if (!is_inside(backup.model) || fs::path(backup.model).has_parent_path()) return std::nullopt;
  return backup;
}

Result<Backup> read_manifest(const fs::path& dir) {
  const fs::path file = dir / kManifest;
  const Result<std::string> text = read_file(file);
  if (!text) return Error{ErrorKind::kNotFound, dir.string() + " is no backup: it has no manifest.json", ""};
  const Error damaged{ErrorKind::kCorrupt, file.string() + " is damaged, or of another version", ""};
  const Result<Json> json = parse_json(*text);
  if (!json) return damaged;
  try {
    std::optional<Backup> backup = backup_of(*json);
    if (!backup) return damaged;
    return *std::move(backup);
  } catch (const Json::exception&) {
    return damaged;
  }
}

Result<void> gather(const fs::path& data_dir, const fs::path& model, const fs::path& to, Backup& backup) {
  if (Result<void> copied = sqlite::copy_database(data_dir / kDatabase, to / kDatabase); !copied)
    return copied;
  for (const fs::path& name : secrets_in(data_dir))
    if (Result<void> copied = copy_durably(data_dir / name, to / name); !copied) return copied;
  const Result<std::string> id = model_in_force(model);
  if (!id) return id.error();
  backup.model = *id;
  return copy_model(shelf_of(model) / *id, to / kModels / *id);
}

Result<void> list_files(const fs::path& dir, Backup& backup) {
  std::vector<fs::path> names = {kDatabase};
  for (fs::path& name : secrets_in(dir)) names.push_back(std::move(name));
  const Result<std::vector<fs::path>> of_model = files_in(dir / kModels / backup.model);
  if (!of_model) return of_model.error();
  for (const fs::path& file : *of_model) names.push_back(fs::path(kModels) / backup.model / file.filename());
  for (const fs::path& name : names) {
    Result<std::string> digest = sha256_of_file(dir / name);
    if (!digest) return digest.error();
    std::error_code failed;
    backup.files.push_back({name.string(), fs::file_size(dir / name, failed), *std::move(digest)});
  }
  return {};
}

Result<Backup> write_backup(const fs::path& data_dir, const fs::path& model, const fs::path& to,
                            UnixMillis now) {
  Backup backup;
  backup.made_at = now;
  backup.winnow = version();
  if (Result<void> gathered = gather(data_dir, model, to, backup); !gathered) return gathered.error();
  const Result<sqlite::DatabaseState> state = sqlite::examine_database(to / kDatabase, false);
  if (!state) return state.error();
  if (!state->damage.empty())
    return Error{ErrorKind::kCorrupt,
                 (data_dir / kDatabase).string() + " is damaged: " + state->damage.front(), ""};
  backup.schema = state->version;
  if (Result<void> listed = list_files(to, backup); !listed) return listed.error();
  if (Result<void> written = write_durably(to / kManifest, to_pretty_text(json_of(backup)) + "\n"); !written)
    return written.error();
  return backup;
}

// What is in a data directory of winnow's making, but for its lock.
Result<std::vector<fs::path>> present(const fs::path& data_dir) {
  Result<std::vector<fs::path>> files = files_in(data_dir);
  if (files) std::erase_if(*files, [](const fs::path& file) { return file.filename() == "lock"; });
  return files;
}

Result<fs::path> set_aside(const fs::path& data_dir, UnixMillis now) {
  const Result<std::vector<fs::path>> files = present(data_dir);
  if (!files) return files.error();
  if (files->empty()) return fs::path();
  const fs::path aside = data_dir / ("before-restore-" + std::to_string(now));
  std::error_code failed;
  fs::create_directory(aside, failed);
  if (failed) return cannot("make", aside, failed);
  for (const fs::path& file : *files) {
    fs::rename(file, aside / file.filename(), failed);
    if (failed) return cannot("move " + file.string() + " to", aside, failed);
  }
  if (Result<void> synced = sync_directory(aside); !synced) return synced.error();
  return aside;
}

// True if the backup's model was not on the shelf.
Result<bool> put_on_shelf(const fs::path& backup_dir, const Backup& backup, const fs::path& model) {
  const fs::path to = shelf_of(model) / backup.model;
  std::error_code failed;
  if (fs::exists(to, failed)) return false;
  const fs::path unfinished = to.string() + ".tmp";
  fs::remove_all(unfinished, failed);
  if (Result<void> copied = copy_model(backup_dir / kModels / backup.model, unfinished); !copied)
    return copied.error();
  fs::rename(unfinished, to, failed);
  if (failed) return cannot("make", to, failed);
  return true;
}

}  // namespace

std::uintmax_t Backup::bytes() const {
  std::uintmax_t sum = 0;
  for (const BackupFile& file : files) sum += file.bytes;
  return sum;
}

Result<Backup> back_up(const fs::path& data_dir, const fs::path& model, const fs::path& to, UnixMillis now) {
  std::error_code failed;
  if (fs::exists(to, failed))
    return Error{ErrorKind::kConflict, to.string() + " is there already; a backup is a new directory", ""};
  const fs::path unfinished = to.string() + ".tmp";
  fs::remove_all(unfinished, failed);
  const mode_t before = ::umask(S_IRWXG | S_IRWXO);  // it holds secrets and what people wrote
  fs::create_directories(unfinished, failed);
  Result<Backup> backup = failed ? Result<Backup>(cannot("make", unfinished, failed))
                                 : write_backup(data_dir, model, unfinished, now);
  ::umask(before);
  if (backup) {
    fs::rename(unfinished, to, failed);
    if (failed) backup = cannot("make", to, failed);
  }
  if (!backup) {
    std::error_code ignored;
    fs::remove_all(unfinished, ignored);
    return backup;
  }
  if (Result<void> synced = sync_directory(fs::absolute(to).parent_path()); !synced) return synced.error();
  return backup;
}

Result<Backup> verify_backup(const fs::path& dir) {
  Result<Backup> backup = read_manifest(dir);
  if (!backup) return backup;
  for (const BackupFile& file : backup->files) {
    const Result<std::string> digest = sha256_of_file(dir / file.name);
    if (!digest) return digest.error();
    if (*digest != file.sha256)
      return Error{ErrorKind::kCorrupt, (dir / file.name).string() + " is not what was backed up", ""};
  }
  const Result<sqlite::DatabaseState> state = sqlite::examine_database(dir / kDatabase, true);
  if (!state) return state.error();
  if (!state->damage.empty())
    return Error{ErrorKind::kCorrupt, (dir / kDatabase).string() + ": " + state->damage.front(), ""};
  if (state->version > state->known)
    return Error{ErrorKind::kConflict, "it was made by a newer winnow (" + backup->winnow + ")", ""};
  return backup;
}

Result<Restored> restore(const fs::path& backup_dir, const fs::path& data_dir, const fs::path& model,
                         bool replace, UnixMillis now) {
  Result<Backup> backup = verify_backup(backup_dir);
  if (!backup) return backup.error();
  std::error_code failed;
  if (fs::create_directories(data_dir, failed)) fs::permissions(data_dir, fs::perms::owner_all, failed);
  if (failed) return cannot("make", data_dir, failed);
  const Result<DataLock> lock = DataLock::alone(data_dir);
  if (!lock) return lock.error();
  if (!replace && fs::exists(data_dir / kDatabase, failed))
    return Error{ErrorKind::kConflict, data_dir.string() + " holds a database already", ""};
  Result<fs::path> kept = set_aside(data_dir, now);
  if (!kept) return kept.error();
  Restored restored{*std::move(backup), *std::move(kept)};
  // The database last: without it the directory is an empty one, not half of two.
  for (const fs::path& name : secrets_in(backup_dir))
    if (Result<void> copied = copy_durably(backup_dir / name, data_dir / name); !copied)
      return copied.error();
  if (Result<void> copied = copy_durably(backup_dir / kDatabase, data_dir / kDatabase); !copied)
    return copied.error();
  if (Result<void> synced = sync_directory(data_dir); !synced) return synced.error();
  const Result<bool> added = put_on_shelf(backup_dir, restored.backup, model);
  if (!added) return added.error();
  restored.model_added = *added;
  return restored;
}

}  // namespace winnow
