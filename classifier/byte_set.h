// ByteSet: a set of bytes, for looking for the next of them in a text: a table, where find_first_of() of the
// library looks through the whole set at every byte.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace winnow {

class ByteSet {
 public:
  explicit constexpr ByteSet(std::string_view bytes) {
    for (const char byte : bytes) has_[static_cast<unsigned char>(byte)] = true;
  }

  constexpr bool contains(char byte) const { return has_[static_cast<unsigned char>(byte)]; }

  // Where the first of them stands from `pos` on; the end of the text where none does.
  constexpr std::size_t find_in(std::string_view text, std::size_t pos = 0) const {
    while (pos < text.size() && !contains(text[pos])) ++pos;
    return pos;
  }
  constexpr bool is_any_in(std::string_view text) const { return find_in(text) < text.size(); }

 private:
  std::array<bool, 256> has_{};
};

}  // namespace winnow
