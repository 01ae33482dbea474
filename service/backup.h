// Use case: a backup of an installation, taken while it serves, and putting it back.
//
// A backup is a directory: winnow.db, the secrets without which its keys are good for nothing, the model that
// was in force (model/ID/), and manifest.json
//   {"format": 1, "made_at": milliseconds since 1970, "winnow": version, "schema": version of the database,
//    "model": ID, "files": [{"name", "bytes", "sha256"}]}
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "classifier/result.h"
#include "service/store/store.h"

namespace winnow {

struct BackupFile {
  std::string name;  // within the backup
  std::uintmax_t bytes = 0;
  std::string sha256;
};

struct Backup {
  UnixMillis made_at = 0;
  std::string winnow;  // version() that made it
  int schema = 0;
  std::string model;
  std::vector<BackupFile> files;

  std::uintmax_t bytes() const;
};

// Writes the backup to `to`, which must not be there; it appears whole, and on disk, or not at all. Who
// writes to the database meanwhile is not kept waiting. `model`: the setting. kConflict if `to` is there,
// kUnavailable if something cannot be read or written; the message names it.
Result<Backup> back_up(const std::filesystem::path& data_dir, const std::filesystem::path& model,
                       const std::filesystem::path& to, UnixMillis now);

// Reads the manifest and compares every file with it, and has SQLite look over the database. kCorrupt if
// something differs, kConflict if a newer winnow made it.
Result<Backup> verify_backup(const std::filesystem::path& backup);

struct Restored {
  Backup backup;
  std::filesystem::path kept;  // where the files went that were there before; empty if there were none
  bool model_added = false;    // its model was not on the shelf, and is now
};

// Puts a verified backup in place of what is in `data_dir`, whose files are moved into a directory beside
// them, not deleted. The model in force stays; the backup's is put on the shelf. kConflict if a process
// serves from `data_dir`, or if it holds a database and `replace` is false.
Result<Restored> restore(const std::filesystem::path& backup, const std::filesystem::path& data_dir,
                         const std::filesystem::path& model, bool replace, UnixMillis now);

}  // namespace winnow
