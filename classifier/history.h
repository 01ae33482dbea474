// HistoryView: what the judge may ask about the past of one site. The service answers from its memory
// (classifier/memory/memory.h), the CLI mostly with NoHistory; the judge itself knows neither sites nor
// clocks.
#pragma once

#include <span>
#include <vector>

#include "classifier/features.h"
#include "classifier/memory/tokens.h"
#include "classifier/signal.h"

namespace winnow {

// Thread rule: an implementation is used by one thread at a time. No call throws.
class HistoryView {
 public:
  virtual ~HistoryView() = default;
  // Adds what reports taught of comments like this one behind `signals`.
  virtual void judge(const Features& features, std::vector<Signal>& signals) const = 0;
  // Adds to each of `shares`, one a token of `list` (learner_tokens() of a comment), the points that judge()
  // has for it behind signals that sum to `before`. A past that knows no words adds nothing.
  virtual void add_shares(const TokenList& /*list*/, double /*before*/, std::span<double> /*shares*/) const {}
};

// A past in which nothing was ever reported.
class NoHistory final : public HistoryView {
 public:
  void judge(const Features&, std::vector<Signal>&) const override {}
};

}  // namespace winnow
