// Alignment: which part of a plain text each part of its folded text was made of.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "classifier/normalize.h"

namespace winnow {

struct TextRange {
  std::size_t begin = 0;  // bytes
  std::size_t end = 0;

  bool operator==(const TextRange&) const = default;
};

// Made anew from the text, so that judging pays nothing for it; linear in the text. Thread rule: immutable.
class Alignment {
 public:
  // `text` as normalize() gave it. What of it cannot be followed from one form to the other has no place.
  explicit Alignment(const NormalizedText& text);

  // The part of `plain` that folded[begin, end) was made of, widened to whole characters; what was removed
  // inside of it (the dots of c.a.s.i.n.o, marks over a letter) belongs to it. None if any of it has no
  // place.
  std::optional<TextRange> in_plain(TextRange folded) const;

 private:
  struct Piece {
    TextRange folded;
    TextRange plain;
  };
  void add_word(std::u32string_view word, const TextRange* from, TextRange place, std::string_view folded);

  std::vector<Piece> pieces_;  // rising, without overlaps
};

}  // namespace winnow
