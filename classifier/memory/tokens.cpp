#include "classifier/memory/tokens.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>

#include "classifier/fingerprint.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

constexpr std::size_t kMostCharacters = 3000;
constexpr std::size_t kCharacters = 4, kAuthorCharacters = 3;
constexpr std::size_t kMostPathWords = 6;
constexpr std::size_t kMostLinks = 50;
constexpr std::string_view kLinkMark = "\x01";  // stands in the text where a link is

// Kinds of tokens, and how loud each speaks (chosen by replays of a dozen sets in order of time).
enum class Kind : char {
  kWord = 'w',
  kNgram = 'g',
  kPlace = 'p',
  kFlag = 'f',
  kLink = 'l',
  kAuthorWord = 'a',
  kAuthorNgram = 'n',
  kPage = 't',
  kEvery = 'b',
};
std::uint32_t hash_of(Kind kind, std::string_view text) {
  return static_cast<std::uint32_t>(word_hash(text) * 31 + static_cast<unsigned char>(kind));
}
float loudness(Kind kind) {
  return kind == Kind::kWord || kind == Kind::kFlag ? 1.4F : 1.0F;
}
// Of the values' squares to the power of this is taken off; 0.5 would make all texts equally loud.
constexpr double kNorm = 0.45;

class Tokens {
 public:
  std::uint32_t add(Kind kind, std::string_view text) {
    const std::uint32_t hash = hash_of(kind, text);
    tokens_.push_back({hash, loudness(kind)});
    return hash;
  }
  void flag(std::string_view name) { add(Kind::kFlag, name); }
  void flag(std::string_view name, std::size_t value) { flag(std::string(name) + std::to_string(value)); }

  std::vector<Token> take() {
    std::ranges::sort(tokens_, {}, &Token::hash);
    const auto same = std::ranges::unique(tokens_, {}, &Token::hash);
    tokens_.erase(same.begin(), same.end());
    double squares = 0;
    for (const Token& token : tokens_) squares += static_cast<double>(token.value * token.value);
    const auto norm = static_cast<float>(std::pow(squares, -kNorm));
    for (Token& token : tokens_) token.value *= norm;
    return std::move(tokens_);
  }

 private:
  std::vector<Token> tokens_;
};

// A piece of content.folded.
struct Origin {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The text as the tokens see it: folded, links as marks, no character more than twice in a row, one blank at
// either end; and where its characters begin. `origins`: gets where each character comes from; may be null.
struct Body {
  explicit Body(std::string_view folded, std::vector<Origin>* origins = nullptr) : origins_(origins) {
    note({0, 0});
    text = " ";
    starts = {0};
    char32_t last = ' ', before_last = 0;
    for (std::size_t pos = 0; pos < folded.size() && starts.size() < kMostCharacters;) {
      const std::size_t from = pos;
      if (last == ' ' && is_link(folded.substr(pos))) {
        pos = std::min(folded.find(' ', pos), folded.size());
        append(kLinkMark);
        note({from, pos});
        before_last = 0, last = 1;
        continue;
      }
      char32_t c = next_code_point(folded, pos);
      if (c < ' ') c = ' ';
      if (c == last && (c == ' ' || c == before_last)) continue;
      append(c == ' ' ? " " : folded.substr(from, pos - from));
      note({from, pos});
      before_last = last, last = c;
    }
    if (last != ' ') {
      append(" ");
      note({folded.size(), folded.size()});
    }
    starts.push_back(text.size());
  }

  static bool is_link(std::string_view rest) {
    return rest.starts_with("http://") || rest.starts_with("https://") || rest.starts_with("www.");
  }

  void append(std::string_view character) {
    starts.push_back(text.size());
    text.append(character);
  }

  void note(Origin origin) const {
    if (origins_) origins_->push_back(origin);
  }

  std::string text;
  std::vector<std::size_t> starts;  // and the end

 private:
  std::vector<Origin>* origins_;
};

bool is_word_character(char32_t c) {
  return is_letter(c) || is_digit(c) || c == '_';
}

// Runs of letters and digits, and runs of what is neither and no blank.
std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  std::size_t start = 0;
  int kind = 0;  // of the run: 0 blanks, 1 letters, 2 others
  for (std::size_t pos = 0; pos < text.size();) {
    const std::size_t from = pos;
    const char32_t c = next_code_point(text, pos);
    const int is = c == ' ' ? 0 : is_word_character(c) ? 1 : 2;
    if (is == kind) continue;
    if (kind != 0) words.push_back(text.substr(start, from - start));
    start = from;
    kind = is;
  }
  if (kind != 0) words.push_back(text.substr(start));
  return words;
}

// Characters i..i+4 of the text are a token.
template <typename Take>
void for_each_ngram(const Body& body, Take take) {
  const std::string_view text = body.text;
  for (std::size_t i = 0; i + kCharacters < body.starts.size(); ++i)
    take(i, text.substr(body.starts[i], body.starts[i + kCharacters] - body.starts[i]));
}

void add_text(const Body& body, const std::vector<std::string_view>& words, Tokens& tokens, TokenList& list) {
  for (const std::string_view word : words) {
    const std::uint32_t hash = tokens.add(Kind::kWord, word);
    if (word.size() > 2) list.words.emplace_back(word, hash);
  }
  for_each_ngram(body, [&](std::size_t, std::string_view ngram) { tokens.add(Kind::kNgram, ngram); });
  if (words.empty()) return;
  tokens.add(Kind::kPlace, "first " + std::string(words.front()));
  tokens.add(Kind::kPlace, "last " + std::string(words.back()));
}

