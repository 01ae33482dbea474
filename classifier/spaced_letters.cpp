#include <cstddef>
#include <vector>

#include "classifier/disguise.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

constexpr std::size_t kMinLetters = 4;
constexpr std::size_t kMaxEmoji = 6;  // code points between two letters

constexpr char32_t kNoSeparator = 0;
constexpr char32_t kEmojiSeparator = 1;

bool is_wordy(char32_t c) {
  return is_letter(c) || is_digit(c);
}

// Scripts whose words have more than one letter as a rule.
bool may_be_spaced(char32_t c) {
  const Script script = script_of(c);
  return script == Script::kLatin || script == Script::kCyrillic || script == Script::kGreek ||
         script == Script::kHan;
}

bool is_separator_sign(char32_t c) {
  return c == U'.' || c == U'-' || c == U'*' || c == U'_' || c == U'\u00B7' || c == U'\u2022' ||
         c == U'\u2013';
}

bool belongs_to_emoji(char32_t c) {
  return is_emoji(c) || c == 0xFE0F || c == 0x200D;
}

struct Separator {
  char32_t kind = kNoSeparator;  // the sign itself, a blank, or kEmojiSeparator
  bool spaced = false;           // with a blank on both sides
  std::size_t end = 0;
};

struct Run {
  std::u32string letters;
  Separator separator;  // between the last two
  std::size_t end = 0;
};

class SpacedLetters {
 public:
  SpacedLetters(std::string_view text, Disguise& disguise) : disguise_(disguise) {
    in_.reserve(text.size());
    for (std::size_t pos = 0; pos < text.size();) in_ += next_code_point(text, pos);
  }

  std::string run() {
    std::string out;
    out.reserve(in_.size());
    for (std::size_t i = 0; i < in_.size();) {
      if (!is_single(i)) {
        append_utf8(out, in_[i++]);
        continue;
      }
      const Run found = run_from(i);
      const bool joined = found.letters.size() >= kMinLetters && stands_alone(i, found);
      if (joined) {
        for (const char32_t c : found.letters) append_utf8(out, c);
        ++disguise_.spaced_words;
      } else {
        for (std::size_t j = i; j < found.end; ++j) append_utf8(out, in_[j]);
      }
      i = found.end;
    }
    return out;
  }

 private:
  bool is_single(std::size_t i) const {
    if (i >= in_.size() || !is_letter(in_[i])) return false;
    if (i > 0 && is_wordy(in_[i - 1])) return false;
    if (i + 1 < in_.size() && is_wordy(in_[i + 1])) return false;
    return may_be_spaced(in_[i]);
  }

  // What stands at `i`: a sign or emoji with a blank on both sides or on none, or one blank. The blanks
  // matter: dots alone part the letters of a word, dots with blanks behind them part abbreviations.
  Separator separator_at(std::size_t i) const {
    const bool blank = i < in_.size() && in_[i] == U' ';
    if (blank) ++i;
    Separator found;
    if (i < in_.size() && is_separator_sign(in_[i])) {
      found = {in_[i], blank, i + 1};
    } else {
      std::size_t end = i;
      while (end < in_.size() && end - i < kMaxEmoji && belongs_to_emoji(in_[end])) ++end;
      if (end > i) found = {kEmojiSeparator, blank, end};
    }
    if (found.kind == kNoSeparator) return blank ? Separator{U' ', false, i} : found;
    const bool blank_behind = found.end < in_.size() && in_[found.end] == U' ';
    if (blank != blank_behind) return {};
    if (blank_behind) ++found.end;
    return found;
  }

  Run run_from(std::size_t i) const {
    Run run{std::u32string(1, in_[i]), {}, i + 1};
    while (true) {
      const Separator next = separator_at(run.end);
      if (next.kind == kNoSeparator || !is_single(next.end)) return run;
      const bool first = run.letters.size() == 1;
      if (!first && (next.kind != run.separator.kind || next.spaced != run.separator.spaced)) return run;
      run.separator = next;
      run.letters += in_[next.end];
      run.end = next.end + 1;
    }
  }

  // Not a piece of a host name, a path, a query or a longer dotted word.
  bool stands_alone(std::size_t start, const Run& run) const {
    if (run.separator.kind == U' ' || run.separator.kind == kEmojiSeparator) return true;
    constexpr std::u32string_view kUrlSigns = U"/@=&#?:\\";
    if (start > 0) {
      if (kUrlSigns.find(in_[start - 1]) != std::u32string_view::npos) return false;
      if (start > 1 && in_[start - 1] == run.separator.kind && is_wordy(in_[start - 2])) return false;
    }
    if (run.end < in_.size()) {
      if (std::u32string_view(U"/@=").find(in_[run.end]) != std::u32string_view::npos) return false;
      if (run.end + 1 < in_.size() && in_[run.end] == run.separator.kind && is_wordy(in_[run.end + 1]))
        return false;
    }
    return true;
  }

  Disguise& disguise_;
  std::u32string in_;
};

bool is_ascii_letter(char c) {
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

bool is_ascii_wordy(char c) {
  return is_ascii_letter(c) || (c >= '0' && c <= '9');
}

// A cheap test that sends most texts past the walk: at least four lone letters or other bytes of non-ASCII
// text.
bool may_have_runs(std::string_view text) {
  std::size_t lone = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (static_cast<unsigned char>(text[i]) >= 0x80) return true;
    if (!is_ascii_letter(text[i])) continue;
    if (i > 0 && is_ascii_wordy(text[i - 1])) continue;
    if (i + 1 < text.size() && is_ascii_wordy(text[i + 1])) continue;
    if (++lone == kMinLetters) return true;
  }
  return false;
}

}  // namespace

std::string without_spacing(std::string_view plain, Disguise& disguise) {
  return may_have_runs(plain) ? SpacedLetters(plain, disguise).run() : std::string(plain);
}

}  // namespace winnow
