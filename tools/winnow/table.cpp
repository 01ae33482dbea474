#include "tools/winnow/table.h"

#include <algorithm>

namespace winnow::cli {
namespace {

std::size_t width_of(const std::string& cell) {
  const auto is_start = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
  return static_cast<std::size_t>(std::ranges::count_if(cell, is_start));
}

void print_row(std::ostream& out, const TableRow& row, const std::vector<std::size_t>& widths) {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) line += "  ";
    line += row[i];
    if (i + 1 < row.size()) line.append(widths[i] - width_of(row[i]), ' ');
  }
  line.erase(line.find_last_not_of(' ') + 1);
  out << line << '\n';
}

}  // namespace

void print_table(std::ostream& out, const TableRow& head, const std::vector<TableRow>& rows) {
  std::vector<std::size_t> widths;
  for (const std::string& cell : head) widths.push_back(width_of(cell));
  for (const TableRow& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  print_row(out, head, widths);
  for (const TableRow& row : rows) print_row(out, row, widths);
}

}  // namespace winnow::cli
