#include <algorithm>
#include <cstddef>
#include <iterator>
#include <optional>

#include "classifier/disguise.h"

namespace winnow {
namespace {

// "Leet": digits and signs written for the letters that they look like.

constexpr std::size_t kMinWord = 4;
constexpr std::size_t kMaxWord = 40;

bool is_letter_byte(char c) {
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

bool is_vowel(char c) {
  return std::string_view("aeiouy").find(static_cast<char>(c | 0x20)) != std::string_view::npos;
}

bool is_leet_sign(char c) {
  return c == '@' || c == '$' || c == '!';
}

bool is_leet_mark(char c) {
  return is_leet_sign(c) || c == '0' || c == '1' || c == '3' || c == '4' || c == '5' || c == '7';
}

bool is_word_byte(char c) {
  return is_letter_byte(c) || (c >= '0' && c <= '9') || is_leet_sign(c);
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

// Words that are written with a number behind them: "mp3s", "iphone5case", "python3pip".
constexpr std::string_view kNumbered[] = {
    "area",  "base",    "bs",     "chapter", "class",  "core",  "covid", "css",  "day",     "ddr",
    "dvd",   "ep",      "es",     "fig",     "galaxy", "grade", "gtx",   "hdmi", "html",    "ios",
    "ipad",  "iphone",  "ipv",    "level",   "log",    "lot",   "md",    "mk",   "model",   "mp",
    "no",    "page",    "part",   "pci",     "phase",  "php",   "pixel", "ps",   "psp",     "python",
    "route", "rtx",     "season", "sha",     "size",   "slf",   "step",  "top",  "type",    "usb",
    "ver",   "version", "vol",    "vue",     "web",    "week",  "wifi",  "win",  "windows", "xbox"};
static_assert(std::is_sorted(std::begin(kNumbered), std::end(kNumbered)));

// What a word that opens with a $ must be, or else it is a variable.
constexpr std::string_view kDollarWords[] = {"sale", "save",  "scam", "sex",     "sexy",  "shop",
                                             "slot", "slots", "spam", "special", "stock", "super"};

char letter_for(char mark) {
  switch (mark) {
    case '0':
      return 'o';
    case '3':
      return 'e';
    case '4':
    case '@':
      return 'a';
    case '5':
    case '$':
      return 's';
    case '7':
      return 't';
    default:
      return 'i';
  }
}

// `word`: lower case, its marks in place. 1 is an l beside an i and when doubled: on1ine, se11er.
std::string spelled(std::string_view word) {
  std::string out(word);
  for (std::size_t i = 0; i < word.size(); ++i) {
    if (!is_leet_mark(word[i])) continue;
    const char before = i > 0 ? word[i - 1] : ' ';
    const char after = i + 1 < word.size() ? word[i + 1] : ' ';
    const bool l = word[i] == '1' && (before == 'i' || after == 'i' || before == '1' || after == '1');
    out[i] = l ? 'l' : letter_for(word[i]);
  }
  return out;
}

struct Shape {
  std::size_t marks = 0;
  std::size_t groups = 0;       // runs of marks
  std::size_t first_group = 0;  // where the first starts
  std::size_t last_group = 0;   // where the last ends
  std::size_t digits = 0;
  bool even = true;  // no group but single marks and doubled ones
};

std::optional<Shape> shape_of(std::string_view word) {
  Shape shape;
  for (std::size_t i = 0; i < word.size();) {
    if (is_letter_byte(word[i])) {
      ++i;
      continue;
    }
    if (!is_leet_mark(word[i])) return std::nullopt;
    std::size_t end = i;
    while (end < word.size() && is_leet_mark(word[end])) ++end;
    for (std::size_t j = i; j < end; ++j) shape.digits += is_leet_sign(word[j]) ? 0 : 1;
    if (shape.groups == 0) shape.first_group = i;
    shape.last_group = end;
    shape.marks += end - i;
    ++shape.groups;
    shape.even = shape.even && (end - i == 1 || (end - i == 2 && word[i] == word[i + 1]));
    i = end;
  }
  return shape;
}

bool is_hexadecimal(std::string_view word) {
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

// A number that belongs to what it stands in: a version, a model, a protocol.
bool is_numbered(std::string_view word, const Shape& shape) {
  if (shape.groups != 1 || shape.digits == 0) return false;
  if (word.starts_with("w3")) return true;  // w3c, w3schools
  if (std::binary_search(std::begin(kNumbered), std::end(kNumbered), word.substr(0, shape.first_group)))
    return true;
  const bool stands_for_for = word[shape.first_group] == '4' && shape.marks == 1;  // "webhost4life"
  if (stands_for_for && shape.first_group >= 3 && word.size() - shape.last_group >= 3) return true;
  if (shape.last_group + 1 < word.size()) return false;
  // One letter behind the digit: "fr3e" and "sl0t" are words, "gt5x" is a model.
  const std::string_view stem = word.substr(0, shape.first_group);
  const bool has_vowel = std::any_of(stem.begin(), stem.end(), is_vowel);
  const char digit = word[shape.first_group];
  return has_vowel || word.size() > 5 || digit == '5' || digit == '7';
}

// A sign may be what it seems: "Wow!Great", "meet@home".
bool signs_are_letters(std::string_view word) {
  for (std::size_t i = 1; i < word.size(); ++i) {
    if (word[i] == '!' && (i != 1 || is_vowel(word[0]))) return false;
    if (word[i] == '@' && i > 3) return false;
  }
  return true;
}

// Capitals in the middle of small letters are of a code, not of a word.
bool is_evenly_cased(std::string_view written) {
  bool upper = false;
  bool small = false;
  for (const char c : written.substr(1)) {
    upper = upper || (c >= 'A' && c <= 'Z');
    small = small || (c >= 'a' && c <= 'z');
  }
  return !(upper && small);
}

std::optional<std::string> dollar_word(std::string_view word) {
  const std::string read = spelled(word);
  const bool known =
      std::find(std::begin(kDollarWords), std::end(kDollarWords), read) != std::end(kDollarWords);
  return known ? std::optional(read) : std::nullopt;
}

std::optional<std::string> word_of(std::string_view written) {
  if (written.size() > kMaxWord) return std::nullopt;
  const std::string word = lower(written);
  if (word.starts_with('$')) return dollar_word(word);
  if (word.size() < kMinWord) return std::nullopt;
  if (word.starts_with("fr33")) return is_evenly_cased(written) ? std::optional(spelled(word)) : std::nullopt;
  const auto shape = shape_of(word);
  if (!shape || shape->marks == 0 || !is_evenly_cased(written)) return std::nullopt;
  if (!is_letter_byte(word.back())) return std::nullopt;
  if (!is_letter_byte(word[0]) || !shape->even || shape->marks * 10 > word.size() * 4) return std::nullopt;
  if (shape->digits > 1 && is_hexadecimal(word)) return std::nullopt;
  if (is_numbered(word, *shape) || !signs_are_letters(word)) return std::nullopt;
  return spelled(word);
}

// Anything with a host name in it: a URL, an e-mail address, a bare domain.
bool is_address(std::string_view token) {
  if (token.find("://") != std::string_view::npos || lower(token.substr(0, 4)) == "www.") return true;
  for (std::size_t dot = token.find('.'); dot != std::string_view::npos; dot = token.find('.', dot + 1)) {
    if (dot == 0 || dot + 2 >= token.size()) continue;
    const bool host_before =
        is_letter_byte(token[dot - 1]) || (token[dot - 1] >= '0' && token[dot - 1] <= '9');
    if (host_before && is_letter_byte(token[dot + 1]) && is_letter_byte(token[dot + 2])) return true;
  }
  return false;
}

void copy_token(std::string_view token, std::string& out, Disguise& disguise) {
  if (std::none_of(token.begin(), token.end(), is_leet_mark) || is_address(token)) {
    out.append(token);
    return;
  }
  for (std::size_t i = 0; i < token.size();) {
    std::size_t end = i;
    while (end < token.size() && is_word_byte(token[end])) ++end;
    if (end == i) {
      out += token[i++];
      continue;
    }
    std::size_t word_end = end;
    while (word_end > i && token[word_end - 1] == '!') --word_end;
    // Beside a letter beyond ASCII it is a piece of a longer word.
    const bool whole = (i == 0 || static_cast<unsigned char>(token[i - 1]) < 0x80) &&
                       (end == token.size() || static_cast<unsigned char>(token[end]) < 0x80);
    const auto read = whole ? word_of(token.substr(i, word_end - i)) : std::nullopt;
    if (read) {
      out.append(*read);
      ++disguise.leet_words;
    } else {
      out.append(token.substr(i, word_end - i));
    }
    out.append(token.substr(word_end, end - word_end));
    i = end;
  }
}

}  // namespace

std::string without_leet(std::string_view plain, Disguise& disguise) {
  if (std::none_of(plain.begin(), plain.end(), is_leet_mark)) return std::string(plain);
  std::string out;
  out.reserve(plain.size());
  for (std::size_t pos = 0; pos < plain.size();) {
    const std::size_t end = std::min(plain.find(' ', pos), plain.size());
    copy_token(plain.substr(pos, end - pos), out, disguise);
    if (end < plain.size()) out += ' ';
    pos = end + 1;
  }
  return out;
}

}  // namespace winnow
