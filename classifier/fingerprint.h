// What makes two comments "the same": exact after normalisation, or nearly. Pure and thread-safe.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace winnow {

// Key of a text up to markup, case, disguise, blanks and punctuation: a 64-bit FNV-1a hash over the letters
// and digits of NormalizedText::folded. Two texts with no letters and digits at all hash their bytes instead.
// Stable across versions: it is stored.
std::uint64_t text_key(std::string_view folded);

// 64-bit hash of a word, evenly spread in all bits. Stable across versions: it is stored.
std::uint64_t word_hash(std::string_view word);
std::vector<std::uint64_t> word_hashes(const std::vector<std::string_view>& words);

// 64-bit simhash (Charikar 2002) over word 3-shingles of NormalizedText::folded (character 5-grams for text
// without blanks). Near-duplicates differ in few bits.
std::uint64_t simhash(std::string_view folded);

// Number of differing bits, 0..64.
int hamming_distance(std::uint64_t a, std::uint64_t b);

}  // namespace winnow
