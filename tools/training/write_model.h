// A trained model as a directory (classifier/model.h reads it).
#pragma once

#include <filesystem>
#include <vector>

#include "classifier/json.h"
#include "classifier/result.h"
#include "tools/training/dataset.h"
#include "tools/training/trainer.h"

namespace winnow {

// Writes manifest.json and text.model into `dir`, made if need be, each by way of a temporary file. `dir`'s
// own name becomes the model's id. kConflict if there is a manifest already.
Result<void> write_model(const std::filesystem::path& dir, const TrainedModel& trained,
                         const std::vector<DataFile>& data, const TrainingOptions& options);

// As the manifest writes them.
Json to_json(const Weights& weights);
Json to_json(const Thresholds& thresholds);
// The figures that a command line may want to change, as the manifest writes them.
Json to_json(const TrainingOptions& options);

}  // namespace winnow
