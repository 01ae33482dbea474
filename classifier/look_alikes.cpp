#include <unicode/uchar.h>
#include <unicode/uspoof.h>

#include <array>
#include <cctype>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/unicode.h"

namespace winnow {
namespace {

// ICU's skeleton of one code point if that is one Latin letter or small capital, as a lower-case letter; else
// 0.
char skeleton_letter(const USpoofChecker* checker, char32_t code_point) {
  std::string in;
  append_utf8(in, code_point);
  std::array<char, 64> out{};
  UErrorCode error = U_ZERO_ERROR;
  const int size = uspoof_getSkeletonUTF8(checker, 0, in.data(), static_cast<int>(in.size()), out.data(),
                                          static_cast<int>(out.size()), &error);
  if (U_FAILURE(error) || size <= 0 || size > static_cast<int>(out.size())) return 0;
  const std::string_view skeleton(out.data(), static_cast<std::size_t>(size));
  if (size == 1 && std::isalpha(static_cast<unsigned char>(out[0])) != 0) {
    return static_cast<char>(std::tolower(static_cast<unsigned char>(out[0])));
  }
  struct SmallCapital {
    std::string_view skeleton;
    char letter;
  };
  // Small capitals that Cyrillic and Greek lower-case letters reduce to (ʙ for в, ʜ for н, ...).
  static constexpr SmallCapital kSmallCapitals[] = {
      {"ʙ", 'b'}, {"ʜ", 'h'}, {"ᴛ", 't'}, {"ʍ", 'm'}, {"ĸ", 'k'}};
  for (const auto& [capital, letter] : kSmallCapitals) {
    if (skeleton == capital) return letter;
  }
  return 0;
}

// Blocks whose letters are drawn like Latin ones. Arabic, Hebrew and the Indic scripts are left out on
// purpose: their words are written next to Latin ones without a blank, and nobody reads an alef as an l.
struct Block {
  char32_t first;
  char32_t last;
};
constexpr Block kLookAlikeBlocks[] = {
    {0x0370, 0x058F},    // Greek, Cyrillic, Armenian
    {0x10D0, 0x10FF},    // Georgian
    {0x13A0, 0x13FF},    // Cherokee
    {0x1400, 0x16FF},    // Canadian syllabics, Ogham, Runic
    {0x1C80, 0x1C8F},    // Cyrillic extended C
    {0x1F00, 0x1FFF},    // Greek extended
    {0x2C80, 0x2D7F},    // Coptic, Georgian supplement, Tifinagh
    {0xA4D0, 0xA4FF},    // Lisu
    {0xA500, 0xA63F},    // Vai
    {0xA640, 0xA69F},    // Cyrillic extended B
    {0xAB70, 0xABBF},    // Cherokee supplement
    {0x10280, 0x104FF},  // Lycian, Carian, Old Italic, Gothic, Deseret, Shavian, Osmanya, Osage
    {0x118A0, 0x118FF},  // Warang Citi
};
constexpr char32_t kFirstLookAlike = 0x0370;
constexpr char32_t kLastLookAlike = 0x118FF;

// The data file reduces I, l and 1 to l, so a capital that it calls l is read by its small letter. A letter
// that it reduces to nothing Latin is read like its other case (ε like Ε).
char look_alike_letter(const USpoofChecker* checker, char32_t c) {
  if (c == U'\u03B7') return 'n';  // η, whose capital looks like H
  if (c == U'\u03C9') return 'w';  // ω, whose capital looks like nothing Latin
  if (c == U'\u03BC') return 0;    // μ, which is written before Latin letters as a unit
  const char letter = skeleton_letter(checker, c);
  if (letter != 0 && letter != 'l') return letter;
  const auto small = static_cast<char32_t>(u_tolower(static_cast<UChar32>(c)));
  const auto capital = static_cast<char32_t>(u_toupper(static_cast<UChar32>(c)));
  const char of_other_case = skeleton_letter(checker, small != c ? small : capital);
  return of_other_case != 0 ? of_other_case : letter;
}

std::vector<char> make_look_alikes() {
  std::vector<char> letters(kLastLookAlike + 1 - kFirstLookAlike, 0);
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<USpoofChecker, decltype(&uspoof_close)> checker(uspoof_open(&error), &uspoof_close);
  if (U_FAILURE(error)) return letters;
  for (const Block& block : kLookAlikeBlocks) {
    for (char32_t c = block.first; c <= block.last; ++c) {
      const Script script = script_of(c);
      if (script == Script::kNone || script == Script::kLatin || u_isalpha(static_cast<UChar32>(c)) == 0)
        continue;
      letters[c - kFirstLookAlike] = look_alike_letter(checker.get(), c);
    }
  }
  return letters;
}

}  // namespace

char32_t latin_look_alike(char32_t code_point) {
  if (code_point < kFirstLookAlike || code_point > kLastLookAlike) return code_point;
  static const std::vector<char> letters = make_look_alikes();
  const char letter = letters[code_point - kFirstLookAlike];
  return letter == 0 ? code_point : static_cast<char32_t>(letter);
}

}  // namespace winnow
