// A table for people: columns aligned, two blanks between them.
#pragma once

#include <ostream>
#include <string>
#include <vector>

namespace winnow::cli {

using TableRow = std::vector<std::string>;

// Every row has as many cells as `head`. Widths are counted in characters of UTF-8 text.
void print_table(std::ostream& out, const TableRow& head, const std::vector<TableRow>& rows);

}  // namespace winnow::cli
