// SearchedText: a text that is asked for many short strings, of which it holds few.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace winnow {

// Knows which pairs of bytes stand side by side in the text, and searches it only for a string all of whose
// pairs do (a Bloom filter with one hash). A view: the text outlives it. Immutable.
class SearchedText {
 public:
  explicit SearchedText(std::string_view text) : text_(text) {
    for (std::size_t i = 0; i + 1 < text.size(); ++i) {
      const std::size_t bit = bit_of(text[i], text[i + 1]);
      pairs_[bit / 64] |= std::uint64_t{1} << bit % 64;
    }
  }

  bool has(std::string_view part) const {
    for (std::size_t i = 0; i + 1 < part.size(); ++i) {
      const std::size_t bit = bit_of(part[i], part[i + 1]);
      if ((pairs_[bit / 64] >> bit % 64 & 1) == 0) return false;
    }
    return text_.find(part) != std::string_view::npos;
  }
  bool has_any(std::initializer_list<std::string_view> parts) const {
    for (const std::string_view part : parts)
      if (has(part)) return true;
    return false;
  }

 private:
  // Pairs of small letters each have a bit of their own.
  static std::size_t bit_of(char first, char second) {
    constexpr std::size_t kBits = 1024, kLetters = 31;
    return (static_cast<unsigned char>(first) * kLetters + static_cast<unsigned char>(second)) % kBits;
  }

  std::string_view text_;
  std::array<std::uint64_t, 16> pairs_{};
};

}  // namespace winnow
