// WordTable: values by words, made once and asked very often. Open addressing, at most half full; a word that
// is not there is mostly known by its hash alone.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "classifier/fingerprint.h"

namespace winnow {

// A word as a table keeps it: a short one itself, so that it is compared without another look into memory; of
// a long one where it stands.
class KeptWord {
 public:
  explicit KeptWord(std::string_view word) : size_(static_cast<std::uint32_t>(word.size())) {
    const char* const place = word.data();
    if (size_ <= kShort)
      std::copy(word.begin(), word.end(), bytes_);
    else
      std::memcpy(bytes_ + kPlace, &place, sizeof place);
  }

  // Good as long as this.
  std::string_view view() const {
    if (size_ <= kShort) return {bytes_, size_};
    const char* place = nullptr;
    std::memcpy(&place, bytes_ + kPlace, sizeof place);
    return {place, size_};
  }

 private:
  static constexpr std::size_t kShort = 12, kPlace = 4;
  std::uint32_t size_;
  char bytes_[kShort] = {};
};

// Thread rule: const methods from any number of threads while nobody writes. Words are kept as views: what
// they point to outlives the table. A word that was not put in cannot make it slow: the places are those of
// the words that are in it.
template <typename Value>
class WordTable {
 public:
  struct Entry {
    KeptWord word;
    Value value;
  };

  const Value* find(std::string_view word) const { return find(word, word_hash(word)); }
  // `hash`: word_hash(word).
  const Value* find(std::string_view word, std::uint64_t hash) const {
    if (slots_.empty()) return nullptr;
    for (std::size_t i = hash & mask_;; i = (i + 1) & mask_) {
      const Slot& slot = slots_[i];
      if (slot.number == kFree) return nullptr;
      if (slot.tag == tag_of(hash) && entries_[slot.number].word.view() == word)
        return &entries_[slot.number].value;
    }
  }
  Value* find(std::string_view word, std::uint64_t hash) {
    return const_cast<Value*>(std::as_const(*this).find(word, hash));
  }
  bool contains(std::string_view word) const { return find(word) != nullptr; }
  // Words with these hashes are asked for soon: what is looked at for each is on its way from memory while
  // that for others is, too.
  void prefetch(std::span<const std::uint64_t> hashes) const {
    if (slots_.empty()) return;
    for (const std::uint64_t hash : hashes) __builtin_prefetch(&slots_[hash & mask_]);
    for (const std::uint64_t hash : hashes) {
      const Slot& slot = slots_[hash & mask_];
      if (slot.number != kFree && slot.tag == tag_of(hash)) __builtin_prefetch(&entries_[slot.number]);
    }
  }

  // The value of the word, a new one if it has none. Good until the next call.
  Value& operator[](std::string_view word) {
    const std::uint64_t hash = word_hash(word);
    if (Value* const known = find(word, hash)) return *known;
    entries_.push_back({KeptWord(word), Value()});
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
    for (std::uint32_t i = 0; i < entries_.size(); ++i) place(word_hash(entries_[i].word.view()), i);
  }

  std::vector<Entry> entries_;
  std::vector<Slot> slots_;  // a power of two
  std::size_t mask_ = 0;
};

}  // namespace winnow
