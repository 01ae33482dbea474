// What is in the files of a directory, byte by byte.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace winnow::test {

// The files that hold `word`, in any case of its letters, each behind a blank.
inline std::string files_with(const std::filesystem::path& directory, std::string_view word) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  std::string wanted(word);
  for (char& c : wanted) c = lower(c);
  std::string found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    for (char& c : bytes) c = lower(c);
    if (bytes.find(wanted) != std::string::npos) found += " " + entry.path().filename().string();
  }
  return found;
}

}  // namespace winnow::test
