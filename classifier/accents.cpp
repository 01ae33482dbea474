#include "classifier/accents.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>

#include "classifier/unicode.h"

namespace winnow {
namespace {

constexpr char32_t kFirstAccent = 0x300, kLastAccent = 0x36F;  // the block Combining Diacritical Marks

bool is_accent(char32_t c) {
  return c >= kFirstAccent && c <= kLastAccent;
}

// Letters whose stroke is no mark of its own.
char32_t without_stroke(char32_t c) {
  switch (c) {
    case U'ø':
      return U'o';
    case U'đ':
      return U'd';
    case U'ł':
      return U'l';
    case U'ħ':
      return U'h';
    case U'ŧ':
      return U't';
    default:
      return c;
  }
}

// The letter that `c` is an accented form of; else `c`.
char32_t base_of(char32_t c) {
  static const icu::Normalizer2& form = []() -> const icu::Normalizer2& {
    UErrorCode error = U_ZERO_ERROR;
    return *icu::Normalizer2::getNFCInstance(error);
  }();
  icu::UnicodeString parts;
  if (!form.getDecomposition(static_cast<UChar32>(c), parts)) return without_stroke(c);
  const char32_t base = static_cast<char32_t>(parts.char32At(0));
  for (std::int32_t at = parts.moveIndex32(0, 1); at < parts.length(); at = parts.moveIndex32(at, 1))
    if (!is_accent(static_cast<char32_t>(parts.char32At(at)))) return c;
  return base;
}

}  // namespace

std::string without_accents(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t c = next_code_point(text, pos);
    if (c < 0x80)
      out += static_cast<char>(c);
    else if (!is_accent(c))
      append_utf8(out, base_of(c));
  }
  return out;
}

}  // namespace winnow
