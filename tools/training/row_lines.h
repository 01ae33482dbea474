// The lines of a JSONL file that hold a row.
#pragma once

#include <algorithm>
#include <string_view>

namespace winnow {

// Calls visit(line, number) for each line of `text` that is not blank, in order; numbers count from 1 and
// blank lines are counted. Ends early if visit() returns false.
template <typename Visit>
void for_each_row_line(std::string_view text, Visit visit) {
  int number = 0;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    const std::string_view line = text.substr(start, end - start);
    start = end + 1;
    ++number;
    if (line.find_first_not_of(" \t\r") != std::string_view::npos && !visit(line, number)) return;
  }
}

}  // namespace winnow
