// Migrations: the numbered changes of the database's form, from an empty file to this version of winnow.
// To add one: a file migrations/NNNN_name.sql with the next number; it is embedded at build. Never change an
// old one.
#pragma once

#include <filesystem>
#include <string_view>
#include <vector>

#include "classifier/result.h"

namespace winnow::sqlite {

struct Migration {
  int number = 0;  // the database's user_version once it has run
  std::string_view sql;
};

// All of them, numbered 1, 2, 3, ...
const std::vector<Migration>& migrations();

class Connection;

// Of an open database; kCorrupt if it is not one of winnow's.
Result<int> version_of(Connection& connection);

// Brings the file `database`, which exists and may be empty, to the last of `wanted`, all in one transaction,
// and into WAL mode. A database that holds data of an older version is first copied to DATABASE.before-N, N
// being the last number. Fails with kConflict if the file is of a later version, kCorrupt if it is not a
// database of winnow's.
Result<void> migrate(const std::filesystem::path& database,
                     const std::vector<Migration>& wanted = migrations());

}  // namespace winnow::sqlite
