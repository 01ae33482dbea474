// A retrained model as a directory beside its champion's.
#pragma once

#include <filesystem>
#include <string>

#include "classifier/json.h"
#include "classifier/model.h"
#include "classifier/result.h"
#include "tools/training/dataset.h"
#include "tools/training/retrain.h"

namespace winnow {

struct Provenance {
  std::vector<DataFile> data;  // files of extra rows
  std::vector<DataFile> seed;
  std::string until;   // time of the newest report, ISO 8601; empty without one
  std::string forced;  // why the gate was passed over; empty if it was not
};

// What the manifest says beside the champion's weights and thresholds: base, feedback_until, data, seed,
// options, figures, gate. Nothing in it depends on when or where it was made.
Json retrained_manifest(const Model& champion, const Retrained& retrained, const RetrainOptions& options,
                        const Provenance& provenance);

// "<day>-<n>" for the lowest n from 1 that no model in `models` has. `day`: "2026-01-31".
std::string next_model_id(const std::filesystem::path& models, const std::string& day);

// Writes `models`/`id`/ with the champion's files, delta.model (or the text.model and
// linear.model of a model trained anew) and manifest.json: into a temporary directory
// beside, synced to disk, then renamed. So a model is there whole or not at all, whatever happens on the way.
// Removes what earlier, interrupted runs left. kConflict if another retraining writes there now or the id is
// taken; kUnavailable if the disk says no.
Result<void> write_retrained(const std::filesystem::path& models, const std::string& id,
                             const std::filesystem::path& champion_dir, const Model& champion,
                             const Retrained& retrained, Json manifest);

}  // namespace winnow
