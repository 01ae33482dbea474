// HTML from text. Whatever comes from a data set, a model or a rule goes through escaped() before it is on a
// page.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow::report {

// Any bytes as HTML that is nothing but text, in an element or between quotes of an attribute: & < > " '
// become references; what is no UTF-8 and control characters other than tab and line ends become U+FFFD.
std::string escaped(std::string_view text);

// The same, cut to about `most_bytes` with an ellipsis, inside <bdi>: its letters cannot turn its neighbours
// round.
std::string foreign(std::string_view text, std::size_t most_bytes = 120);

struct Column {
  std::string_view head;
  bool is_number = true;  // numbers stand to the right
};

// A table that scrolls sideways where the screen is narrow. Cells are HTML; a row's first cell is its header.
class Table {
 public:
  // `caption` names it for people and screen readers. `kind`: class names for the style sheet.
  Table(std::string_view caption, std::vector<Column> columns, std::string_view kind = "");
  void add(const std::vector<std::string>& cells, std::string_view kind = "");
  std::string html() const;

 private:
  std::string caption_;
  std::vector<Column> columns_;
  std::string kind_;
  std::string rows_;
};

}  // namespace winnow::report
