// Tokens: what the online learner reads of a comment.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "classifier/features.h"

namespace winnow {

struct Token {
  std::uint32_t hash = 0;
  float value = 0;
};

// The tokens of one comment, each once: words and punctuation, character 4-grams, first and last word, links,
// the author's name, the page, and flags of how it is written. Its first 3,000 characters are read.
struct TokenList {
  // Ascending by hash. The sum of the squared values grows a little with their number: a long text says more.
  std::vector<Token> tokens;
  // Words of the text and the hashes of their tokens, to name those that counted.
  std::vector<std::pair<std::string, std::uint32_t>> words;
};

// Where a token of the text stands: a word, punctuation, or four characters.
struct TokenPlace {
  std::uint32_t hash = 0;
  std::size_t begin = 0;  // bytes of content.folded
  std::size_t end = 0;
};

// Pure and thread-safe; linear in the comment. Hashes are stable across versions: they are stored.
TokenList learner_tokens(const Features& features);

// Every place of the text's tokens, repeated ones each by itself, in no order. A link is read as one mark,
// whatever its address.
std::vector<TokenPlace> token_places(const Features& features);

}  // namespace winnow