void add_author(const Features& features, Tokens& tokens) {
  for (const std::string_view word : features.author_words) tokens.add(Kind::kAuthorWord, word);
  const std::string name = "^" + std::string(clip_utf8(features.author.folded, 128)) + "$";
  std::vector<std::size_t> starts;
  for (std::size_t pos = 0; pos < name.size(); next_code_point(name, pos)) starts.push_back(pos);
  starts.push_back(name.size());
  for (std::size_t i = 0; i + kAuthorCharacters < starts.size(); ++i)
    tokens.add(Kind::kAuthorNgram,
               std::string_view(name).substr(starts[i], starts[i + kAuthorCharacters] - starts[i]));
}

void add_links(const Features& features, Tokens& tokens) {
  if (features.links.total == 0) return;
  tokens.add(Kind::kLink, "any");
  tokens.add(Kind::kLink, "count " + std::to_string(std::min<std::size_t>(features.links.total, 4)));
  std::size_t read = 0;
  for (const Link& link : features.links.links) {
    if (++read > kMostLinks) break;
    tokens.add(Kind::kLink, "host " + link.host);
    tokens.add(Kind::kLink, "domain " + link.domain);
    tokens.add(Kind::kLink, "suffix " + link.host.substr(link.host.rfind('.') + 1));
    std::size_t path_words = 0;
    for (const std::string_view word : words_of(link.path)) {
      if (word.size() < 3 || !is_word_character(static_cast<unsigned char>(word.front()))) continue;
      tokens.add(Kind::kLink, "path " + std::string(word));
      if (++path_words == kMostPathWords) break;
    }
  }
}

void add_page(const Comment& comment, Tokens& tokens) {
  if (!comment.permalink.empty()) tokens.add(Kind::kPage, comment.permalink);
  const std::string title = fold(clip_utf8(comment.post_title, 512));
  for (const std::string_view word : words_of(title)) tokens.add(Kind::kPage, word);
}

std::size_t width(std::size_t number) {
  return static_cast<std::size_t>(std::bit_width(number));
}

// 0 none, then below 8 %, 30 %, 70 % and the rest.
std::size_t capitals(const Shape& shape) {
  if (shape.upper == 0) return 0;
  const double share = static_cast<double>(shape.upper) / std::max(1, shape.letters);
  return share < 0.08 ? 1 : share < 0.3 ? 2 : share < 0.7 ? 3 : 4;
}

void add_flags(const Features& features, const Body& body, const std::vector<std::string_view>& words,
               Tokens& tokens) {
  const Shape& shape = features.shape;
  // Where words are written without blanks, a character is one.
  const int han_and_kana = shape.scripts[static_cast<std::size_t>(Script::kHan)] +
                           shape.scripts[static_cast<std::size_t>(Script::kKana)];
  const auto unspaced = static_cast<std::size_t>(han_and_kana);
  const std::set<std::string_view> distinct(words.begin(), words.end());
  tokens.flag("length", width(body.starts.size()));
  tokens.flag("words", width(words.size() + unspaced));
  tokens.flag("digits", width(static_cast<std::size_t>(shape.digits)));
  tokens.flag("capitals", capitals(shape));
  tokens.flag("exclamations", static_cast<std::size_t>(std::min(3, shape.exclamations)));
  tokens.flag("questions", static_cast<std::size_t>(std::min(2, shape.questions)));
  if (unspaced == 0 && !words.empty()) tokens.flag("distinct", 5 * distinct.size() / words.size());
  const std::string& plain = features.content.plain;
  std::size_t first = 0;
  if (!plain.empty()) {
    const char32_t opening = next_code_point(plain, first);
    if (is_letter(opening) && !is_upper(opening)) tokens.flag("small start");
    const auto closing = static_cast<unsigned char>(plain.back());
    if (closing < 0x80 && !is_word_character(closing)) tokens.flag("closed");
  }
  if (shape.emoji > 0) tokens.flag("emoji");
  if (features.links.total > 0) tokens.flag("links");
  if (plain.find('@') != std::string::npos) tokens.flag("at");
  if (shape.lines > 1) tokens.flag("lines");
}

}  // namespace

TokenList learner_tokens(const Features& features) {
  const Body body(features.content.folded);
  const std::vector<std::string_view> words = words_of(body.text);
  Tokens tokens;
  TokenList list;
  tokens.add(Kind::kEvery, "");
  add_text(body, words, tokens, list);
  add_author(features, tokens);
  add_links(features, tokens);
  add_page(features.comment, tokens);
  add_flags(features, body, words, tokens);
  list.tokens = tokens.take();
  return list;
}

std::vector<TokenPlace> token_places(const Features& features) {
  std::vector<Origin> origins;
  const Body body(features.content.folded, &origins);
  std::vector<TokenPlace> places;
  std::size_t character = 0;
  for (const std::string_view word : words_of(body.text)) {
    const auto begin = static_cast<std::size_t>(word.data() - body.text.data());
    while (body.starts[character] < begin) ++character;
    const std::size_t first = character;
    while (body.starts[character] < begin + word.size()) ++character;
    places.push_back({hash_of(Kind::kWord, word), origins[first].begin, origins[character - 1].end});
  }
  for_each_ngram(body, [&](std::size_t i, std::string_view ngram) {
    places.push_back({hash_of(Kind::kNgram, ngram), origins[i].begin, origins[i + kCharacters - 1].end});
  });
  return places;
}

}  // namespace winnow
