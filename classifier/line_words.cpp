#include "classifier/line_words.h"

#include <bit>
#include <cstddef>

#include "classifier/fingerprint.h"
#include "classifier/text_rows.h"

namespace winnow {
namespace {

// Numbers things in the order in which they come first: open addressing, twice as many slots as things.
class Numbers {
 public:
  explicit Numbers(std::size_t most) : slots_(std::bit_ceil(2 * most + 1)) {}

  // The number of a thing with that hash; `next` if it is new. `is(n)`: it is the n-th.
  template <typename Is>
  std::uint32_t of(std::uint64_t hash, std::uint32_t next, Is is) {
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = hash & mask;; i = (i + 1) & mask) {
      Slot& slot = slots_[i];
      if (slot.number == kFree) {
        slot = {hash, next};
        return next;
      }
      if (slot.hash == hash && is(slot.number)) return slot.number;
    }
  }

 private:
  static constexpr std::uint32_t kFree = 0xffffffff;
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t number = kFree;
  };
  std::vector<Slot> slots_;
};

}  // namespace

LineWords::LineWords(const std::vector<std::string_view>& line) {
  Numbers words(line.size()), pairs(line.size());
  words_.reserve(line.size());
  hashes_.reserve(line.size());
  text_hashes_.reserve(line.size());
  pairs_.reserve(line.size());
  word_at_.reserve(line.size());
  pair_at_.reserve(line.size());
  for (const std::string_view word : line) {
    const auto next = static_cast<std::uint32_t>(words_.size());
    const std::uint64_t hash = word_hash(word);
    const std::uint32_t number = words.of(hash, next, [&](std::uint32_t n) { return words_[n] == word; });
    word_at_.push_back(number);
    if (number != next) continue;
    words_.push_back(word);
    hashes_.push_back(hash);
    text_hashes_.push_back(text_hash(word));
  }
  constexpr std::uint64_t kSpread =
      0x9e3779b97f4a7c15;  // Knuth's multiplicative hashing, 2^64 by the golden ratio
  for (std::size_t i = 0; i < word_at_.size(); ++i) {
    const Pair pair{word_at_[i], i + 1 < word_at_.size() ? word_at_[i + 1] : kEnd};
    const std::uint64_t hash = ((std::uint64_t{pair.first} << 32 | pair.second) * kSpread) >> 32;
    const auto next = static_cast<std::uint32_t>(pairs_.size());
    const std::uint32_t number = pairs.of(hash, next, [&](std::uint32_t n) { return pairs_[n] == pair; });
    if (number == next) pairs_.push_back(pair);
    pair_at_.push_back(number);
  }
}

}  // namespace winnow
