#include "classifier/memory/sketch.h"

#include <algorithm>

#include "classifier/fingerprint.h"
#include "classifier/vocabulary.h"
#include "classifier/word_table.h"

namespace winnow {
namespace {

bool is_function_word(std::string_view word) {
  struct Listed {};
  static const WordTable<Listed> words = [] {
    WordTable<Listed> all;
    for_each_function_word([&](std::string_view, std::string_view each) { all[each]; });
    return all;
  }();
  return words.contains(word);
}

bool is_content(std::string_view word) {
  return word.size() > 1 && word.find_first_of("0123456789") == std::string_view::npos &&
         !is_function_word(word);
}

}  // namespace

Sketch sketch_of(std::string_view line) {
  Sketch sketch;
  for (std::size_t start = 0; start < line.size();) {
    const std::size_t end = std::min(line.find(' ', start), line.size());
    const std::string_view word = line.substr(start, end - start);
    if (is_content(word)) sketch.units.push_back(static_cast<std::uint32_t>(word_hash(word)));
    start = end + 1;
  }
  std::sort(sketch.units.begin(), sketch.units.end());
  sketch.units.erase(std::unique(sketch.units.begin(), sketch.units.end()), sketch.units.end());
  sketch.words = static_cast<int>(sketch.units.size());
  if (sketch.units.size() > Sketch::kUnits) sketch.units.resize(Sketch::kUnits);
  return sketch;
}

double likeness(const Sketch& one, const Sketch& other) {
  std::size_t in_both = 0, in_either = 0;
  for (std::size_t i = 0, j = 0;
       in_either < Sketch::kUnits && (i < one.units.size() || j < other.units.size()); ++in_either) {
    if (j == other.units.size() || (i < one.units.size() && one.units[i] < other.units[j])) {
      ++i;
    } else if (i == one.units.size() || other.units[j] < one.units[i]) {
      ++j;
    } else {
      ++in_both, ++i, ++j;
    }
  }
  return in_either == 0 ? 0 : static_cast<double>(in_both) / static_cast<double>(in_either);
}

}  // namespace winnow
