#include <cstddef>

#include "classifier/disguise.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

constexpr char32_t kZeroWidthJoiner = 0x200D;
constexpr char32_t kByteOrderMark = 0xFEFF;
constexpr char32_t kBlackFlag = 0x1F3F4;
// ﷺ becomes the letter that abbreviates it; NFKC would write out the blessing, and a text eleven times as
// long.
constexpr char32_t kBlessing = 0xFDFA;
constexpr char32_t kSad = 0x635;
constexpr char32_t kFirstRegional = 0x1F1E6;
constexpr char32_t kLastRegional = 0x1F1FF;

bool between(char32_t c, char32_t first, char32_t last) {
  return c >= first && c <= last;
}

bool is_regional(char32_t c) {
  return between(c, kFirstRegional, kLastRegional);
}

// Two-letter regions that have a flag (ISO 3166-1 and the exceptional reservations of CLDR).
constexpr std::string_view kRegions =
    "ACADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCPCR"
    "CUCVCW"
    "CXCYCZDEDGDJDKDMDODZEAECEEEGEHERESETEUFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUICID"
    "IEILIMIN"
    "IOIQIRISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMX"
    "MYMZNANC"
    "NENFNGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZ"
    "TATCTDTF"
    "TGTHTJTKTLTMTNTOTRTTTVTWTZUAUGUMUNUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW";

bool has_flag(char32_t a, char32_t b) {
  const char pair[] = {static_cast<char>('A' + (a - kFirstRegional)),
                       static_cast<char>('A' + (b - kFirstRegional))};
  for (std::size_t i = 0; i < kRegions.size(); i += 2) {
    if (kRegions.substr(i, 2) == std::string_view(pair, 2)) return true;
  }
  return false;
}

// Letters and digits that NFKC makes plain and that people use for disguise or show. Signs that have a use of
// their own (², ª, ™, ½, ﬁ, Ⅳ) are not among them.
bool is_dressed_up(char32_t c) {
  if (c < 0x2B0) return false;
  return between(c, 0x1D400, 0x1D7FF) || between(c, 0x2460, 0x24FF) || between(c, 0x1F110, 0x1F149) ||
         between(c, 0x1D2C, 0x1D6A) || between(c, 0x2B0, 0x2B8) || between(c, 0x2090, 0x209C) ||
         c == 0x2071 || c == 0x207F || between(c, 0x210A, 0x2115) || between(c, 0x2119, 0x211D) ||
         c == 0x2102 || c == 0x2124 || between(c, 0x212C, 0x212D) || between(c, 0x212F, 0x2134) ||
         between(c, 0x2145, 0x2149);
}

bool is_full_width(char32_t c) {
  return between(c, 0xFF10, 0xFF19) || between(c, 0xFF21, 0xFF3A) || between(c, 0xFF41, 0xFF5A);
}

// The letter in a dark circle or square, which NFKC leaves as it is; 0 for other characters.
char32_t enclosed_letter(char32_t c) {
  if (between(c, 0x1F150, 0x1F169)) return U'A' + (c - 0x1F150);
  if (between(c, 0x1F170, 0x1F189)) return U'A' + (c - 0x1F170);
  return 0;
}

// 🅰 🅱 🅾 🅿 are emoji when they stand alone.
bool is_letter_emoji(char32_t c) {
  return c == 0x1F170 || c == 0x1F171 || c == 0x1F17E || c == 0x1F17F;
}

