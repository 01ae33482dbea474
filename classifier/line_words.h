// LineWords: the words of a line, the same ones found once, so that what a text model has to look up for a
// word is looked up once.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace winnow {

// Holds views into the line. Linear in it, but for words that were made to have one hash: a line has a
// thousand words at most (model_words()), and these are told apart by 64 bits before they are compared.
class LineWords {
 public:
  // Two words of which one stands behind the other; the last word of the line stands before no other.
  struct Pair {
    std::uint32_t first = 0;
    std::uint32_t second = 0;  // kEnd: the end of the line

    bool operator==(const Pair&) const = default;
  };
  static constexpr std::uint32_t kEnd = 0xffffffff;

  explicit LineWords(const std::vector<std::string_view>& line);

  // Each word once, in the order in which they come first; others tell of a word by its place here.
  const std::vector<std::string_view>& words() const { return words_; }
  // Their word_hash(), and their text_hash() (classifier/text_rows.h).
  const std::vector<std::uint64_t>& hashes() const { return hashes_; }
  const std::vector<std::uint32_t>& text_hashes() const { return text_hashes_; }
  const std::vector<Pair>& pairs() const { return pairs_; }
  // For each place of the line: its word, and the pair that begins there.
  std::span<const std::uint32_t> word_at() const { return word_at_; }
  std::span<const std::uint32_t> pair_at() const { return pair_at_; }

 private:
  std::vector<std::string_view> words_;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint32_t> text_hashes_;
  std::vector<Pair> pairs_;
  std::vector<std::uint32_t> word_at_;
  std::vector<std::uint32_t> pair_at_;
};

}  // namespace winnow
