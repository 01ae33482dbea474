#include "classifier/memory/tokens.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace winnow {
namespace {

std::set<std::uint32_t> hashes_of(const Comment& comment) {
  std::set<std::uint32_t> hashes;
  for (const Token& token : learner_tokens(Features(comment)).tokens) hashes.insert(token.hash);
  return hashes;
}

std::set<std::uint32_t> hashes_of(const std::string& content) {
  Comment comment;
  comment.content = content;
  return hashes_of(comment);
}

double shared(const std::set<std::uint32_t>& a, const std::set<std::uint32_t>& b) {
  const auto both = std::ranges::count_if(a, [&](std::uint32_t hash) { return b.contains(hash); });
  return static_cast<double>(both) / static_cast<double>(std::max(a.size(), b.size()));
}

TEST_CASE("tokens are each once, in order, of positive value") {
  Comment comment;
  comment.content = "the lamp, the lamp and the lamp";
  const TokenList list = learner_tokens(Features(comment));
  CHECK(std::ranges::is_sorted(list.tokens, std::less_equal(), &Token::hash));
  CHECK(std::ranges::adjacent_find(list.tokens, {}, &Token::hash) == list.tokens.end());
  for (const Token& token : list.tokens) CHECK(token.value > 0);
}

TEST_CASE("look-alike letters, case and stretched letters make the same words") {
  CHECK(shared(hashes_of("visit the casino now"), hashes_of("VISIT the c\xD0\xB0sino now")) > 0.85);
  CHECK(shared(hashes_of("so coool"), hashes_of("so cooooooool")) > 0.8);
}

TEST_CASE("a changed link changes its host's tokens alone") {
  const double same = shared(hashes_of("look at my page http://one.example/a for lamps and more"),
                             hashes_of("look at my page http://two.example/b for lamps and more"));
  CHECK(same > 0.9);
  CHECK(same < 1);
}

TEST_CASE("author and page have tokens of their own") {
  Comment one, other;
  one.content = other.content = "a fine lamp";
  other.author = "Ann";
  CHECK(hashes_of(other).size() > hashes_of(one).size());
  other.author = "";
  other.post_title = "Ann";
  CHECK(hashes_of(other).size() == hashes_of(one).size() + 1);
}

TEST_CASE("of a very long comment the beginning is read") {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "word" + std::to_string(i) + " ";
  CHECK(hashes_of(text).size() < 6000);
  CHECK_FALSE(hashes_of("").empty());
}

TEST_CASE("every place of a token of the text is where it stands") {
  Comment comment;
  comment.content = "Sooooo  nice!! See http://one.example/a and nice";
  const Features features(comment);
  const TokenList list = learner_tokens(features);
  std::set<std::uint32_t> known;
  for (const Token& token : list.tokens) known.insert(token.hash);
  std::uint32_t nice = 0;
  for (const auto& [word, hash] : list.words)
    if (word == "nice") nice = hash;
  std::multiset<std::string> of_nice, all;
  for (const TokenPlace& place : token_places(features)) {
    CHECK(known.contains(place.hash));
    const std::string text = features.content.folded.substr(place.begin, place.end - place.begin);
    all.insert(text);
    if (place.hash == nice) of_nice.insert(text);
  }
  CHECK(of_nice == std::multiset<std::string>{"nice", "nice"});
  CHECK(all.contains("soo"));
  CHECK(all.contains("!!"));
  CHECK(all.contains("http://one.example/a"));
}

}  // namespace
}  // namespace winnow
