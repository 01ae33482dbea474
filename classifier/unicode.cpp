#include "classifier/unicode.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/ucnv.h>
#include <unicode/uidna.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cstring>
#include <memory>

namespace winnow {
namespace {

UChar32 to_icu(char32_t code_point) {
  return static_cast<UChar32>(code_point);
}

// How many bytes are surely ASCII and no NUL, eight at once.
std::size_t plain_prefix(std::string_view bytes) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080, kOnes = 0x0101010101010101;
  std::size_t pos = 0;
  for (std::uint64_t eight = 0; pos + sizeof eight <= bytes.size(); pos += sizeof eight) {
    std::memcpy(&eight, bytes.data() + pos, sizeof eight);
    // Of a NUL the high bit is set by the subtraction.
    if ((eight | (eight - kOnes)) & kHighBits) break;
  }
  return pos;
}

// Position of the first NUL or ill-formed byte.
std::size_t well_formed_prefix(std::string_view bytes) {
  const auto* s = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto size = static_cast<std::int64_t>(bytes.size());
  auto i = static_cast<std::int64_t>(plain_prefix(bytes));
  while (i < size) {
    const std::int64_t start = i;
    UChar32 c = 0;
    U8_NEXT(s, i, size, c);
    if (c <= 0) return static_cast<std::size_t>(start);
  }
  return bytes.size();
}

// The letters that most comments are made of, known without ICU: this is half the time of normalising a text.
bool is_common_cyrillic(char32_t c) {
  return (c >= 0x400 && c <= 0x481) || (c >= 0x48A && c <= 0x52F);
}

bool is_common_han(char32_t c) {
  return c >= 0x4E00 && c <= 0x9FFF;
}

bool is_latin_1_letter(char32_t c) {
  return c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7;
}

bool is_common_letter(char32_t c) {
  return is_common_cyrillic(c) || is_latin_1_letter(c) || is_common_han(c);
}

// Reordering a run of combining marks takes ICU time quadratic in its length. Runs are therefore normalised
// in pieces of at most this many marks, the bound of Unicode's stream-safe text format (UAX #15, section 13).
constexpr int kMaxMarkRun = 30;

// End of the piece that starts at `pos`: the end of the text or the place within a run of marks where it is
// cut.
std::size_t piece_end(std::string_view text, std::size_t pos) {
  int run = 0;
  while (pos < text.size()) {
    if (static_cast<unsigned char>(text[pos]) < 0x80) {
      run = 0;
      ++pos;
      continue;
    }
    const std::size_t start = pos;
    const char32_t c = next_code_point(text, pos);
    const bool extends = c >= 0x300 && !is_common_letter(c) &&
                         (is_combining(c) || is_invisible(c) || u_getCombiningClass(to_icu(c)) != 0);
    run = extends ? run + 1 : 0;
    if (run > kMaxMarkRun) return start;
  }
  return text.size();
}

std::string normalized(const icu::Normalizer2& form, std::string_view text) {
  std::string out;
  out.reserve(text.size());
  icu::StringByteSink<std::string> sink(&out);
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t end = piece_end(text, pos);
    UErrorCode error = U_ZERO_ERROR;
    const icu::StringPiece piece(text.data() + pos, static_cast<std::int32_t>(end - pos));
    form.normalizeUTF8(0, piece, sink, nullptr, error);
    if (U_FAILURE(error)) out.append(text.substr(pos, end - pos));
    pos = end;
  }
  return out;
}

const icu::Normalizer2& nfkc_form() {
  static const icu::Normalizer2& form = []() -> const icu::Normalizer2& {
    UErrorCode error = U_ZERO_ERROR;
    return *icu::Normalizer2::getNFKCInstance(error);
  }();
  return form;
}

const icu::Normalizer2& nfkc_casefold_form() {
  static const icu::Normalizer2& form = []() -> const icu::Normalizer2& {
    UErrorCode error = U_ZERO_ERROR;
    return *icu::Normalizer2::getNFKCCasefoldInstance(error);
  }();
  return form;
}

