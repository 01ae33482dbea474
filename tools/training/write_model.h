// A trained model as a directory (classifier/model.h reads it).
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "classifier/json.h"
#include "classifier/result.h"
#include "tools/training/dataset.h"
#include "tools/training/trainer.h"

namespace winnow {

// The files of a trained model but the manifest: bytes by name.
std::map<std::string, std::string> model_files(const TrainedModel& trained);

// Writes manifest.json and the files beside it into `dir`, made if need be, each by way of a temporary file.
// `dir`'s own name becomes the model's id. kConflict if there is a manifest already.
Result<void> write_model(const std::filesystem::path& dir, const TrainedModel& trained,
                         const std::vector<DataFile>& data, const TrainingOptions& options);

// As the manifest writes them.
Json to_json(const Weights& weights);
Json to_json(const Thresholds& thresholds);
// The figures that a command line may want to change, as the manifest writes them.
Json to_json(const TrainingOptions& options);

}  // namespace winnow
