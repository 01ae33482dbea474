#include "classifier/rules/gibberish.h"

#include <algorithm>

namespace winnow {

bool is_gibberish(std::string_view word) {
  if (word.size() < 7 || word.size() > 40) return false;
  int run = 0, longest = 0, vowels = 0;
  for (const char c : word) {
    if (c < 'a' || c > 'z') return false;
    const bool vowel = std::string_view("aeiouy").find(c) != std::string_view::npos;
    vowels += vowel;
    run = vowel ? 0 : run + 1;
    longest = std::max(longest, run);
  }
  return longest >= 6 || vowels == 0;
}

}  // namespace winnow
