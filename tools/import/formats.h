// The formats that comments can be imported from; to add one: a file with its reader, and its line here.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "tools/import/imported_comment.h"
#include "tools/import/input.h"
#include "tools/import/mapped_csv.h"

namespace winnow {

struct ImportOptions {
  ColumnMap map;  // of csv
  std::optional<bool>
      backslash;  // of csv and wordpress-csv: whether there are backslash escapes; none: guessed
};

struct ImportFormat {
  std::string_view name;  // "wxr", "disqus", "wordpress-csv", "csv", "jsonl"
  Result<void> (*read)(Input& input, const ImportOptions& options, const VisitComment& visit);
};

std::span<const ImportFormat> import_formats();
// None if there is no format with this name.
const ImportFormat* find_import_format(std::string_view name);

// Told by the first bytes. kInvalid if they are those of no format.
Result<const ImportFormat*> guess_import_format(Input& input, const ImportOptions& options);

}  // namespace winnow
