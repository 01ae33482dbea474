#include "classifier/engine.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "classifier/features.h"
#include "classifier/fingerprint.h"
#include "classifier/number_text.h"
#include "classifier/rules/catalogue.h"
#include "classifier/score.h"

namespace winnow {
namespace {

constexpr std::size_t kWordsNamed = 4;

double bounded(double log_odds) {
  return std::clamp(log_odds, -kMaxTextLogOdds, kMaxTextLogOdds);
}

}  // namespace

TextScore text_score(const TextModel& text, const std::string& line) {
  TextScore score = text.score(line);
  score.log_odds = bounded(score.log_odds);
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

// What is said of a line, by words and by pairs of them (LineWords), in points.
class Shares {
 public:
  explicit Shares(const LineWords& line)
      : line_(line), words_(line.words().size()), pairs_(line.pairs().size()) {}

  void add(const TextReading& reading, double weight) {
    add(reading.words, weight, reading.length, words_);
    add(reading.pairs, weight, reading.length, pairs_);
  }

  // The loudest ones: "casino" +2.10, "buy now" +1.02.
  std::string loudest(std::size_t count) const;

 private:
  struct Share {
    double points = 0;
    bool is_known = false;
  };
  // The n-th word, or the n-th pair.
  struct Which {
    bool is_pair;
    std::uint32_t n;
  };

  static void add(const std::vector<TextReading::Part>& parts, double weight, double length,
                  std::vector<Share>& shares) {
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (parts[i].rows == 0) continue;
      shares[i].points += weight * (parts[i].total / length);
      shares[i].is_known = true;
    }
  }

  double points_of(Which which) const { return (which.is_pair ? pairs_ : words_)[which.n].points; }
  std::string name_of(Which which) const;

  const LineWords& line_;
  std::vector<Share> words_, pairs_;
};

std::string Shares::name_of(Which which) const {
  const std::vector<std::string_view>& words = line_.words();
  if (!which.is_pair) return std::string(words[which.n]);
  const LineWords::Pair pair = line_.pairs()[which.n];
  return std::string(words[pair.first])
      .append(" ")
      .append(pair.second == LineWords::kEnd ? "(end)" : words[pair.second]);
}

std::string Shares::loudest(std::size_t count) const {
  std::vector<Which> named;
  named.reserve(words_.size() + pairs_.size());
  for (const auto& [is_pair, shares] : {std::pair{false, &words_}, std::pair{true, &pairs_}})
    for (std::uint32_t n = 0; n < shares->size(); ++n)
      if ((*shares)[n].is_known) named.push_back({is_pair, n});
  const auto is_louder = [this](Which a, Which b) {
    const double loud_a = std::abs(points_of(a)), loud_b = std::abs(points_of(b));
    return loud_a != loud_b ? loud_a > loud_b : name_of(a) < name_of(b);
  };
  const std::size_t most = std::min(count, named.size());
  std::partial_sort(named.begin(), named.begin() + static_cast<std::ptrdiff_t>(most), named.end(), is_louder);
  named.resize(most);
  std::string text;
  for (const Which which : named)
    text.append(text.empty() ? "\"" : ", \"")
        .append(name_of(which))
        .append("\" ")
        .append(with_sign(points_of(which), 2));
  return text;
}

// One signal of the text model and the linear one, which read the same line: what a word says is the sum of
// what it says to either.
Signal judge_by_text(const Model& model, const Features& features) {
  const LineWords line(model_words(features));
  Shares shares(line);
  Signal signal{"text.model", 0, "the text model reads it as "};
  const auto hear = [&](TextReading reading, auto weight_of) {
    reading.score.log_odds = bounded(reading.score.log_odds);
    const double weight = weight_of(model.weights, reading.score);
    signal.points += weight * reading.score.log_odds;
    shares.add(reading, weight);
  };
  if (model.linear) {
    auto [text, linear] = TextModel::read_both(model.text, *model.linear, line);
    hear(std::move(text), text_weight);
    hear(std::move(linear), linear_weight);
  } else {
    hear(model.text.read(line), text_weight);
  }
  signal.detail += signal.points >= 0 ? "spam" : "ham";
  if (const std::string words = shares.loudest(kWordsNamed); !words.empty())
    signal.detail.append(", most by ").append(words);
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
  verdict.text_key = text_key(features.content.folded);
  return verdict;
}

}  // namespace winnow
