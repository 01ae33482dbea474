// DeltaModel: what an installation's reports taught on top of the model that it came with.
//
// It is a sum, too: a layer for all sites and one for each site that reported enough. A layer adds to the
// base model's points a number of its own, a share of those points, something for each rule that spoke, and
// what the comment's tokens (classifier/memory/tokens.h) taught. A site's layer speaks on that site alone, so
// no site's reports change another's verdicts unless they went into the layer for all. Training is
// tools/training/delta_trainer.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "classifier/features.h"
#include "classifier/memory/tokens.h"
#include "classifier/result.h"
#include "classifier/signal.h"

namespace winnow {

// What a layer reads of a comment beside its tokens: what the base model made of it.
struct BaseView {
  double sum = 0;                       // points of the prior, the text model and the fitted rules
  std::vector<std::string_view> rules;  // ids of the fitted rules that spoke, as the catalogue holds them
};
// `signals`: of the prior, the text model and the rules of the catalogue. Rules set by hand are passed over:
// no data set shows what they are worth, reports neither.
BaseView base_view(std::span<const Signal> signals);

// The part of the base's sum that a layer takes a share of, about -2..2.
double scaled_sum(const BaseView& base);

// The name by which a layer knows the site of a comment: host without "www." and path without the slash at
// its end, of Comment::blog. Empty if there is no host.
std::string site_name(std::string_view blog);

// Tokens share 2^kTokenBits numbers; the number that one falls to.
inline constexpr std::uint32_t kTokenBits = 20;
std::uint32_t token_number(std::uint32_t hash);

struct DeltaLayer {
  double start = 0;                                      // points that every comment gets
  double share = 0;                                      // points per unit of scaled_sum()
  std::map<std::string, double, std::less<>> rules;      // points by rule id
  std::vector<std::pair<std::uint32_t, float>> numbers;  // points by token number, rising

  bool operator==(const DeltaLayer&) const = default;
};

// Thread rule: const methods may be called from any number of threads at once.
class DeltaModel {
 public:
  DeltaModel() = default;
  // By site_name(); "" is the layer for all.
  explicit DeltaModel(std::map<std::string, DeltaLayer, std::less<>> layers);

  // Reads what serialize() wrote. kCorrupt with the reason if it is not that.
  static Result<DeltaModel> parse(std::string_view bytes);
  // Little-endian; numbers as 16-bit fixed point, those that round to zero left out.
  std::string serialize() const;

  // Appends "delta.all" and "delta.site" where there are such layers, with the words and rules that weigh
  // most.
  void judge(const Features& features, const BaseView& base, std::vector<Signal>& signals) const;

  // Adds to each of `shares`, one a token of `list` (learner_tokens() of the comment), the points that the
  // layers of the comment's site give for it.
  void add_shares(const Comment& comment, const TokenList& list, std::span<double> shares) const;

  bool empty() const { return layers_.empty(); }
  const std::map<std::string, DeltaLayer, std::less<>>& layers() const { return layers_; }

 private:
  std::map<std::string, DeltaLayer, std::less<>> layers_;
};

// Points of one layer.
double layer_points(const DeltaLayer& layer, std::span<const Token> tokens, const BaseView& base);

}  // namespace winnow
