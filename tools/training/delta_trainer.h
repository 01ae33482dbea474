// Trains a layer of a DeltaModel: logistic regression on reports with the base model's points as the offset,
// every number drawn to zero, so that a report changes the verdicts on what is like it and little else.
//
// Three things were found by measurement (on sites of the training sets that the base had not seen, 300 rows
// each; models/README.md has the figures):
//   - the base's own points are one of the variables: on one site they are surer than over all sites;
//   - the loss is centred on the spam threshold, a blocked honest comment weighing several missed spams: what
//     is fitted is on which side of the threshold a comment falls;
//   - the seed comments are among the rows. People report what was judged wrong, so reports alone say that
//     everything is; the seed says what must stay.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "classifier/delta_model.h"
#include "classifier/engine.h"

namespace winnow {

// One labelled comment as a layer sees it.
struct DeltaExample {
  std::vector<Token> tokens;  // learner_tokens()
  BaseView base;
  double offset = 0;  // points of everything but the layer: base, rules set by hand, other layers
  bool spam = false;
  double weight = 1;
};

// `base`: its own delta is passed over.
DeltaExample delta_example(const Engine& base, const Comment& comment, bool spam);

struct DeltaOptions {
  double token_pull = 0.1;  // penalty pull/2 * number^2
  double rule_pull = 2;
  double start_pull = 0.5;
  double share_pull = 0.3;
  double ham_weight = 5;    // spams that an honest comment weighs
  double seed_share = 0.5;  // weight of all seed rows together, by reports
  double least_seed = 150;  // the same with few reports
};
// Of a layer for all sites, where comments come that are like nothing reported.
DeltaOptions options_of_all();

// `threshold`: the lowest score that is called spam. Tokens that no report has get no number. Same rows, same
// layer, in whatever order their tokens are. Cost: about 60 passes over the tokens of all rows.
DeltaLayer train_delta_layer(std::span<const DeltaExample> reports, std::span<const DeltaExample> seed,
                             double threshold, const DeltaOptions& options);

}  // namespace winnow
