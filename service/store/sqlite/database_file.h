// A database as a file: copied while others write to it, and looked over. Neither changes it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "classifier/result.h"

namespace winnow::sqlite {

// A copy of this moment, without what was deleted, on disk when it returns; readable for its owner alone. Who
// writes to the database is not kept waiting. `to` must not be there. kUnavailable if it cannot be written,
// kCorrupt if the database is damaged.
Result<void> copy_database(const std::filesystem::path& database, const std::filesystem::path& to);

struct DatabaseState {
  int version = 0;  // of its form, see migrations.h
  int known = 0;    // the newest that this winnow knows
  std::uintmax_t bytes = 0;
  std::uintmax_t wal_bytes = 0;     // not yet written back into it
  std::vector<std::string> damage;  // what SQLite finds wrong; empty: nothing
};

// `thorough`: indices are compared with their tables, too, which takes several times as long. kNotFound if
// there is no such file, kCorrupt if it is no database of winnow's, kUnavailable if it cannot be read.
Result<DatabaseState> examine_database(const std::filesystem::path& database, bool thorough);

}  // namespace winnow::sqlite
