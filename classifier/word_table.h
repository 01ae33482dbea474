// WordTable: values by words, made once and asked very often. Open addressing, at most half full; a word that
// is not there is mostly known by its hash alone.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "classifier/fingerprint.h"

namespace winnow {

// Thread rule: const methods from any number of threads while nobody writes. Words are kept as views: what
// they point to outlives the table. A word that was not put in cannot make it slow: the places are those of
// the words that are in it.
template <typename Value>
class WordTable {
 public:
  struct Entry {
    std::string_view word;
    Value value;
  };

  const Value* find(std::string_view word) const { return find(word, word_hash(word)); }
  // `hash`: word_hash(word).
  const Value* find(std::string_view word, std::uint64_t hash) const {
    if (slots_.empty()) return nullptr;
    for (std::size_t i = hash & mask_;; i = (i + 1) & mask_) {
      const Slot& slot = slots_[i];
      if (slot.number == kFree) return nullptr;
      if (slot.tag == tag_of(hash) && entries_[slot.number].word == word) return &entries_[slot.number].value;
    }
  }
  Value* find(std::string_view word, std::uint64_t hash) {
    return const_cast<Value*>(std::as_const(*this).find(word, hash));
  }
  bool contains(std::string_view word) const { return find(word) != nullptr; }

  // The value of the word, a new one if it has none. Good until the next call.
  Value& operator[](std::string_view word) {
    const std::uint64_t hash = word_hash(word);
    if (Value* const known = find(word, hash)) return *known;
    entries_.push_back({word, Value()});
    if (2 * entries_.size() > slots_.size())
      grow(std::max<std::size_t>(16, 2 * slots_.size()));
    else
      place(hash, static_cast<std::uint32_t>(entries_.size() - 1));
    return entries_.back().value;
  }

  // Room for so many words.
  void reserve(std::size_t words) {
    entries_.reserve(words);
    grow(std::bit_ceil(2 * words + 2));
  }

  // In the order in which they were put in.
  const std::vector<Entry>& entries() const { return entries_; }
  std::vector<Entry>& entries() { return entries_; }
  std::size_t size() const { return entries_.size(); }

 private:
  static constexpr std::uint32_t kFree = 0xffffffff;
  struct Slot {
    std::uint32_t tag = 0;
    std::uint32_t number = kFree;
  };

  static std::uint32_t tag_of(std::uint64_t hash) { return static_cast<std::uint32_t>(hash >> 32); }

  void place(std::uint64_t hash, std::uint32_t number) {
    std::size_t i = hash & mask_;
    while (slots_[i].number != kFree) i = (i + 1) & mask_;
    slots_[i] = {tag_of(hash), number};
  }

  void grow(std::size_t slots) {
    slots_.assign(slots, {});
    mask_ = slots - 1;
    for (std::uint32_t i = 0; i < entries_.size(); ++i) place(word_hash(entries_[i].word), i);
  }

  std::vector<Entry> entries_;
  std::vector<Slot> slots_;  // a power of two
  std::size_t mask_ = 0;
};

}  // namespace winnow
