// Retraining: what reports taught, on top of the model that is in use.
//
//   reports -> settled and split (teaching_set.h) -> layers of a delta without the rows held out -> compared
//   with the champion on those, site by site -> layers of all rows -> judged on the seed and on the golden
//   set -> gate
//
// The base stays as it is: text model, points and thresholds are the champion's own, so what the champion was
// trained on and this machine does not have is not forgotten. A champion that was retrained before gives its
// base; its delta is made anew from all reports since ever.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/engine.h"
#include "classifier/json.h"
#include "tools/training/gate.h"
#include "tools/training/golden_set.h"
#include "tools/training/teaching_set.h"
#include "tools/training/trainer.h"

namespace winnow {

struct RetrainOptions {
  TeachingOptions teaching;
  DeltaOptions of_site;
  DeltaOptions of_all = options_of_all();
  std::size_t least_rows = 20;   // of a layer
  std::size_t most_seed = 5000;  // seed rows that stand beside the reports, by lot
  GateLimits gate;
  // Also train a model anew from the seed and the reports, and take it in place of base and delta if it makes
  // fewer errors on the held-out rows, passes the gate, and flips no golden comment. It forgets what only the
  // base knows, and takes ten times as long: worth trying with tens of thousands of reports.
  bool anew = false;
  TrainingOptions training;
};

// What became of one site's layer, or of the layer for all ("").
struct LayerOutcome {
  std::string site;
  double strength = 1;  // share of what was trained that was taken: so much that no golden comment flips and
                        // the seed is not spoiled, were they to come to the site
  long spam = 0;        // rows that taught it
  long ham = 0;
  Comparison held_out;                // with the candidate's layer, whether or not it was taken
  std::vector<std::string> left_out;  // why it was; empty if it was taken
};

// One golden comment that the champion judges rightly and the candidate does not.
struct GoldenFlip {
  std::string id;
  std::string trap;
  std::string sentence;  // "was caught and would pass"
};

struct Retrained {
  DeltaModel delta;
  // A model trained anew without the held-out rows, if it was taken; then there is no delta.
  std::optional<TrainedModel> anew;
  std::optional<Comparison> anew_held_out;  // if it was tried
  std::vector<LayerOutcome> layers;
  Comparison held_out;  // all rows that were held out, with the layers that were taken
  Comparison seed;
  Comparison golden;
  std::vector<GoldenFlip> flips;
  std::size_t seen = 0;               // held-out rows that the champion had been trained on
  std::vector<std::string> refusals;  // of the gate; empty if the candidate may be promoted
  // Reports, by what became of them, and the newest.
  std::size_t read = 0;
  Settled counts;
  std::int64_t last_seq = 0;
  std::int64_t last_at = 0;
  std::string last_id;  // of the log; empty if none came from it
};

// kInvalid if the reports give no layer: fewer than options.least_rows of every site. Same input, same
// answer.
Result<Retrained> retrain(const Engine& champion, const std::vector<ReportSource>& sources,
                          const std::vector<Row>& seed, const std::vector<golden::GoldenRow>& golden,
                          const RetrainOptions& options, const TeachingProgress& progress);

}  // namespace winnow
