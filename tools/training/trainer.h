// Trainer: from labelled comments to a model directory.
//
//   prepare rows -> text models and linear ones, each trained without one fold -> held-out log-odds -> fit
//   the points of the sum on them -> thresholds from the held-out scores -> both models of all rows
//
// The sum is never fitted on a row that the text model saw. Rows are held out twice: by whole sources, as a
// site is that the model has never seen (with fewer than four sources by near-duplicate group), and by
// near-duplicate group, as a new campaign is on a site that it knows. What a model meets in life lies
// between, so the sum is fitted on both; thresholds and figures come from the first, the harder.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/json.h"
#include "classifier/model.h"
#include "classifier/result.h"
#include "tools/training/dataset.h"
#include "tools/training/linear_text_trainer.h"
#include "tools/training/text_model_trainer.h"

namespace winnow {

struct TrainingOptions {
  PreparationOptions preparation;
  TextModelOptions text;
  LinearTextOptions linear;
  int folds = 5;
  double ham_per_spam =
      2;  // the mix that scores are calibrated for: a live site gets more ham than these sets hold
  double minor_weight = 0.3;  // in the fit, of a row of the seed or of PreparationOptions::minor_sources
  double rule_pull = 2;       // FitColumn::strength of the rules
  // Most points that the fit may give a rule, before calibration, so that hardly a single sign blocks an
  // honest comment; disguised letters, which honest people do not write, may weigh more.
  double max_rule_points = 3;
  double max_disguise_points = 5;
  double unsure_ham_share = 0.03;     // share of held-out ham at or above each threshold
  double spam_ham_share = 0.003;      // half of what is wanted on sites never seen: held-out sites flatter
  double discard_ham_share = 0.0002;  // what is discarded may never be seen by a person
  bool from_scratch = false;  // rule points are drawn to zero instead of the catalogue's: only the rows count
};

struct TrainedModel {
  TextModel text;
  TextModel linear;
  Weights weights;
  Thresholds thresholds;
  Background background;  // token_shares() of the rows
  Json held_out;          // figures() of the scores with whole sources held out
  Json held_out_text;     // the same ranked by the text models alone, to show what the rules add; outcomes as
                          // above
  // Of held_out's scores, at each threshold of threshold_table(): [{"threshold", "missed": share of the spam
  // below it, "blocked": share of the ham at or above it}].
  Json by_threshold;
  Json rules;  // {id: {"spam", "ham"}}: rows of each label to which the rule applies
};

// `progress`: what is being done, and the share of it that is, 0..1. kInvalid if a label is missing or there
// are fewer than ten rows of one. Same rows and options, same model.
Result<TrainedModel> train_model(const std::vector<Row>& rows, const TrainingOptions& options,
                                 const std::function<void(std::string_view, double)>& progress = nullptr);

}  // namespace winnow
