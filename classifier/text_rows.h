// Rows of a line, numbered as fastText does: every word, its character n-grams and each two neighbouring
// words (Dictionary::hash, computeSubwords and addWordNgrams of fastText 0.9.2).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace winnow {

// How a line is cut into rows.
struct TextShape {
  std::uint32_t min_ngram = 0;  // characters; 0 = no character n-grams
  std::uint32_t max_ngram = 0;  // at most 16
  std::uint32_t buckets = 0;    // rows for hashed n-grams, of characters and of words
  bool word_pairs = false;      // each two neighbouring words have a row, too (fastText's wordNgrams = 2)
  // A line's log-odds are the sum of its rows by their number to this power: 1, as fastText has it, is their
  // mean; below, a long line says more. 0..1.
  float length_power = 1;

  bool operator==(const TextShape&) const = default;
};

// The word that stands behind every line.
inline constexpr std::string_view kEndOfLine = "</s>";

inline constexpr std::uint32_t kTextHashStart = 2166136261u;
// FNV-1a over the bytes taken as signed.
inline std::uint32_t text_hash_step(std::uint32_t hash, char byte) {
  return (hash ^ static_cast<std::uint32_t>(static_cast<std::int8_t>(byte))) * 16777619u;
}

inline std::uint32_t text_hash(std::string_view word) {
  std::uint32_t hash = kTextHashStart;
  for (const char byte : word) hash = text_hash_step(hash, byte);
  return hash;
}

// Calls visit(word) for each blank-separated word.
template <typename Visit>
void for_each_word(std::string_view line, Visit visit) {
  std::size_t start = 0;
  while (start < line.size()) {
    const std::size_t end = std::min(line.find(' ', start), line.size());
    if (end > start) visit(line.substr(start, end - start));
    start = end + 1;
  }
}

// `hash` modulo the buckets; of a power of two, which models mostly have, it needs no division.
inline std::uint32_t bucket_of(const TextShape& shape, std::uint64_t hash) {
  const bool is_power = (shape.buckets & (shape.buckets - 1)) == 0;
  return static_cast<std::uint32_t>(is_power ? hash & (shape.buckets - 1) : hash % shape.buckets);
}

// Calls visit(bucket) for each run of min..max characters of "<word>", single characters at its ends left
// out.
template <typename Visit>
void for_each_ngram(const TextShape& shape, std::string_view word, Visit visit) {
  if (shape.max_ngram == 0 || shape.buckets == 0) return;
  const auto continues_character = [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
  };
  std::string marked;
  marked.reserve(word.size() + 2);
  marked.append("<").append(word).append(">");
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if (continues_character(marked[i])) continue;
    std::uint32_t hash = kTextHashStart;
    std::size_t j = i;
    for (std::uint32_t n = 1; j < marked.size() && n <= shape.max_ngram; ++n) {
      hash = text_hash_step(hash, marked[j++]);
      while (j < marked.size() && continues_character(marked[j])) hash = text_hash_step(hash, marked[j++]);
      if (n >= shape.min_ngram && !(n == 1 && (i == 0 || j == marked.size()))) visit(bucket_of(shape, hash));
    }
  }
}

// Whether neighbouring words have rows.
inline bool has_pairs(const TextShape& shape) {
  return shape.word_pairs && shape.buckets > 0;
}

// The bucket of two neighbours: the hashes of the words (text_hash), taken as signed 32-bit numbers, run
// through a multiplicative hash.
inline std::uint32_t pair_bucket(const TextShape& shape, std::uint32_t first, std::uint32_t second) {
  const auto widened = [](std::uint32_t hash) {
    return static_cast<std::uint64_t>(static_cast<std::int64_t>(static_cast<std::int32_t>(hash)));
  };
  return bucket_of(shape, widened(first) * 116049371u + widened(second));
}
inline std::uint32_t pair_bucket(const TextShape& shape, std::string_view first, std::string_view second) {
  return pair_bucket(shape, text_hash(first), text_hash(second));
}

}  // namespace winnow
