// The shelf: the directory of models, one of which is in force. The setting `model` names a symbolic link on
// it (models/current -> winnow-3); which model that points to is in force. Where the setting names a plain
// directory, that one is in force and its neighbours are the shelf; then nothing can be promoted.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/json.h"
#include "classifier/model.h"
#include "classifier/result.h"
#include "service/store/store.h"

namespace winnow {

// One directory of the shelf that has a manifest.
struct ShelvedModel {
  std::string id;  // name of the directory
  std::filesystem::path dir;
  UnixMillis made_at = 0;  // when its manifest was written
  bool in_force = false;
  Json manifest;       // null where it cannot be read
  std::string damage;  // why it cannot be; the files that it names are not looked at here
};

// `model` is the setting in all of these.

// It as an absolute path without a slash at the end; links are not followed.
std::filesystem::path model_path(const std::filesystem::path& model);
std::filesystem::path shelf_of(const std::filesystem::path& model);

// The name of the directory that is in force; it need not be there. kNotFound if `model` is neither a link
// nor a directory.
Result<std::string> model_in_force(const std::filesystem::path& model);

// By id. kNotFound if the shelf is not there, kUnavailable if it cannot be read.
Result<std::vector<ShelvedModel>> models_on_shelf(const std::filesystem::path& model);

// Where the model with this id lies. kNotFound if it is not on the shelf.
Result<std::filesystem::path> model_dir(const std::filesystem::path& model, std::string_view id);

// The model with this id, loaded whole. Fails as model_dir() and Model::load do; also kCorrupt if its
// manifest has another id: verdicts would name the wrong model.
Result<Model> shelved_model(const std::filesystem::path& model, std::string_view id);

}  // namespace winnow
