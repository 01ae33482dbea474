#include "classifier/fingerprint.h"

#include <array>
#include <bit>
#include <cstddef>
#include <vector>

#include "classifier/unicode.h"

namespace winnow {
namespace {

// FNV-1a, 64 bits (Fowler, Noll, Vo).
constexpr std::uint64_t kFnvOffset = 0xcbf29ce484222325;
constexpr std::uint64_t kFnvPrime = 0x100000001b3;

std::uint64_t fnv_1a(std::string_view bytes, std::uint64_t hash = kFnvOffset) {
  for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * kFnvPrime;
  return hash;
}

// FNV mixes its high bits poorly on short input, and every bit of a shingle has a vote: the finaliser of
// MurmurHash3.
std::uint64_t mix(std::uint64_t hash) {
  hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccd;
  hash = (hash ^ (hash >> 33)) * 0xc4ceb9fe1a85ec53;
  return hash ^ (hash >> 33);
}

// A hash for each word and for each letter or digit of the text.
struct Units {
  std::vector<std::uint64_t> words;
  std::vector<std::uint64_t> characters;
};

Units units_of(std::string_view folded) {
  Units units;
  std::size_t word_start = 0;
  bool in_word = false;
  const auto end_word = [&](std::size_t end) {
    if (in_word) units.words.push_back(word_hash(folded.substr(word_start, end - word_start)));
    in_word = false;
  };
  for (std::size_t pos = 0; pos < folded.size();) {
    const std::size_t start = pos;
    const char32_t c = next_code_point(folded, pos);
    if (!is_letter(c) && !is_digit(c)) {
      end_word(start);
      continue;
    }
    if (!in_word) word_start = start;
    in_word = true;
    units.characters.push_back(mix(c));
  }
  end_word(folded.size());
  return units;
}

// The votes of all runs of `width` units; of all units as one run if there are fewer.
std::uint64_t vote(const std::vector<std::uint64_t>& units, std::size_t width) {
  if (units.size() < width) width = units.size();
  std::array<std::int32_t, 64> votes{};
  for (std::size_t i = 0; i + width <= units.size(); ++i) {
    std::uint64_t shingle = 0;
    for (std::size_t j = 0; j < width; ++j) shingle = mix(shingle * kFnvPrime + units[i + j]);
    for (std::size_t bit = 0; bit < 64; ++bit) {
      votes[bit] += static_cast<std::int32_t>((shingle >> bit) & 1) * 2 - 1;
    }
  }
  std::uint64_t hash = 0;
  for (std::size_t bit = 0; bit < 64; ++bit) {
    if (votes[bit] > 0) hash |= std::uint64_t{1} << bit;
  }
  return hash;
}

constexpr std::size_t kWordShingle = 3;
constexpr std::size_t kCharacterShingle = 5;
// Words of more characters than this on average are sentences of a script that is written without blanks.
constexpr std::size_t kLongWord = 15;

}  // namespace

std::uint64_t text_key(std::string_view folded) {
  std::uint64_t hash = kFnvOffset;
  bool found = false;
  for (std::size_t pos = 0; pos < folded.size();) {
    const std::size_t start = pos;
    const char32_t c = next_code_point(folded, pos);
    if (!is_letter(c) && !is_digit(c)) continue;
    hash = fnv_1a(folded.substr(start, pos - start), hash);
    found = true;
  }
  return found ? hash : fnv_1a(folded);
}

std::uint64_t word_hash(std::string_view word) {
  return mix(fnv_1a(word));
}

std::vector<std::uint64_t> word_hashes(const std::vector<std::string_view>& words) {
  std::vector<std::uint64_t> hashes;
  hashes.reserve(words.size());
  for (const std::string_view word : words) hashes.push_back(word_hash(word));
  return hashes;
}

std::uint64_t simhash(std::string_view folded) {
  const Units units = units_of(folded);
  if (units.words.empty()) return word_hash(folded);
  const bool blanks = units.words.size() > 1 && units.characters.size() <= kLongWord * units.words.size();
  return blanks ? vote(units.words, kWordShingle) : vote(units.characters, kCharacterShingle);
}

int hamming_distance(std::uint64_t a, std::uint64_t b) {
  return std::popcount(a ^ b);
}

}  // namespace winnow
