// The golden set: comments that trap a filter, each with the outcome and the reason that it must get. How a
// row is written is in tests/golden/README.md.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/comment.h"

namespace winnow::golden {

inline constexpr std::size_t kFewestRows = 300;

struct GoldenRow {
  std::string id;
  std::string trap;  // what is deceptive about it, for a person
  bool spam = false;
  std::vector<std::string> reasons;  // ids of signals; any of them will do
  Comment comment;
  bool missed = false;  // judged wrongly so far, and known to be
};

struct GoldenSet {
  std::vector<GoldenRow> rows;
  // What is wrong with the files, one sentence each, with the file and line or the row's id. Rows that cannot
  // be read are here alone.
  std::vector<std::string> mistakes;
};

// Every *.jsonl of `dir`, in name order. A mistake is: a line that is no row, a member that a row or a
// comment does not have (it would be passed over in silence), an id that is taken, a reason that no signal
// has, fewer than kFewestRows rows that are not missed, and a text that a row of `seed_dir`/*.jsonl has, too:
// what trains must not test. Texts of 20 bytes or more are the same up to markup, case and disguise; shorter
// ones ("Thanks!") if they are equal.
GoldenSet read_golden_set(const std::filesystem::path& dir, const std::filesystem::path& seed_dir);

// The rows of tests/golden as they were when this program was built, and its first two kinds of mistakes.
GoldenSet built_in_golden_set();

}  // namespace winnow::golden
