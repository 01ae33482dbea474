// Mistakes: the comments that a judge got most wrong.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "classifier/verdict.h"
#include "tools/training/dataset.h"

namespace winnow {

// Whether the words of people's comments are kept: they are what a data set holds of its owners' trust.
enum class Words { kLeftOut, kKept };

struct Mistake {
  std::string id;
  std::string source;
  std::string lang;
  Verdict verdict;  // its signals' details are empty if words are left out: they name words of the comment
  std::string content;  // empty if words are left out
  long copies = 1;      // comments with the same text that were got wrong the same way; this one is the worst
};

// The worst mistakes of one kind. Thread rule: one thread.
class Mistakes {
 public:
  // `spam`: spam that was let through, else ham that was caught. `most`: how many are kept, at least 1.
  Mistakes(bool spam, std::size_t most, Words words);
  // Passes over verdicts that are right or of the other kind.
  void add(const Row& row, const Verdict& verdict);

  // At most `most`, worst first, equal scores by id. Comments whose texts have the same text_key() are one
  // mistake.
  std::vector<Mistake> worst() const;
  long count() const { return count_; }  // all mistakes, with copies
  std::size_t distinct() const { return copies_.size(); }

 private:
  struct Kept {
    std::uint64_t text_key;
    Mistake mistake;
  };
  bool is_worse(const Mistake& a, const Mistake& b) const;
  void keep_worst(std::vector<Kept>& kept) const;

  bool spam_;
  std::size_t most_;
  Words words_;
  long count_ = 0;
  std::vector<Kept> kept_;  // at most twice as many as are asked for
  std::unordered_map<std::uint64_t, long> copies_;
};

}  // namespace winnow
