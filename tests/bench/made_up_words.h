// Words for made-up comments of benchmarks: pronounceable, nobody's, and drawn as often as words are.
#pragma once

#include <cmath>
#include <cstddef>
#include <random>
#include <string>

namespace winnow {

using Random = std::mt19937_64;

// The n-th made-up word: syllables, the common ones short.
inline std::string word(std::size_t n) {
  static constexpr const char* kSyllables[] = {"ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no",
                                               "pu", "ra", "se", "ti", "vo", "zu", "an", "el", "or"};
  std::string text;
  do text += kSyllables[n % 18];
  while ((n /= 18) > 0);
  return text;
}

// A number below `below`, the n-th as often as 1/n (Zipf).
inline std::size_t skewed(Random& random, std::size_t below) {
  const double share = static_cast<double>(random() >> 11) / 9007199254740992.0;
  return static_cast<std::size_t>(std::pow(static_cast<double>(below), share)) - 1;
}

}  // namespace winnow
