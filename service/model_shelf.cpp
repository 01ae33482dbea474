#include "service/model_shelf.h"

#include <algorithm>
#include <chrono>
#include <system_error>

namespace winnow {
namespace {

UnixMillis written_at(const std::filesystem::path& file) {
  using namespace std::chrono;
  std::error_code failed;
  const auto at = std::filesystem::last_write_time(file, failed);
  if (failed) return 0;
  return duration_cast<milliseconds>(file_clock::to_sys(at).time_since_epoch()).count();
}

ShelvedModel read_shelved(const std::filesystem::path& dir) {
  const std::filesystem::path file = dir / "manifest.json";
  ShelvedModel model;
  model.id = dir.filename().string();
  model.dir = dir;
  model.made_at = written_at(file);
  const Result<std::string> text = read_file(file);
  Result<Json> manifest = text ? parse_json(*text) : Result<Json>(text.error());
  if (!manifest)
    model.damage = manifest.error().message;
  else if (!manifest->is_object())
    model.damage = "it is no manifest";
  else
    model.manifest = std::move(*manifest);
  return model;
}

}  // namespace

std::filesystem::path model_path(const std::filesystem::path& model) {
  const std::filesystem::path path = std::filesystem::absolute(model).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

std::filesystem::path shelf_of(const std::filesystem::path& model) {
  return model_path(model).parent_path();
}

Result<std::string> model_in_force(const std::filesystem::path& model) {
  const std::filesystem::path path = model_path(model);
  std::error_code failed;
  if (std::filesystem::is_symlink(path, failed)) {
    const std::filesystem::path target = std::filesystem::read_symlink(path, failed);
    if (!failed) return model_path(target).filename().string();
  }
  if (std::filesystem::is_directory(path, failed)) return path.filename().string();
  return Error{ErrorKind::kNotFound, path.string() + ": there is no such model", ""};
}

Result<std::vector<ShelvedModel>> models_on_shelf(const std::filesystem::path& model) {
  const std::filesystem::path shelf = shelf_of(model);
  std::error_code failed;
  std::filesystem::directory_iterator entries(shelf, failed);
  if (failed)
    return Error{
        failed == std::errc::no_such_file_or_directory ? ErrorKind::kNotFound : ErrorKind::kUnavailable,
        shelf.string() + ": it cannot be read: " + failed.message(), ""};
  const Result<std::string> in_force = model_in_force(model);
  std::vector<ShelvedModel> models;
  for (const auto end = std::filesystem::directory_iterator(); entries != end; entries.increment(failed)) {
    if (failed) break;
    const std::filesystem::path dir = entries->path();
    if (entries->is_symlink(failed) || !std::filesystem::exists(dir / "manifest.json", failed)) continue;
    if (dir.filename().string().starts_with('.')) continue;
    models.push_back(read_shelved(dir));
    models.back().in_force = in_force && *in_force == models.back().id;
  }
  std::ranges::sort(models, {}, &ShelvedModel::id);
  return models;
}

Result<std::filesystem::path> model_dir(const std::filesystem::path& model, std::string_view id) {
  const std::filesystem::path shelf = shelf_of(model);
  std::error_code failed;
  const bool is_name = !id.empty() && !id.starts_with('.') && id.find('/') == std::string_view::npos;
  const std::filesystem::path dir = shelf / id;
  if (is_name && !std::filesystem::is_symlink(dir, failed) &&
      std::filesystem::exists(dir / "manifest.json", failed))
    return dir;
  return Error{ErrorKind::kNotFound,
               "there is no model " + std::string(id) + " in " + shelf.string() + ", see: winnow model list",
               "id"};
}

Result<Model> shelved_model(const std::filesystem::path& model, std::string_view id) {
  const Result<std::filesystem::path> dir = model_dir(model, id);
  if (!dir) return dir.error();
  Result<Model> loaded = Model::load(*dir);
  if (!loaded || loaded->id == id) return loaded;
  return Error{ErrorKind::kCorrupt,
               (*dir / "manifest.json").string() + ": its id is " + loaded->id +
                   ", not the name of its directory: verdicts would name the wrong model",
               "id"};
}

}  // namespace winnow