Script family_of(UScriptCode script) {
  switch (script) {
    case USCRIPT_COMMON:
    case USCRIPT_INHERITED:
    case USCRIPT_UNKNOWN:
    case USCRIPT_INVALID_CODE:
      return Script::kNone;
    case USCRIPT_LATIN:
      return Script::kLatin;
    case USCRIPT_CYRILLIC:
      return Script::kCyrillic;
    case USCRIPT_GREEK:
      return Script::kGreek;
    case USCRIPT_ARABIC:
      return Script::kArabic;
    case USCRIPT_HEBREW:
      return Script::kHebrew;
    case USCRIPT_HAN:
    case USCRIPT_BOPOMOFO:
      return Script::kHan;
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
      return Script::kKana;
    case USCRIPT_HANGUL:
      return Script::kHangul;
    case USCRIPT_THAI:
      return Script::kThai;
    case USCRIPT_DEVANAGARI:
    case USCRIPT_BENGALI:
    case USCRIPT_GURMUKHI:
    case USCRIPT_GUJARATI:
    case USCRIPT_ORIYA:
    case USCRIPT_TAMIL:
    case USCRIPT_TELUGU:
    case USCRIPT_KANNADA:
    case USCRIPT_MALAYALAM:
    case USCRIPT_SINHALA:
      return Script::kIndic;
    default:
      return Script::kOther;
  }
}

bool is_converter_name(std::string_view name) {
  const auto allowed = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' || c == ':' || c == '.';
  };
  return !name.empty() && name.size() <= 40 && std::all_of(name.begin(), name.end(), allowed);
}

}  // namespace

std::string to_valid_utf8(std::string_view bytes) {
  const std::size_t good = well_formed_prefix(bytes);
  std::string out(bytes.substr(0, good));
  const auto* s = reinterpret_cast<const std::uint8_t*>(bytes.data());
  const auto size = static_cast<std::int64_t>(bytes.size());
  for (auto i = static_cast<std::int64_t>(good); i < size;) {
    UChar32 c = 0;
    U8_NEXT(s, i, size, c);
    append_utf8(out, c <= 0 ? 0xFFFD : static_cast<char32_t>(c));
  }
  return out;
}

bool is_valid_utf8(std::string_view bytes) {
  return well_formed_prefix(bytes) == bytes.size();
}

// Eight bytes at once.
bool is_ascii(std::string_view bytes) {
  constexpr std::uint64_t kHighBits = 0x8080808080808080;
  std::uint64_t all = 0;
  std::size_t pos = 0;
  for (; pos + sizeof all <= bytes.size(); pos += sizeof all) {
    std::uint64_t eight;
    std::memcpy(&eight, bytes.data() + pos, sizeof eight);
    all |= eight;
  }
  for (; pos < bytes.size(); ++pos) all |= static_cast<unsigned char>(bytes[pos]);
  return (all & kHighBits) == 0;
}

