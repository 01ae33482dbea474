#include <algorithm>
#include <array>
#include <cstddef>

#include "classifier/disguise.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

// What a letter is for this purpose.
enum class Kind { kNone, kLatin, kOther };

Kind kind_of(char32_t c) {
  if (c < 0x80) return is_letter(c) ? Kind::kLatin : Kind::kNone;
  const Script script = script_of(c);
  if (script == Script::kNone) return Kind::kNone;
  return script == Script::kLatin ? Kind::kLatin : Kind::kOther;
}

bool looks_latin(char32_t c) {
  return latin_look_alike(c) != c;
}

// The Cyrillic letter that looks like a Latin one, 0 where there is none.
char32_t cyrillic_look_alike(char32_t c) {
  constexpr std::u32string_view kLatin = U"aceopxyABCEHKMOPTX";
  constexpr std::u32string_view kCyrillic = U"асеорхуАВСЕНКМОРТХ";
  const std::size_t at = kLatin.find(c);
  return at == std::u32string_view::npos ? 0 : kCyrillic[at];
}

// The letter that a Latin small capital is drawn after, 0 for other characters.
char32_t small_capital(char32_t c) {
  constexpr std::u32string_view kSmall = U"ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ";
  constexpr std::u32string_view kLetters = U"abcdefghijklmnoprstuvwyz";
  static_assert(kSmall.size() == kLetters.size());
  if (c < 0x250) return 0;
  const std::size_t at = kSmall.find(c);
  return at == std::u32string_view::npos ? 0 : kLetters[at];
}

struct TextLetters {
  std::size_t latin = 0;
  std::size_t all = 0;
  // Scripts with a letter that no Latin one looks like: somebody writes in them.
  std::array<bool, kScriptCount> genuine{};

  double latin_share() const { return all == 0 ? 1 : static_cast<double>(latin) / static_cast<double>(all); }
};

struct WordLetters {
  std::size_t latin = 0;
  std::size_t latin_upper = 0;
  std::size_t other = 0;
  std::size_t other_like_latin = 0;
  std::size_t cyrillic = 0;
  std::size_t greek = 0;
  std::size_t latin_like_cyrillic = 0;
  std::size_t small_capitals = 0;
  std::size_t switches = 0;  // changes between Latin and other letters
  bool genuine = false;      // of a script that is used elsewhere in the text
};

class Words {
 public:
  Words(std::string_view text, Disguise& disguise) : disguise_(disguise) {
    in_.reserve(text.size());
    for (std::size_t pos = 0; pos < text.size();) in_ += next_code_point(text, pos);
    for (const char32_t c : in_) count_in_text(c);
  }

  std::string run() {
    std::string out;
    out.reserve(in_.size() * 2);
    for (std::size_t i = 0; i < in_.size();) {
      std::size_t end = i;
      bool ascii = true;
      for (; end < in_.size() && is_letter(in_[end]); ++end) ascii = ascii && in_[end] < 0x80;
      if (end == i) {
        append_utf8(out, in_[i++]);
        continue;
      }
      const std::u32string_view word(in_.data() + i, end - i);
      const auto replacement = ascii ? &same : replacement_for(word);
      for (const char32_t c : word) append_utf8(out, replacement(c));
      i = end;
    }
    return out;
  }

 private:
  using Replacement = char32_t (*)(char32_t);
  static char32_t same(char32_t c) { return c; }
  static char32_t to_cyrillic(char32_t c) {
    const char32_t letter = cyrillic_look_alike(c);
    return letter == 0 ? c : letter;
  }
  static char32_t to_big_letter(char32_t c) {
    const char32_t letter = small_capital(c);
    return letter == 0 ? c : letter;
  }

  void count_in_text(char32_t c) {
    const Kind kind = kind_of(c);
    if (kind == Kind::kNone) return;
    ++text_.all;
    if (kind == Kind::kLatin) {
      ++text_.latin;
    } else if (!looks_latin(c)) {
      text_.genuine[static_cast<std::size_t>(script_of(c))] = true;
    }
  }

  WordLetters count(std::u32string_view word) const {
    WordLetters letters;
    Kind before = Kind::kNone;
    for (const char32_t c : word) {
      const Kind kind = kind_of(c);
      if (kind == Kind::kNone) continue;
      if (before != Kind::kNone && kind != before) ++letters.switches;
      before = kind;
      if (kind == Kind::kLatin) {
        ++letters.latin;
        if (is_upper(c)) ++letters.latin_upper;
        if (cyrillic_look_alike(c) != 0) ++letters.latin_like_cyrillic;
        if (small_capital(c) != 0) ++letters.small_capitals;
        continue;
      }
      const Script script = script_of(c);
      ++letters.other;
      if (looks_latin(c)) ++letters.other_like_latin;
      if (script == Script::kCyrillic) ++letters.cyrillic;
      if (script == Script::kGreek) ++letters.greek;
      letters.genuine = letters.genuine || text_.genuine[static_cast<std::size_t>(script)];
    }
    return letters;
  }

  // Decides what is done to every letter of the word, and counts it.
  Replacement replacement_for(std::u32string_view word) {
    const WordLetters letters = count(word);
    if (letters.small_capitals >= 3) {
      disguise_.compatibility += static_cast<int>(letters.small_capitals);
      return &to_big_letter;
    }
    if (letters.other == 0) return &same;
    if (is_cyrillic_with_latin(letters)) {
      disguise_.look_alikes += static_cast<int>(letters.latin);
      return &to_cyrillic;
    }
    if (letters.other_like_latin < letters.other || !is_disguised_latin(letters)) return &same;
    disguise_.look_alikes += static_cast<int>(letters.other);
    return &latin_look_alike;
  }

  static bool is_cyrillic_with_latin(const WordLetters& letters) {
    return letters.latin > 0 && letters.cyrillic > letters.latin && letters.cyrillic == letters.other &&
           letters.latin_like_cyrillic == letters.latin && letters.other_like_latin < letters.other;
  }

  // `letters`: of a word whose other letters all look Latin.
  bool is_disguised_latin(const WordLetters& letters) const {
    if (letters.latin == 0) {
      constexpr double kLatinText = 0.8;
      return letters.other >= 2 && !letters.genuine && text_.latin_share() >= kLatinText;
    }
    // A Latin stem with an ending of the text's own language: "iPhoneов".
    if (letters.switches == 1 && letters.genuine && text_.latin_share() < 0.5) return false;
    // "TNFα", "βHCG", "μm"
    const bool term = letters.latin < 3 || letters.latin_upper == letters.latin;
    return !(letters.greek == 1 && letters.other == 1 && term);
  }

  Disguise& disguise_;
  std::u32string in_;
  TextLetters text_;
};

// Before U+0250 there is nothing but Latin and signs.
bool may_have_look_alikes(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xC9; });
}

}  // namespace

std::string without_look_alikes(std::string_view plain, Disguise& disguise) {
  return may_have_look_alikes(plain) ? Words(plain, disguise).run() : std::string(plain);
}

}  // namespace winnow
