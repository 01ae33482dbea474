// Reads comments from a text instead of a file.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "tools/import/formats.h"

namespace winnow::test {

struct Reading {
  std::vector<ImportedComment> comments;
  std::string failure;  // empty if it was read to its end
};

inline Input input_of(std::string text) {
  return {std::make_unique<std::istringstream>(std::move(text)), "file"};
}

// `format`: its name.
inline Reading read(std::string_view format, const std::string& text, const ImportOptions& options = {}) {
  Input input = input_of(text);
  Reading reading;
  const Result<void> read =
      find_import_format(format)->read(input, options, [&](ImportedComment comment) -> Result<void> {
        reading.comments.push_back(std::move(comment));
        return {};
      });
  if (!read) reading.failure = read.error().message;
  return reading;
}

}  // namespace winnow::test