bool is_blank(char32_t c) {
  return c <= 0x20 || between(c, 0x7F, 0xA0) || c == 0x1680 || between(c, 0x2000, 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x2800 || c == 0x3000;
}

bool is_bidi_control(char32_t c) {
  return c == 0x61C || c == 0x200E || c == 0x200F || between(c, 0x202A, 0x202E) || between(c, 0x2066, 0x2069);
}

bool is_variation_selector(char32_t c) {
  return between(c, 0xFE00, 0xFE0F) || between(c, 0xE0100, 0xE01EF) || between(c, 0x180B, 0x180F);
}

// Joiners shape the letters of these scripts.
bool needs_joiners(Script script) {
  return script == Script::kArabic || script == Script::kIndic || script == Script::kThai ||
         script == Script::kOther;
}

class Characters {
 public:
  Characters(std::string_view text, Disguise& disguise) : disguise_(disguise) {
    in_.reserve(text.size());
    for (std::size_t pos = 0; pos < text.size();) in_ += next_code_point(text, pos);
  }

  std::string run() {
    out_.reserve(in_.size() * 2);
    std::size_t i = 0;
    while (i < in_.size()) i = step(i);
    if (full_width_ > 0 && !has_script(Script::kHan, Script::kHangul)) disguise_.compatibility += full_width_;
    return nfkc(out_);
  }

 private:
  // Handles what starts at in_[i] and returns where to go on.
  std::size_t step(std::size_t i) {
    const char32_t c = in_[i];
    if (is_blank(c)) {
      out_ += ' ';
    } else if (c < 0x2B0 && c != 0xAD) {
      append_utf8(out_, c == 0xB4 ? U'\'' : c);  // NFKC would make ´ a blank and a mark
    } else if (c == kBlackFlag) {
      return copy_tagged_flag(i);
    } else if (is_regional(c)) {
      return copy_regionals(i);
    } else if (may_be_invisible(c) && is_invisible(c)) {
      copy_invisible(i);
    } else {
      copy_visible(i);
    }
    return i + 1;
  }

  static bool may_be_invisible(char32_t c) {
    return c < 0x400 || c == 0x61C || between(c, 0x1100, 0x11FF) || between(c, 0x1700, 0x18FF) ||
           between(c, 0x2000, 0x206F) || between(c, 0x3100, 0x31FF) || c >= 0xFE00;
  }

  void copy_visible(std::size_t i) {
    const char32_t c = in_[i];
    if (c == kBlessing) return append_utf8(out_, kSad);
    const char32_t letter = enclosed_letter(c);
    if (letter != 0 && (!is_letter_emoji(c) || has_letter_beside(i))) {
      append_utf8(out_, letter);
      ++disguise_.compatibility;
      return;
    }
    if (is_dressed_up(c)) ++disguise_.compatibility;
    if (is_full_width(c)) ++full_width_;
    append_utf8(out_, c);
  }

  bool has_letter_beside(std::size_t i) const {
    const auto like_letter = [](char32_t c) {
      return is_letter(c) || enclosed_letter(c) != 0 || is_dressed_up(c);
    };
    return (i > 0 && like_letter(in_[i - 1])) || (i + 1 < in_.size() && like_letter(in_[i + 1]));
  }

  // Subdivision flags are a black flag and a word of tag characters.
  std::size_t copy_tagged_flag(std::size_t i) {
    std::size_t end = i + 1;
    while (end < in_.size() && end - i < 8 && between(in_[end], 0xE0020, 0xE007E)) ++end;
    const bool tagged = end < in_.size() && end > i + 1 && in_[end] == 0xE007F;
    if (!tagged) end = i;
    for (std::size_t j = i; j <= end; ++j) append_utf8(out_, in_[j]);
    return end + 1;
  }

  // A run of regional letters that is nothing but flags stays; any other is read as letters.
  std::size_t copy_regionals(std::size_t i) {
    std::size_t end = i;
    while (end < in_.size() && is_regional(in_[end])) ++end;
    bool flags = (end - i) % 2 == 0;
    for (std::size_t j = i; flags && j < end; j += 2) flags = has_flag(in_[j], in_[j + 1]);
    for (std::size_t j = i; j < end; ++j)
      append_utf8(out_, flags ? in_[j] : U'A' + (in_[j] - kFirstRegional));
    if (!flags) disguise_.compatibility += static_cast<int>(end - i);
    return end;
  }

  void copy_invisible(std::size_t i) {
    const char32_t c = in_[i];
    const char32_t before = i > 0 ? in_[i - 1] : U' ';
    const Script script = script_before(i);
    const bool is_wanted =
        (c == kZeroWidthJoiner && joins_emoji(i)) || (between(c, 0x200C, 0x200D) && needs_joiners(script)) ||
        (is_variation_selector(c) && !is_blank(before) && !is_invisible(before) && takes_variation(before));
    if (is_wanted) {
      append_utf8(out_, c);
      return;
    }
    const bool is_usual = (is_bidi_control(c) && has_script(Script::kArabic, Script::kHebrew)) ||
                          (c == kByteOrderMark && i == 0) || script == Script::kThai ||
                          script == Script::kOther;  // which mark line breaks with a zero-width space
    if (!is_usual) ++disguise_.invisible;
  }

  static bool takes_variation(char32_t c) {
    const Script script = script_of(c);
    return script != Script::kLatin && script != Script::kCyrillic && script != Script::kGreek;
  }

  bool joins_emoji(std::size_t i) const {
    if (i == 0 || i + 1 >= in_.size()) return false;
    const bool from = is_emoji(in_[i - 1]) || in_[i - 1] == 0xFE0F;
    return from && (is_emoji(in_[i + 1]) || between(in_[i + 1], 0x2190, 0x21FF));
  }

  // The script of the nearest of the last few characters that has one.
  Script script_before(std::size_t i) const {
    for (std::size_t back = 1; back <= 4 && back <= i; ++back) {
      const Script script = script_of(in_[i - back]);
      if (script != Script::kNone) return script;
    }
    return Script::kNone;
  }

  // True if a letter of the scripts first..last is in the text.
  bool has_script(Script first, Script last) {
    if (!scripts_known_) {
      for (const char32_t c : in_) {
        if (c >= 0x590) scripts_ |= 1U << static_cast<unsigned>(script_of(c));
      }
      scripts_known_ = true;
    }
    for (auto s = static_cast<unsigned>(first); s <= static_cast<unsigned>(last); ++s) {
      if ((scripts_ >> s & 1U) != 0) return true;
    }
    return false;
  }

  Disguise& disguise_;
  std::u32string in_;
  std::string out_;
  int full_width_ = 0;
  bool scripts_known_ = false;
  unsigned scripts_ = 0;
};

// Every run of blanks and ASCII control characters as one blank, none at the ends.
std::string with_single_blanks(std::string_view text) {
  std::string out(text.size(), '\0');
  std::size_t size = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte != 0x7F) {
      out[size++] = c;
    } else if (size > 0 && out[size - 1] != ' ') {
      out[size++] = ' ';
    }
  }
  if (size > 0 && out[size - 1] == ' ') --size;
  out.resize(size);
  return out;
}

}  // namespace

std::string visible_characters(std::string_view text, Disguise& disguise) {
  return is_ascii(text) ? with_single_blanks(text) : with_single_blanks(Characters(text, disguise).run());
}

}  // namespace winnow