std::string_view clip_utf8(std::string_view text, std::size_t max_bytes) {
  if (text.size() <= max_bytes) return text;
  std::size_t end = max_bytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

std::string from_charset(std::string_view bytes, std::string_view charset) {
  std::string name;
  for (const char c : charset) name += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  if (!is_converter_name(name) || name == "utf-8" || name == "utf8") return to_valid_utf8(bytes);
  // What the web calls Latin-1 is windows-1252 (WHATWG Encoding Standard).
  if (name == "iso-8859-1" || name == "latin1" || name == "us-ascii" || name == "ascii")
    name = "windows-1252";
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, decltype(&ucnv_close)> converter(ucnv_open(name.c_str(), &error),
                                                                     &ucnv_close);
  if (U_FAILURE(error) || converter == nullptr) return to_valid_utf8(bytes);
  const icu::UnicodeString wide(bytes.data(), static_cast<std::int32_t>(bytes.size()), converter.get(),
                                error);
  if (U_FAILURE(error)) return to_valid_utf8(bytes);
  std::string out;
  wide.toUTF8String(out);
  return to_valid_utf8(out);
}

char32_t next_wide_code_point(std::string_view text, std::size_t& pos) {
  const auto* s = reinterpret_cast<const std::uint8_t*>(text.data());
  auto i = static_cast<std::int64_t>(pos);
  UChar32 c = 0;
  U8_NEXT_OR_FFFD(s, i, static_cast<std::int64_t>(text.size()), c);
  pos = static_cast<std::size_t>(i);
  return static_cast<char32_t>(c);
}

void append_wide_utf8(std::string& out, char32_t code_point) {
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = 0xFFFD;
  std::array<char, 4> bytes{};
  std::size_t size = 0;
  U8_APPEND_UNSAFE(bytes.data(), size, code_point);
  out.append(bytes.data(), size);
}

Script script_of_wide(char32_t code_point) {
  if (is_common_cyrillic(code_point)) return Script::kCyrillic;
  if (is_latin_1_letter(code_point)) return Script::kLatin;
  if (is_common_han(code_point)) return Script::kHan;
  UErrorCode error = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(to_icu(code_point), &error);
  return U_FAILURE(error) ? Script::kNone : family_of(script);
}

std::string_view to_string(Script script) {
  static constexpr std::array<std::string_view, kScriptCount> kNames = {
      "none", "latin", "cyrillic", "greek", "arabic", "hebrew",
      "han",  "kana",  "hangul",   "thai",  "indic",  "other"};
  return kNames[static_cast<std::size_t>(script)];
}

bool is_wide_letter(char32_t code_point) {
  if (is_common_letter(code_point)) return true;
  return (U_GET_GC_MASK(to_icu(code_point)) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

bool is_wide_upper(char32_t code_point) {
  return u_isUUppercase(to_icu(code_point)) != 0;
}

bool is_wide_digit(char32_t code_point) {
  if (is_common_letter(code_point)) return false;
  return u_isdigit(to_icu(code_point)) != 0;
}

bool is_emoji(char32_t code_point) {
  // Below the pictographs stand signs of print such as © ™ ‼ ↔, which only a variation selector makes an
  // emoji.
  if (code_point < 0x2300) return false;
  return u_hasBinaryProperty(to_icu(code_point), UCHAR_EMOJI_PRESENTATION) != 0 ||
         u_hasBinaryProperty(to_icu(code_point), UCHAR_EXTENDED_PICTOGRAPHIC) != 0;
}

bool is_invisible(char32_t code_point) {
  if (code_point < 0xAD || is_common_letter(code_point)) return false;
  return u_hasBinaryProperty(to_icu(code_point), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0;
}

bool is_combining(char32_t code_point) {
  if (code_point < 0x300 || is_common_letter(code_point)) return false;
  return (U_GET_GC_MASK(to_icu(code_point)) & U_GC_M_MASK) != 0;
}

std::string fold(std::string_view text) {
  if (!is_ascii(text)) return normalized(nfkc_casefold_form(), text);
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

std::string ascii_label(std::string_view label) {
  constexpr std::size_t kMostBytes = 256;
  if (is_ascii(label) || label.size() > kMostBytes) return std::string(label);
  static const std::unique_ptr<UIDNA, decltype(&uidna_close)> idna = [] {
    UErrorCode error = U_ZERO_ERROR;
    return std::unique_ptr<UIDNA, decltype(&uidna_close)>(
        uidna_openUTS46(UIDNA_NONTRANSITIONAL_TO_ASCII, &error), uidna_close);
  }();
  if (!idna) return std::string(label);
  std::array<char, 4 * kMostBytes> ascii;
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  UErrorCode error = U_ZERO_ERROR;
  const std::int32_t size =
      uidna_labelToASCII_UTF8(idna.get(), label.data(), static_cast<std::int32_t>(label.size()), ascii.data(),
                              static_cast<std::int32_t>(ascii.size()), &info, &error);
  const bool good =
      U_SUCCESS(error) && info.errors == 0 && size > 0 && size <= static_cast<std::int32_t>(ascii.size());
  return good ? std::string(ascii.data(), static_cast<std::size_t>(size)) : std::string(label);
}

std::string nfkc(std::string_view text) {
  return is_ascii(text) ? std::string(text) : normalized(nfkc_form(), text);
}

}  // namespace winnow
