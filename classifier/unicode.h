// The letters that text is made of. Only unicode.cpp, accents.cpp and look_alikes.cpp know ICU.
// All functions are pure, safe to call from any thread and linear in the size of their input.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace winnow {

// `bytes` as valid UTF-8 without NUL: each ill-formed sequence and each NUL becomes U+FFFD. Text that is
// valid already comes back unchanged.
std::string to_valid_utf8(std::string_view bytes);

// True if `bytes` is well-formed UTF-8 without NUL.
bool is_valid_utf8(std::string_view bytes);

// True if no byte is beyond 0x7F.
bool is_ascii(std::string_view bytes);

// `text` (valid UTF-8) shortened to at most `max_bytes`, never in the middle of a character.
std::string_view clip_utf8(std::string_view text, std::size_t max_bytes);

// Bytes in the named charset ("windows-1251", "Shift_JIS", ...) as valid UTF-8. An unknown or empty name is
// read as UTF-8; ISO-8859-1 and US-ASCII as windows-1252, as browsers do (WHATWG Encoding Standard).
std::string from_charset(std::string_view bytes, std::string_view charset);

// The code point that starts at `pos` of valid UTF-8; advances `pos` behind it.
char32_t next_wide_code_point(std::string_view text, std::size_t& pos);  // for the next: not of ASCII
inline char32_t next_code_point(std::string_view text, std::size_t& pos) {
  const auto first = static_cast<unsigned char>(text[pos]);
  if (first >= 0x80) return next_wide_code_point(text, pos);
  ++pos;
  return first;
}
void append_wide_utf8(std::string& out, char32_t code_point);  // likewise
inline void append_utf8(std::string& out, char32_t code_point) {
  if (code_point < 0x80)
    out += static_cast<char>(code_point);
  else
    append_wide_utf8(out, code_point);
}

// Families of scripts that a comment may be written in.
enum class Script : std::uint8_t {
  kNone,  // digits, punctuation, symbols, marks
  kLatin,
  kCyrillic,
  kGreek,
  kArabic,
  kHebrew,
  kHan,
  kKana,
  kHangul,
  kThai,
  kIndic,
  kOther,
};
constexpr std::size_t kScriptCount = 12;
std::string_view to_string(Script script);  // "latin", ...

bool is_wide_letter(char32_t code_point);  // for the next: not of ASCII
// General category L*, and combining marks (M*).
inline bool is_letter(char32_t code_point) {
  return code_point < 0x80 ? (code_point | 0x20) >= 'a' && (code_point | 0x20) <= 'z'
                           : is_wide_letter(code_point);
}
bool is_wide_upper(char32_t code_point);  // likewise
inline bool is_upper(char32_t code_point) {
  return code_point < 0x80 ? code_point >= 'A' && code_point <= 'Z' : is_wide_upper(code_point);
}
bool is_wide_digit(char32_t code_point);  // likewise
// General category Nd.
inline bool is_digit(char32_t code_point) {
  return code_point < 0x80 ? code_point >= '0' && code_point <= '9' : is_wide_digit(code_point);
}
Script script_of_wide(char32_t code_point);  // likewise
inline Script script_of(char32_t code_point) {
  if (code_point >= 0x80) return script_of_wide(code_point);
  return is_letter(code_point) ? Script::kLatin : Script::kNone;
}
bool is_emoji(
    char32_t code_point);  // has Emoji_Presentation, or is a pictograph from U+2300 on (so not © or ™)
bool is_invisible(char32_t code_point);  // Default_Ignorable_Code_Point: zero-width, bidi control, soft
                                         // hyphen, variation selector, tag ...
bool is_combining(char32_t code_point);  // general category M*

// Unicode NFKC + full case folding, in one pass (ICU's nfkc_cf); this also removes every is_invisible
// character. Here and in nfkc() a run of more than 30 combining marks is normalised in pieces (UAX #15,
// stream-safe text), which keeps the time linear.
std::string fold(std::string_view text);
// One label of a host name (case folded) as registries write it: "xn--..." unless it is ASCII already (UTS
// #46); a label that has no such form comes back unchanged.
std::string ascii_label(std::string_view label);
// NFKC only.
std::string nfkc(std::string_view text);

// The Latin letter (a-z, lower case) that readers take `code_point` for, from Unicode's confusables data
// (ICU's spoof checker, UTS #39) for letters of other scripts that look like a Latin one in either case;
// `code_point` itself where there is none. Covers the alphabets that share shapes with Latin (Greek,
// Cyrillic, Armenian, Cherokee, Coptic, Lisu,
// ...); never Latin, Han, Hangul, Kana, Arabic, Hebrew or the Indic scripts.
char32_t latin_look_alike(char32_t code_point);

}  // namespace winnow
