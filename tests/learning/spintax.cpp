#include "tests/learning/spintax.h"

#include <vector>

namespace winnow::learning_test {
namespace {

// The alternatives of the group that begins at `pos`, which is moved behind its end.
std::vector<std::string_view> alternatives(std::string_view spun, std::size_t& pos) {
  std::vector<std::string_view> found;
  std::size_t start = ++pos;
  for (int depth = 1; depth > 0 && pos < spun.size(); ++pos) {
    if (spun[pos] == '{') ++depth;
    if (spun[pos] == '}') --depth;
    if (depth == 0 || (depth == 1 && spun[pos] == '|')) {
      found.push_back(spun.substr(start, pos - start));
      start = pos + 1;
    }
  }
  return found;
}

}  // namespace

std::string spin(std::string_view spun, Choices& choices) {
  std::string text;
  for (std::size_t pos = 0; pos < spun.size();) {
    if (spun[pos] != '{') {
      text += spun[pos++];
      continue;
    }
    const std::vector<std::string_view> found = alternatives(spun, pos);
    text += spin(found[choices.below(found.size())], choices);
  }
  return text;
}

}  // namespace winnow::learning_test
