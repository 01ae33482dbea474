#include <cstddef>

#include "classifier/disguise.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

constexpr std::size_t kMaxDiacritics = 2;
constexpr std::size_t kMaxMarks = 8;  // in scripts that build their syllables from marks

bool between(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}

// Marks for letters of any alphabet, as against the vowel signs and points of one script.
bool is_diacritic(char32_t c) {
  return between(c, 0x300, 0x36F) || between(c, 0x483, 0x489) || between(c, 0x1AB0, 0x1AFF) ||
         between(c, 0x1DC0, 0x1DFF) || between(c, 0x20D0, 0x20FF) || between(c, 0xFE20, 0xFE2F);
}

// Strokes through letters, lines under them, rings around them: s̶t̶r̶u̶c̶k̶.
bool is_overlay(char32_t c) {
  return between(c, 0x332, 0x338) || between(c, 0x488, 0x489) || between(c, 0x20D2, 0x20D3) ||
         between(c, 0x20D8, 0x20DA) || between(c, 0x20DD, 0x20E0) || between(c, 0x20E5, 0x20E6);
}

char32_t straight_quote(char32_t c) {
  if (between(c, 0x2018, 0x201B) || c == 0x2BC) return U'\'';
  if (between(c, 0x201C, 0x201F)) return U'"';
  return c;
}

}  // namespace

std::string without_stacked_marks(std::string_view plain, Disguise& disguise) {
  std::string out;
  out.reserve(plain.size());
  std::u32string diacritics;  // of the letter before, not written yet
  std::size_t marks = 0;      // other marks behind the letter before
  const auto end_letter = [&] {
    if (diacritics.size() > kMaxDiacritics) {
      disguise.stacked_marks += static_cast<int>(diacritics.size() - kMaxDiacritics);
    } else {
      for (const char32_t mark : diacritics) append_utf8(out, mark);
    }
    diacritics.clear();
    marks = 0;
  };
  for (std::size_t pos = 0; pos < plain.size();) {
    const char32_t c = next_code_point(plain, pos);
    if (is_overlay(c)) {
      ++disguise.stacked_marks;
    } else if (is_diacritic(c)) {
      diacritics += c;
    } else if (is_combining(c) && !is_invisible(c)) {
      if (++marks <= kMaxMarks) {
        append_utf8(out, c);
      } else {
        ++disguise.stacked_marks;
      }
    } else {
      end_letter();
      append_utf8(out, straight_quote(c));
    }
  }
  end_letter();
  return out;
}

}  // namespace winnow
