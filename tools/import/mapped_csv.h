// MappedCsv: separated values of any kind, with a map that says which column holds what.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tools/import/csv.h"
#include "tools/import/imported_comment.h"
#include "tools/import/input.h"

namespace winnow {

struct ColumnMap {
  // Field -> column. Fields are those of Comment (classifier/comment_json.h) and label, id, date; columns are
  // names of the header or, counted from 1, numbers. Empty: each field is in the column of its own name.
  std::map<std::string, std::string> columns;
  std::vector<std::string> spam_values = {"spam"};  // of the label's column
  std::vector<std::string> ham_values = {"ham"};
};

// "content=body,author=name" -> {content: body, author: name}. kInvalid for another form, a field that there
// is not and one that is named twice.
Result<std::map<std::string, std::string>> parse_columns(const std::string& text);

// The first line is the header, unless the map has numbers alone. A label that is neither spam nor ham waits
// if it is empty and is skipped otherwise. Fails as CsvReader does, and with kInvalid where a column does not
// exist, or the map has no content or label.
Result<void> read_mapped_csv(Input& input, const CsvDialect& dialect, const ColumnMap& map,
                             const VisitComment& visit);

}  // namespace winnow
