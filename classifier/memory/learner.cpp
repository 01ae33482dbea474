#include "classifier/memory/learner.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "classifier/number_text.h"
#include "classifier/score.h"

namespace winnow {
namespace {

// Weights.
constexpr double kRate = 0.35;
constexpr double kFirstGradients = 0.001;  // as if a token had taught so much before its first,
constexpr double kCommonGradients = 0.02;  // and so much more for a token that all comments have
constexpr double kMargin = 3;              // points beyond which a label is clear
constexpr int kSteps = 4;                  // at most, on one comment

// Counts.
constexpr double kCountWeight = 0.45;
constexpr double kCountSoftness = 0.1;  // |points| of x become x / (1 + x / 10)
constexpr double kCountPrior = 0.5;
constexpr double kBackgroundComments = 10;  // of each label, before the first report
constexpr double kCountMargin = 4;          // clearer comments than this are not counted

// The offset. What agrees with the label is believed less while learning, so that the learner comes to know
// it by itself.
constexpr double kOffsetLimit = 8;
constexpr double kAgreement = 0.3;
constexpr double kMostTakenBack = 0.8;
constexpr double kMistakesForHalf = 50;

// Points of so little are halved: two comments on anything at all have something in common.
constexpr double kWhisper = 0.7;

constexpr std::size_t kWordsNamed = 3;
constexpr std::size_t kFirstSlots = 64;
constexpr std::uint16_t kMostCounted = 0xffff;

std::size_t place_of(std::uint32_t token, std::size_t slots) {
  return (token * 0x9e3779b97f4a7c15U >> 32) & (slots - 1);
}

}  // namespace

const TokenWeight* Learner::find(std::uint32_t token) const {
  if (slots_.empty()) return nullptr;
  for (std::size_t i = place_of(token, slots_.size()); !slots_[i].is_empty();
       i = (i + 1) & (slots_.size() - 1))
    if (slots_[i].token == token) return &slots_[i];
  return nullptr;
}

// The caller makes it say something before the next call.
TokenWeight& Learner::at(std::uint32_t token) {
  if (2 * (used_ + 1) > slots_.size()) grow(std::max(kFirstSlots, 2 * slots_.size()));
  std::size_t i = place_of(token, slots_.size());
  while (!slots_[i].is_empty() && slots_[i].token != token) i = (i + 1) & (slots_.size() - 1);
  if (slots_[i].is_empty()) {
    slots_[i].token = token;
    ++used_;
  }
  return slots_[i];
}

void Learner::grow(std::size_t slots) {
  std::vector<TokenWeight> before(slots);
  before.swap(slots_);
  used_ = 0;
  for (const TokenWeight& weight : before)
    if (!weight.is_empty()) at(weight.token) = weight;
}

double Learner::taken_back(double offset) const {
  const auto mistakes = static_cast<double>(totals_.mistakes);
  return std::clamp(offset, -kOffsetLimit, kOffsetLimit) * kMostTakenBack * mistakes /
         (mistakes + kMistakesForHalf);
}

double Learner::by_weights(const TokenList& list) const {
  double sum = 0;
  for (const Token& token : list.tokens)
    if (const TokenWeight* weight = find(token.hash))
      sum += static_cast<double>(weight->points * token.value);
  return sum;
}

// Log-odds of the label by one token: its counts, on top of those of the background, against all comments'.
double Learner::log_odds(const TokenWeight* known, double background) const {
  const double common = kBackgroundComments * background;
  const double spam = (known ? known->spam : 0) + common, ham = (known ? known->ham : 0) + common;
  if (spam + ham <= 0) return 0;
  const double in_spam = spam / (static_cast<double>(totals_.spam) + kBackgroundComments);
  const double in_ham = ham / (static_cast<double>(totals_.ham) + kBackgroundComments);
  const double seen = spam + ham;
  const double share = (kCountPrior / 2 + seen * in_spam / (in_spam + in_ham)) / (kCountPrior + seen);
  return std::log(share / (1 - share));
}

double Learner::by_counts(const TokenList& list, const Background& background) const {
  double sum = 0;
  for (const Token& token : list.tokens)
    sum += log_odds(find(token.hash), background.share(token.hash)) * static_cast<double>(token.value);
  sum *= kCountWeight;
  return sum / (1 + kCountSoftness * std::abs(sum));
}

double Learner::points(const TokenList& list, double offset, const Background& background) const {
  const double learned = by_weights(list) + by_counts(list, background) - taken_back(offset);
  return learned * std::abs(learned) / (std::abs(learned) + kWhisper);
}

double Learner::share_of(const Token& token, const Background& background) const {
  const TokenWeight* known = find(token.hash);
  const double weight = known ? static_cast<double>(known->points) : 0;
  return (weight + kCountWeight * log_odds(known, background.share(token.hash))) *
         static_cast<double>(token.value);
}

void Learner::add_shares(const TokenList& list, double offset, const Background& background,
                         std::span<double> shares) const {
  double counted = 0;
  for (const Token& token : list.tokens)
    counted += log_odds(find(token.hash), background.share(token.hash)) * static_cast<double>(token.value);
  const double of_counts = kCountWeight / (1 + kCountSoftness * std::abs(kCountWeight * counted));
  const double learned = std::abs(by_weights(list) + of_counts * counted - taken_back(offset));
  const double of_all = learned / (learned + kWhisper);
  for (std::size_t i = 0; i < list.tokens.size(); ++i) {
    const Token& token = list.tokens[i];
    const TokenWeight* known = find(token.hash);
    const double weight = known ? static_cast<double>(known->points) : 0;
    shares[i] += of_all * (weight + of_counts * log_odds(known, background.share(token.hash))) *
                 static_cast<double>(token.value);
  }
}

bool Learner::learn(const TokenList& list, bool spam, double offset, const Background& background) {
  const double sign = spam ? 1 : -1;
  const double counted = by_counts(list, background);
  double fixed = std::clamp(offset, -kOffsetLimit, kOffsetLimit) - taken_back(offset);
  const bool mistake = sign * (fixed + counted + by_weights(list)) < 0;
  if (sign * fixed > 0) fixed *= kAgreement;
  fixed += counted;
  const double before = sign * (fixed + by_weights(list));
  for (int step = 0; step < kSteps; ++step) {
    const double sum = fixed + by_weights(list);
    if (sign * sum >= kMargin) break;
    const double error = (spam ? 1 : 0) - sigmoid(sum);
    for (const Token& token : list.tokens) {
      TokenWeight& weight = at(token.hash);
      const double gradient = error * static_cast<double>(token.value);
      weight.gradients += static_cast<float>(gradient * gradient);
      weight.points +=
          static_cast<float>(kRate * gradient /
                             std::sqrt(kFirstGradients + kCommonGradients * background.share(token.hash) +
                                       static_cast<double>(weight.gradients)));
    }
  }
  if (before < kCountMargin) {
    for (const Token& token : list.tokens) {
      TokenWeight& weight = at(token.hash);
      std::uint16_t& count = spam ? weight.spam : weight.ham;
      if (count < kMostCounted) ++count;
    }
    ++(spam ? totals_.spam : totals_.ham);
  }
  totals_.mistakes += mistake;
  return before < kMargin;
}

std::vector<TokenWeight> Learner::weights() const {
  std::vector<TokenWeight> weights;
  for (const TokenWeight& weight : slots_)
    if (!weight.is_empty()) weights.push_back(weight);
  std::ranges::sort(weights, {}, &TokenWeight::token);
  return weights;
}

void Learner::restore(const LearnerTotals& totals, const std::vector<TokenWeight>& weights) {
  totals_ = totals;
  slots_.clear();
  used_ = 0;
  grow(std::max(kFirstSlots, std::bit_ceil(2 * weights.size() + 2)));
  for (const TokenWeight& weight : weights) at(weight.token) = weight;
}

void Learner::shrink() {
  std::vector<TokenWeight> kept = weights();
  std::ranges::stable_sort(kept, {}, [](const TokenWeight& weight) {
    return -std::abs(weight.points) - static_cast<float>(std::abs(weight.spam - weight.ham));
  });
  kept.resize(kept.size() / 2);
  restore(totals_, kept);
}

const Learner* Learners::find(std::int64_t site) const {
  const auto learner = learners_.find(site);
  return learner == learners_.end() ? nullptr : &learner->second;
}

bool Learners::learn(std::int64_t site, const TokenList& list, bool spam, double offset,
                     const Background& background) {
  Learner& learner = learners_[site];
  used_ -= learner.size();
  const bool learned = learner.learn(list, spam, offset, background);
  used_ += learner.size();
  while (used_ > most_) {
    Learner& largest =
        std::ranges::max_element(learners_, {}, [](const auto& each) { return each.second.size(); })->second;
    used_ -= largest.size();
    largest.shrink();
    used_ += largest.size();
  }
  return learned;
}

void Learners::restore(std::int64_t site, const LearnerTotals& totals,
                       const std::vector<TokenWeight>& weights) {
  Learner& learner = learners_[site];
  used_ -= learner.size();
  learner.restore(totals, weights);
  used_ += learner.size();
}

std::string words_that_count(const Learner& learner, const TokenList& list, const Background& background) {
  std::map<std::string_view, double> shares;
  for (const auto& [word, hash] : list.words) {
    const auto token = std::ranges::lower_bound(list.tokens, hash, {}, &Token::hash);
    if (token != list.tokens.end()) shares[word] = learner.share_of(*token, background);
  }
  std::vector<std::pair<std::string_view, double>> largest(shares.begin(), shares.end());
  std::ranges::stable_sort(largest, std::greater(), [](const auto& each) { return std::abs(each.second); });
  std::string named;
  for (std::size_t i = 0; i < std::min(kWordsNamed, largest.size()) && largest[i].second != 0; ++i)
    named += (named.empty() ? ", most by \"" : ", \"") + std::string(largest[i].first) + "\" " +
             with_sign(largest[i].second, 2);
  return named;
}

}  // namespace winnow
