// manifest.json, format 2 (in format 1 the text model read names and addresses, too):
//   format, id
//   files       {"text.model": {"sha256": "...", "bytes": n}}; also linear.model, delta.model,
//   background.tokens weights     {"prior", "text", "text_unfamiliar", "text_length", "rules": {id: points}},
//   with linear.model
//               also "linear", "linear_length"
//   thresholds  {"unsure", "spam", "discard"}
//   feedback_until   {"event": id}, of a retrained model
//   data, options, figures   for people; not read here
#include "classifier/model.h"

#include <openssl/evp.h>

#include <array>
#include <cmath>
#include <fstream>
#include <iterator>

namespace winnow {
namespace {

constexpr const char* kTextFile = "text.model";
constexpr const char* kLinearFile = "linear.model";
constexpr const char* kDeltaFile = "delta.model";
constexpr const char* kBackgroundFile = "background.tokens";

Error corrupt(const std::filesystem::path& file, const std::string& why) {
  return {ErrorKind::kCorrupt, file.string() + ": " + why, ""};
}

// A number of either sign up to this, for sums of such must be finite; or nothing.
constexpr double kMostPoints = 1e6;
std::optional<double> number(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_number()) return std::nullopt;
  const double value = found->get<double>();
  return std::abs(value) <= kMostPoints ? std::optional(value) : std::nullopt;
}

// SHA-256 that the manifest has for a file of the directory; "" if it names none.
std::string wanted_hash(const Json& manifest, const char* name) {
  const auto files = manifest.find("files");
  if (files == manifest.end() || !files->is_object()) return "";
  const auto file = files->find(name);
  return file == files->end() ? "" : string_or(*file, "sha256");
}

std::optional<Weights> read_weights(const Json& manifest) {
  const auto found = manifest.find("weights");
  if (found == manifest.end() || !found->is_object()) return std::nullopt;
  const auto prior = number(*found, "prior"), text = number(*found, "text"),
             unfamiliar = number(*found, "text_unfamiliar"), length = number(*found, "text_length");
  const auto rules = found->find("rules");
  if (!prior || !text || !unfamiliar || !length || rules == found->end() || !rules->is_object())
    return std::nullopt;
  Weights weights{*prior, *text, *unfamiliar, *length, {}, 0, 0};
  if (!wanted_hash(manifest, kLinearFile).empty()) {
    const auto linear = number(*found, "linear"), linear_length = number(*found, "linear_length");
    if (!linear || !linear_length) return std::nullopt;
    weights.linear = *linear;
    weights.linear_length = *linear_length;
  }
  for (const auto& [id, points] : rules->items()) {
    const auto value = number(*rules, id.c_str());
    if (!value) return std::nullopt;
    weights.rule_points.emplace(id, *value);
  }
  return weights;
}

std::optional<Thresholds> read_thresholds(const Json& manifest) {
  const auto found = manifest.find("thresholds");
  if (found == manifest.end() || !found->is_object()) return std::nullopt;
  const auto unsure = number(*found, "unsure"), spam = number(*found, "spam"),
             discard = number(*found, "discard");
  if (!unsure || !spam || !discard || *unsure < 0 || *unsure > *spam || *spam > *discard || *discard > 1)
    return std::nullopt;
  return Thresholds{*unsure, *spam, *discard};
}

// A file of the directory, as the manifest has it, parsed by T.
template <typename T>
Result<T> load_part(const std::filesystem::path& dir, const Json& manifest, const char* name) {
  const std::filesystem::path path = dir / name;
  const std::string wanted = wanted_hash(manifest, name);
  if (wanted.empty()) return corrupt(dir / "manifest.json", "it names no SHA-256 for " + std::string(name));
  Result<std::string> bytes = read_file(path);
  if (!bytes) return bytes.error();
  if (sha256_hex(*bytes) != wanted)
    return corrupt(path, "its SHA-256 is not the one in the manifest; the file is damaged or was changed");
  Result<T> part = T::parse(*bytes);
  if (!part) return corrupt(path, part.error().message);
  return part;
}

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr);
  constexpr std::string_view kHex = "0123456789abcdef";
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) {
    hex += kHex[digest[i] >> 4];
    hex += kHex[digest[i] & 15];
  }
  return hex;
}

Result<std::string> read_file(const std::filesystem::path& path) {
  std::error_code failure;
  if (!std::filesystem::exists(path, failure))
    return Error{ErrorKind::kNotFound, path.string() + ": there is no such file", ""};
  std::ifstream in(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in.is_open() || in.bad() || std::filesystem::is_directory(path, failure)) {
    return Error{ErrorKind::kInternal, path.string() + ": it cannot be read", ""};
  }
  return bytes;
}

Result<Model> Model::load(const std::filesystem::path& dir) {
  const std::filesystem::path file = dir / "manifest.json";
  const Result<std::string> text = read_file(file);
  if (!text) return text.error();
  Result<Json> manifest = parse_json(*text);
  if (!manifest) return corrupt(file, manifest.error().message);
  if (!manifest->is_object() || manifest->value("format", Json()) != Json(2))
    return corrupt(file,
                   "it is not a manifest of format 2 (format 1 was of text models that read other fields, "
                   "too: train it anew)");

  Model model;
  model.id = string_or(*manifest, "id");
  const std::optional<Weights> weights = read_weights(*manifest);
  const std::optional<Thresholds> thresholds = read_thresholds(*manifest);
  if (model.id.empty()) return corrupt(file, "it has no id");
  if (!weights) return corrupt(file, "its weights are missing, no numbers, or beyond a million points");
  if (!thresholds) return corrupt(file, "its thresholds are missing or out of order");
  Result<TextModel> text_model = load_part<TextModel>(dir, *manifest, kTextFile);
  if (!text_model) return text_model.error();
  model.text = *std::move(text_model);
  if (!wanted_hash(*manifest, kLinearFile).empty()) {
    Result<TextModel> linear = load_part<TextModel>(dir, *manifest, kLinearFile);
    if (!linear) return linear.error();
    model.linear = *std::move(linear);
    TextModel::lay_together(model.text, *model.linear);
  }
  if (!wanted_hash(*manifest, kDeltaFile).empty()) {
    Result<DeltaModel> delta = load_part<DeltaModel>(dir, *manifest, kDeltaFile);
    if (!delta) return delta.error();
    model.delta = *std::move(delta);
  }
  model.background = std::make_shared<const Background>();
  if (!wanted_hash(*manifest, kBackgroundFile).empty()) {
    Result<Background> background = load_part<Background>(dir, *manifest, kBackgroundFile);
    if (!background) return background.error();
    model.background = std::make_shared<const Background>(*std::move(background));
  }
  model.weights = *weights;
  if (const auto until = manifest->find("feedback_until"); until != manifest->end() && until->is_object())
    model.trained_until = string_or(*until, "event");
  model.thresholds = *thresholds;
  model.manifest = *std::move(manifest);
  return model;
}

}  // namespace winnow
