#include "classifier/engine.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <utility>

#include "classifier/features.h"
#include "classifier/rules/catalogue.h"
#include "classifier/score.h"

namespace winnow {
namespace {

constexpr std::size_t kWordsNamed = 4;
std::string in_words(double points) {
  char text[32];
  std::snprintf(text, sizeof text, "%+.2f", points);
  return text;
}

}  // namespace

TextScore text_score(const TextModel& text, const std::string& line) {
  TextScore score = text.score(line);
  score.log_odds = std::clamp(score.log_odds, -kMaxTextLogOdds, kMaxTextLogOdds);
  return score;
}

double unfamiliar_share(const TextScore& score) {
  return score.words == 0 ? 1.0 : 1.0 - static_cast<double>(score.known) / score.words;
}

double length_of(const TextScore& score) {
  return std::log((1 + score.words) / 20.0);
}

double text_weight(const Weights& weights, const TextScore& score) {
  if (score.words == 0) return 0;
  return std::max(0.0, weights.text + weights.text_unfamiliar * unfamiliar_share(score) +
                           weights.text_length * length_of(score));
}

double linear_weight(const Weights& weights, const TextScore& score) {
  if (score.words == 0) return 0;
  return std::max(0.0, weights.linear + weights.linear_length * length_of(score));
}

namespace {

// One signal of the text model and the linear one, which read the same line: what a word says is the sum of
// what it says to either.
Signal judge_by_text(const Model& model, const Features& features) {
  const std::string line = model_line(features);
  Signal signal{"text.model", 0, "the text model reads it as "};
  std::map<std::string, double> shares;
  const auto hear = [&](const TextModel& text, auto weight_of) {
    const TextScore score = text_score(text, line);
    const double weight = weight_of(model.weights, score);
    signal.points += weight * score.log_odds;
    for (WordShare& share : text.explain(line, std::string::npos))
      shares[std::move(share.word)] += weight * share.points;
  };
  hear(model.text, text_weight);
  if (model.linear) hear(*model.linear, linear_weight);

  signal.detail += signal.points >= 0 ? "spam" : "ham";
  std::vector<std::pair<std::string, double>> named(shares.begin(), shares.end());
  std::stable_sort(named.begin(), named.end(),
                   [](const auto& a, const auto& b) { return std::abs(a.second) > std::abs(b.second); });
  if (named.size() > kWordsNamed) named.resize(kWordsNamed);
  std::string words;
  for (const auto& [word, points] : named)
    words += (words.empty() ? ", most by \"" : ", \"") + word + "\" " + in_words(points);
  signal.detail += words;
  return signal;
}

std::string version_of_rules(const OperatorRules& operator_rules) {
  std::string text;
  for (const Rule& rule : catalogue())
    text.append(rule.id)
        .append("\t")
        .append(std::to_string(rule.points))
        .append("\t")
        .append(rule.sentence)
        .append("\n");
  return sha256_hex(text + operator_rules.describe()).substr(0, 12);
}

}  // namespace

Result<Engine> Engine::load(const std::filesystem::path& model_dir, const std::filesystem::path& rules_dir) {
  Result<Model> model = Model::load(model_dir);
  if (!model) return model.error();
  if (rules_dir.empty()) return Engine(*std::move(model), OperatorRules());
  Result<OperatorRules> rules = OperatorRules::load(rules_dir);
  if (!rules) return rules.error();
  return Engine(*std::move(model), *std::move(rules));
}

Engine::Engine(Model model, OperatorRules rules)
    : model_(std::move(model)),
      operator_rules_(std::move(rules)),
      rules_version_(version_of_rules(operator_rules_)) {}

std::string Engine::rules_version_without(const RulesOff& off) const {
  if (off.empty()) return rules_version_;
  std::string text = rules_version_;
  for (const std::string& id : off) text.append("\n").append(id);
  return sha256_hex(text).substr(0, 12);
}

Verdict Engine::judge(const Comment& comment, const HistoryView& history,
                      const std::optional<Thresholds>& thresholds, const RulesOff& off) const {
  const Features features(comment);
  std::vector<Signal> signals;
  signals.push_back({"prior", model_.weights.prior, "where every comment starts"});
  signals.push_back(judge_by_text(model_, features));
  judge_by_rules(features, model_.weights, signals, off);
  if (!model_.delta.empty()) model_.delta.judge(features, base_view(signals), signals);
  operator_rules_.judge(features, signals, off);
  history.judge(features, signals);

  Verdict verdict = score(std::move(signals), thresholds.value_or(model_.thresholds));
  verdict.model_id = model_.id;
  verdict.rules_version = rules_version_without(off);
  return verdict;
}

}  // namespace winnow
