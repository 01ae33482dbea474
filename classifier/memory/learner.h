// Learner: a linear model that learns online, from one comment after another.
//
// Two parts add up. Counts: how often each token was in spam and in ham, as log-odds (naive Bayes), so that a
// single report is felt at once. Weights: logistic regression on top of them, trained on error and near-error
// with steps that shrink where a token has taught much (Goodman & Yih 2006, "Online discriminative spam
// filter training"; AdaGrad, Duchi, Hazan & Singer 2011), which put right what counting gets wrong. The
// constants were chosen by replaying a dozen labelled sets in order of time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "classifier/memory/background.h"
#include "classifier/memory/tokens.h"

namespace winnow {

// What is known of a token.
struct TokenWeight {
  std::uint32_t token = 0;
  float points = 0;        // its weight
  float gradients = 0;     // sum of squares
  std::uint16_t spam = 0;  // comments that had it
  std::uint16_t ham = 0;

  bool is_empty() const { return gradients == 0 && spam == 0 && ham == 0; }
};

// Comments that were counted, and judged wrongly at first.
struct LearnerTotals {
  std::int64_t spam = 0;
  std::int64_t ham = 0;
  std::int64_t mistakes = 0;
};

// Thread rule: const methods from any thread while nobody writes.
class Learner {
 public:
  // Log-odds to add to `offset`, the points that the comment has beside these. The more often the offset was
  // wrong, the more of it they take back.
  double points(const TokenList& list, double offset, const Background& background) const;
  // The share of one token of the list in that, about.
  double share_of(const Token& token, const Background& background) const;

  // Adds to each of `shares`, one a token of the list, its part of those points. They and what is taken back
  // of the offset sum to points().
  void add_shares(const TokenList& list, double offset, const Background& background,
                  std::span<double> shares) const;

  // Teaches the label. False if there was nothing to learn: the sum shows the label clearly.
  bool learn(const TokenList& list, bool spam, double offset, const Background& background);

  std::size_t size() const { return used_; }
  // Drops the half of the weights that say least.
  void shrink();

  const LearnerTotals& totals() const { return totals_; }
  // In the order of their tokens.
  std::vector<TokenWeight> weights() const;
  void restore(const LearnerTotals& totals, const std::vector<TokenWeight>& weights);

 private:
  const TokenWeight* find(std::uint32_t token) const;
  TokenWeight& at(std::uint32_t token);
  void grow(std::size_t slots);
  double taken_back(double offset) const;
  double by_weights(const TokenList& list) const;
  double by_counts(const TokenList& list, const Background& background) const;
  double log_odds(const TokenWeight* known, double background) const;

  std::vector<TokenWeight> slots_;  // open addressing, a power of two, at most half in use
  std::size_t used_ = 0;
  LearnerTotals totals_;
};

// The learners of all sites, and one for what counts everywhere. Together they keep a bounded number of
// weights: beyond it the largest learner shrinks.
class Learners {
 public:
  static constexpr std::int64_t kEverywhere = 0;  // beside the ids of sites

  // `most`: weights in all (about 32 bytes each).
  explicit Learners(std::size_t most) : most_(most) {}

  // The learner of a site; null if it has learned nothing.
  const Learner* find(std::int64_t site) const;
  bool learn(std::int64_t site, const TokenList& list, bool spam, double offset,
             const Background& background);

  const std::map<std::int64_t, Learner>& all() const { return learners_; }
  void restore(std::int64_t site, const LearnerTotals& totals, const std::vector<TokenWeight>& weights);

 private:
  std::size_t most_;
  std::size_t used_ = 0;
  std::map<std::int64_t, Learner> learners_;
};

// The words that count most in a learner's points, as ", most by \"casino\" +0.71, \"win\" +0.33"; "" if none
// does.
std::string words_that_count(const Learner& learner, const TokenList& list, const Background& background);

}  // namespace winnow
