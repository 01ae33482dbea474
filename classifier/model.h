// Model: a directory with trained text models, the fitted weights of the sum, and thresholds; of a model
// that was retrained also delta.model, what its installation's reports taught. The manifest names every file
// with its SHA-256; a file that does not match is refused by name.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "classifier/delta_model.h"
#include "classifier/json.h"
#include "classifier/memory/background.h"
#include "classifier/result.h"
#include "classifier/text_model.h"
#include "classifier/verdict.h"

namespace winnow {

// The weights of the sum. Points of a rule that is not listed are those of the catalogue.
struct Weights {
  double prior = 0;  // points that every comment starts with
  // Points per unit of the text model's log-odds: text + text_unfamiliar * share of words that the model does
  // not know (a language that it has hardly seen must not be judged by stray n-grams) + text_length *
  // length_of() (a mean over many words says more than one over few).
  double text = 1;
  double text_unfamiliar = 0;
  double text_length = 0;
  std::map<std::string, double, std::less<>> rule_points;  // fitted points by rule id
  // Points per unit of the linear model's log-odds: linear + linear_length * length_of().
  double linear = 0;
  double linear_length = 0;
};

struct Model {
  std::string id;  // name of its directory, [a-z0-9.-]+
  TextModel text;
  std::optional<TextModel> linear;  // reads the same line beside it; if the manifest names linear.model
  DeltaModel delta;                 // empty unless the manifest names delta.model
  Weights weights;
  Thresholds thresholds;
  // Id of the last report in the log of reports that it was trained on; "" if it was trained on none.
  std::string trained_until;
  // How common tokens are, for the online learner; empty if the model has none.
  std::shared_ptr<const Background> background;
  Json manifest;  // whole, for people and for `winnow evaluate`

  // Reads `dir`/manifest.json and the files that it names. kNotFound: no such directory or file; kCorrupt: a
  // file is not what the manifest says, or the manifest is not one; the message names the file.
  static Result<Model> load(const std::filesystem::path& dir);
};

// SHA-256 of `bytes`, 64 lower-case hex digits.
std::string sha256_hex(std::string_view bytes);

// Whole file as bytes; kNotFound or kInternal.
Result<std::string> read_file(const std::filesystem::path& path);

}  // namespace winnow
