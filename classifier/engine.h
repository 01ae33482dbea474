// Engine: the one door of the judge. An Engine is a model and the operator's rules, loaded once and never
// changed; to change either, load a new Engine and swap it in.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/comment.h"
#include "classifier/history.h"
#include "classifier/model.h"
#include "classifier/result.h"
#include "classifier/rules/operator_rules.h"
#include "classifier/verdict.h"

namespace winnow {

// How the sum takes the text models' views; training and judging share these.
// The log-odds within +-kMaxTextLogOdds.
inline constexpr double kMaxTextLogOdds = 8;
TextScore text_score(const TextModel& text, const std::string& line);
// Share of the words that the model does not know, 0..1; 1 for an empty line.
double unfamiliar_share(const TextScore& score);
// ln((1 + words) / 20): 0 for a line of 19 words, so that the weight of the length is one of its own.
double length_of(const TextScore& score);
// Points per unit of log-odds for this line, at least 0. A line without words says nothing: its log-odds are
// those of the end of line, which every comment has.
double text_weight(const Weights& weights, const TextScore& score);
// The same of the linear model's log-odds.
double linear_weight(const Weights& weights, const TextScore& score);

// Thread rule: const methods may be called from any number of threads at once.
class Engine {
 public:
  // Loads the model directory (manifest.json and what it names; hashes are checked) and every *.toml of
  // `rules_dir` in name order. An empty `rules_dir` means no operator rules. Fails with kCorrupt, kNotFound
  // or kInvalid and a message that names the file (and the line, for rules).
  static Result<Engine> load(const std::filesystem::path& model_dir, const std::filesystem::path& rules_dir);

  Engine(Model model, OperatorRules rules);

  // Same input, same verdict. Cost is linear in the size of the comment. `thresholds` replace the model's
  // own; rules that are `off` say nothing.
  Verdict judge(const Comment& comment, const HistoryView& history,
                const std::optional<Thresholds>& thresholds = std::nullopt, const RulesOff& off = {}) const;

  const Model& model() const { return model_; }
  const OperatorRules& operator_rules() const { return operator_rules_; }
  // Hash over the ids, sentences and points of the built-in catalogue and over the operator's rules; 12 hex
  // digits.
  const std::string& rules_version() const { return rules_version_; }
  // The same of what judges while those are off: another for each set of them, rules_version() for none.
  std::string rules_version_without(const RulesOff& off) const;

 private:
  Model model_;
  OperatorRules operator_rules_;
  std::string rules_version_;
};

}  // namespace winnow
