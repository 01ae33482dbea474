// What an import found, for people and for programs.
#pragma once

#include <cstdint>
#include <map>
#include <ostream>
#include <string>
#include <string_view>

#include "classifier/json.h"

namespace winnow::cli {

struct ImportCounts {
  std::uint64_t spam = 0;
  std::uint64_t ham = 0;
  std::uint64_t known = 0;  // of the spam and ham: imported before
  std::uint64_t waiting = 0;
  std::map<std::string_view, std::uint64_t> skipped;  // by why

  std::uint64_t added() const { return spam + ham - known; }
};

void print_counts(std::ostream& out, const ImportCounts& counts);
// {spam, ham, already_there, added, waiting, skipped: {why: n}}
Json counts_json(const ImportCounts& counts);

}  // namespace winnow::cli
