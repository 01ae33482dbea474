#include "tools/training/delta_trainer.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "classifier/features.h"
#include "classifier/history.h"
#include "classifier/score.h"
#include "tools/training/minimise.h"

namespace winnow {
namespace {

// Variables: the token numbers in use, then the rules in use, the start, the share.
struct Variables {
  std::vector<std::uint32_t> tokens;    // rising
  std::vector<std::string_view> rules;  // rising

  std::size_t start() const { return tokens.size() + rules.size(); }
  std::size_t share() const { return start() + 1; }
  std::size_t size() const { return share() + 1; }
};

struct FitExample {
  std::vector<std::pair<std::uint32_t, float>> tokens;  // positions and values
  std::vector<std::uint32_t> rules;
  double share_value = 0;
  double offset = 0;  // from the threshold
  double wanted = 0;
  double weight = 0;
};

template <typename T>
void sort_distinct(std::vector<T>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

Variables variables_of(std::span<const DeltaExample> reports) {
  Variables found;
  for (const DeltaExample& report : reports) {
    for (const Token& token : report.tokens) found.tokens.push_back(token_number(token.hash));
    found.rules.insert(found.rules.end(), report.base.rules.begin(), report.base.rules.end());
    // Kept short on the way: a comment's tokens are mostly those of others.
    if (found.tokens.size() > (std::size_t{1} << (kTokenBits + 2))) sort_distinct(found.tokens);
  }
  sort_distinct(found.tokens);
  sort_distinct(found.rules);
  return found;
}

// Where each token number stands among the variables; size of the whole for those that do not.
std::vector<std::uint32_t> positions_of(const Variables& variables) {
  std::vector<std::uint32_t> positions(std::size_t{1} << kTokenBits,
                                       static_cast<std::uint32_t>(variables.size()));
  for (std::size_t i = 0; i < variables.tokens.size(); ++i)
    positions[variables.tokens[i]] = static_cast<std::uint32_t>(i);
  return positions;
}

class Fit {
 public:
  Fit(std::span<const DeltaExample> reports, std::span<const DeltaExample> seed, double threshold,
      const DeltaOptions& options)
      : variables_(variables_of(reports)),
        options_(options),
        centre_(std::log(threshold / (1 - threshold))),
        positions_(positions_of(variables_)) {
    double spam = 0, ham = 0, seed_weight = 0;
    for (const DeltaExample& one : reports) (one.spam ? spam : ham) += one.weight;
    for (const DeltaExample& one : seed) seed_weight += one.weight;
    // Where nearly all reports are of spam, the few honest ones must not drown.
    const double report_ham = options.ham_weight * std::sqrt(std::max(1.0, spam / std::max(1.0, ham)));
    const double seed_times =
        seed.empty() ? 0 : std::max(options.least_seed, options.seed_share * (spam + ham)) / seed_weight;
    for (const DeltaExample& one : reports) add(one, one.weight * (one.spam ? 1 : report_ham));
    for (const DeltaExample& one : seed)
      add(one, one.weight * seed_times * (one.spam ? 1 : options.ham_weight));
    positions_ = {};
  }

  DeltaLayer run() const {
    const std::size_t size = variables_.size();
    std::vector<double> curvature(size);
    for (std::size_t i = 0; i < size; ++i) curvature[i] = pull(i);
    for (const FitExample& one : examples_) {
      const double q = 0.25 * one.weight;
      for (const auto& [i, value] : one.tokens) curvature[i] += q * static_cast<double>(value * value);
      for (const std::uint32_t i : one.rules) curvature[i] += q;
      curvature[variables_.start()] += q;
      curvature[variables_.share()] += q * one.share_value * one.share_value;
    }
    const std::vector<double> found = minimise(
        [this](std::span<const double> at, std::vector<double>& gradient) { return loss(at, gradient); },
        std::vector<double>(size), curvature);
    DeltaLayer layer;
    layer.start = found[variables_.start()];
    layer.share = found[variables_.share()];
    for (std::size_t i = 0; i < variables_.rules.size(); ++i)
      layer.rules.emplace(std::string(variables_.rules[i]), found[variables_.tokens.size() + i]);
    for (std::size_t i = 0; i < variables_.tokens.size(); ++i)
      layer.numbers.emplace_back(variables_.tokens[i], static_cast<float>(found[i]));
    return layer;
  }

 private:
  void add(const DeltaExample& from, double weight) {
    FitExample one;
    for (const Token& token : from.tokens)
      if (const std::uint32_t at = positions_[token_number(token.hash)]; at < variables_.tokens.size())
        one.tokens.emplace_back(at, token.value);
    for (const std::string_view rule : from.base.rules) {
      const auto found = std::lower_bound(variables_.rules.begin(), variables_.rules.end(), rule);
      if (found != variables_.rules.end() && *found == rule)
        one.rules.push_back(static_cast<std::uint32_t>(
            variables_.tokens.size() + static_cast<std::size_t>(found - variables_.rules.begin())));
    }
    one.share_value = scaled_sum(from.base);
    one.offset = from.offset - centre_;
    one.wanted = from.spam ? 1 : 0;
    one.weight = weight;
    examples_.push_back(std::move(one));
  }

  double pull(std::size_t variable) const {
    if (variable < variables_.tokens.size()) return options_.token_pull;
    if (variable < variables_.start()) return options_.rule_pull;
    return variable == variables_.start() ? options_.start_pull : options_.share_pull;
  }

  double loss(std::span<const double> at, std::vector<double>& gradient) const {
    double sum = 0;
    for (std::size_t i = 0; i < at.size(); ++i) {
      gradient[i] = pull(i) * at[i];
      sum += gradient[i] * at[i] / 2;
    }
    const std::size_t start = variables_.start(), share = variables_.share();
    for (const FitExample& one : examples_) {
      double points = one.offset + at[start] + at[share] * one.share_value;
      for (const auto& [i, value] : one.tokens) points += at[i] * static_cast<double>(value);
      for (const std::uint32_t i : one.rules) points += at[i];
      // ln(1 + e^points), without overflow.
      const double soft = std::max(points, 0.0) + std::log1p(std::exp(-std::abs(points)));
      sum += one.weight * (soft - one.wanted * points);
      const double slope = one.weight * (sigmoid(points) - one.wanted);
      for (const auto& [i, value] : one.tokens) gradient[i] += slope * static_cast<double>(value);
      for (const std::uint32_t i : one.rules) gradient[i] += slope;
      gradient[start] += slope;
      gradient[share] += slope * one.share_value;
    }
    return sum;
  }

  Variables variables_;
  DeltaOptions options_;
  double centre_;
  std::vector<std::uint32_t> positions_;
  std::vector<FitExample> examples_;
};

bool is_of_delta(const Signal& signal) {
  return signal.id.starts_with("delta.");
}

}  // namespace

DeltaExample delta_example(const Engine& base, const Comment& comment, bool spam) {
  Verdict verdict = base.judge(comment, NoHistory());
  std::erase_if(verdict.signals, is_of_delta);
  // In one order, whatever their points are, so that the sum is the same to the last bit.
  std::sort(verdict.signals.begin(), verdict.signals.end(),
            [](const Signal& a, const Signal& b) { return a.id < b.id; });
  DeltaExample example;
  example.tokens = learner_tokens(Features(comment)).tokens;
  example.base = base_view(verdict.signals);
  for (const Signal& signal : verdict.signals) example.offset += signal.points;
  example.spam = spam;
  return example;
}

DeltaOptions options_of_all() {
  DeltaOptions options;
  options.ham_weight = 16;
  options.rule_pull = 10;
  options.start_pull = 3;
  options.share_pull = 3;
  options.seed_share = 0.75;
  return options;
}

DeltaLayer train_delta_layer(std::span<const DeltaExample> reports, std::span<const DeltaExample> seed,
                             double threshold, const DeltaOptions& options) {
  return Fit(reports, seed, threshold, options).run();
}

}  // namespace winnow
