#include "tools/training/trainer.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "classifier/engine.h"
#include "classifier/features.h"
#include "classifier/rules/catalogue.h"
#include "classifier/score.h"
#include "tools/training/curves.h"
#include "tools/training/figures.h"
#include "tools/training/fit.h"
#include "tools/training/platt.h"
#include "tools/training/token_shares.h"

namespace winnow {
namespace {

constexpr int kMinRowsOfLabel = 10;
constexpr std::size_t kMinSourcesToFoldBy = 4;
constexpr std::string_view kSeedSource = "seed";
constexpr int kPrior = 0, kText = 1, kUnfamiliar = 2, kLength = 3, kLinear = 4, kLinearLength = 5,
              kFirstRule = 6;

using ProgressOf = std::function<void(std::string_view, double)>;

// What training needs of a row, computed once.
struct Example {
  LabelledLine line;
  std::vector<int> rules;  // positions in the catalogue of those that apply
  double weight = 1;       // in the fit
  bool sets_scale = true;  // of a real site: calibration and thresholds are read off these
};

std::vector<int> folds_by(const std::vector<std::string>& keys, int folds) {
  std::map<std::string, int> sizes;
  for (const std::string& key : keys) ++sizes[key];
  std::vector<std::pair<int, std::string>> largest_first;
  largest_first.reserve(sizes.size());
  for (const auto& [key, size] : sizes) largest_first.emplace_back(-size, key);
  std::sort(largest_first.begin(), largest_first.end());
  std::vector<int> load(static_cast<std::size_t>(folds));
  std::map<std::string, int> fold_of;
  for (const auto& [size, key] : largest_first) {
    const auto lightest = std::min_element(load.begin(), load.end());
    fold_of[key] = static_cast<int>(lightest - load.begin());
    *lightest -= size;
  }
  std::vector<int> found;
  found.reserve(keys.size());
  for (const std::string& key : keys) found.push_back(fold_of[key]);
  return found;
}

// The two ways of holding out. By source: whole sources to a fold, the rows of the seed, which stand for no
// site, by group.
struct Folds {
  std::vector<int> by_source;
  std::vector<int> by_group;
};

Folds assign_folds(const std::vector<Row>& rows, int folds) {
  std::set<std::string> sources;
  for (const Row& row : rows) sources.insert(row.source);
  const bool few = sources.size() < kMinSourcesToFoldBy;
  const std::vector<int> groups = near_duplicate_groups(rows);
  std::vector<std::string> source_keys, group_keys;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    group_keys.push_back("group " + std::to_string(groups[i]));
    source_keys.push_back(few || rows[i].source == kSeedSource ? group_keys.back() : rows[i].source);
  }
  return {folds_by(source_keys, folds), folds_by(group_keys, folds)};
}

// Each (source, label) weighs as the root of its size, so that a large one does not speak for all, the seed
// and minor sources less; then the labels are brought to the wanted mix and the whole to one a row.
void weigh(const std::vector<Row>& rows, const TrainingOptions& options, std::vector<Example>& examples) {
  std::map<std::pair<std::string, bool>, double> sizes;
  for (const Row& row : rows) ++sizes[{row.source, row.spam}];
  double spam = 0, ham = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    examples[i].weight = 1 / std::sqrt(sizes[{rows[i].source, rows[i].spam}]);
    examples[i].sets_scale =
        rows[i].source != kSeedSource && !options.preparation.minor_sources.contains(rows[i].source);
    if (!examples[i].sets_scale) examples[i].weight *= options.minor_weight;
    (rows[i].spam ? spam : ham) += examples[i].weight;
  }
  const double all = static_cast<double>(rows.size());
  const double ham_per_spam = options.ham_per_spam;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    examples[i].weight *=
        rows[i].spam ? all / (1 + ham_per_spam) / spam : all * ham_per_spam / (1 + ham_per_spam) / ham;
  }
}

std::vector<Example> make_examples(const std::vector<Row>& rows, const TrainingOptions& options,
                                   const ProgressOf& progress) {
  std::vector<Example> examples(rows.size());
  const auto rules = catalogue();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const Features features(rows[i].comment);
    examples[i].line = {model_line(features), rows[i].spam};
    for (std::size_t k = 0; k < rules.size(); ++k)
      if (rules[k].applies(features)) examples[i].rules.push_back(static_cast<int>(k));
    if (i % 256 == 0) progress("reading", static_cast<double>(i) / static_cast<double>(rows.size()));
  }
  weigh(rows, options, examples);
  return examples;
}

Json errors_by_threshold(const std::vector<Judged>& judged, const Thresholds& thresholds) {
  Json errors = Json::array();
  for (const ThresholdRow& row : threshold_table(ranking(judged), thresholds))
    errors.push_back({{"threshold", row.threshold},
                      {"missed", row.recall ? Json(1 - *row.recall) : Json()},
                      {"blocked", row.ham_blocked_share ? Json(*row.ham_blocked_share) : Json()}});
  return errors;
}

Json rule_counts(const std::vector<Example>& examples) {
  const auto rules = catalogue();
  std::vector<std::array<long, 2>> counts(rules.size());
  for (const Example& example : examples)
    for (const int rule : example.rules) ++counts[static_cast<std::size_t>(rule)][example.line.spam ? 1 : 0];
  Json out = Json::object();
  for (std::size_t i = 0; i < rules.size(); ++i)
    out[std::string(rules[i].id)] = {{"spam", counts[i][1]}, {"ham", counts[i][0]}};
  return out;
}

// What the text models make of an example.
struct Reading {
  TextScore text;
  TextScore linear;
};

// Both models, trained on the examples of which `teaches(position)` is true.
template <typename Teaches>
Result<std::pair<TextModel, TextModel>> train_texts(const std::vector<Example>& examples,
                                                    const TrainingOptions& options, Teaches teaches,
                                                    const std::function<void(double)>& progress) {
  std::vector<LabelledLine> lines;
  std::vector<WeighedLine> weighed;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (!teaches(i)) continue;
    lines.push_back(examples[i].line);
    weighed.push_back({examples[i].line.line, examples[i].line.spam, examples[i].weight});
  }
  Result<TextModel> text = train_text_model(lines, options.text, [&](double done) { progress(done / 2); });
  if (!text) return text.error();
  Result<TextModel> linear = train_linear_text(weighed, options.linear, options.text,
                                               [&](double done) { progress((1 + done) / 2); });
  if (!linear) return linear.error();
  return std::pair(*std::move(text), *std::move(linear));
}

// Each example as models that did not see its fold read it.
Result<std::vector<Reading>> held_out_readings(const std::vector<Example>& examples,
                                               const std::vector<int>& folds, std::string_view way,
                                               const TrainingOptions& options, const ProgressOf& progress) {
  std::vector<Reading> readings(examples.size());
  for (int fold = 0; fold < options.folds; ++fold) {
    const std::string what =
        std::string(way) + " " + std::to_string(fold + 1) + " of " + std::to_string(options.folds);
    const auto models = train_texts(
        examples, options, [&](std::size_t i) { return folds[i] != fold; },
        [&](double done) { progress(what, done); });
    if (!models) return models.error();
    for (std::size_t i = 0; i < examples.size(); ++i)
      if (folds[i] == fold)
        readings[i] = {text_score(models->first, examples[i].line.line),
                       text_score(models->second, examples[i].line.line)};
  }
  return readings;
}

// The points of the text.model signal.
double reading_points(const Reading& reading, const Weights& weights) {
  return text_weight(weights, reading.text) * reading.text.log_odds +
         linear_weight(weights, reading.linear) * reading.linear.log_odds;
}

// `views`: the held-out readings of the examples, one set for each way of holding out; each counts alike.
Weights fit_weights(const std::vector<Example>& examples, const std::vector<std::vector<Reading>>& views,
                    const TrainingOptions& options) {
  std::vector<FitColumn> columns(kFirstRule);
  columns[kPrior] = {0, 0.01};
  columns[kText] = {1, 0.01};
  columns[kUnfamiliar] = {0, 0.01};
  columns[kLength] = {0, 0.01};
  columns[kLinear] = {0, 0.01};
  columns[kLinearLength] = {0, 0.01};
  const auto rules = catalogue();
  for (const Rule& rule : rules) {
    FitColumn column{options.from_scratch ? 0 : rule.points, options.rule_pull};
    // A rule keeps the sign of its sentence; one that the rows cannot judge keeps its points.
    (rule.points > 0 ? column.lower : column.upper) = 0;
    (rule.points > 0 ? column.upper : column.lower) = std::copysign(
        rule.group() == "disguise" ? options.max_disguise_points : options.max_rule_points, rule.points);
    if (rule.source == Points::kHandSet) column.lower = column.upper = rule.points;
    columns.push_back(column);
  }
  std::vector<FitRow> rows;
  rows.reserve(examples.size() * views.size());
  for (const std::vector<Reading>& readings : views) {
    for (std::size_t i = 0; i < examples.size(); ++i) {
      const TextScore& text = readings[i].text;
      // As text_weight() has it.
      const double log_odds = text.words == 0 ? 0 : text.log_odds;
      const double linear = text.words == 0 ? 0 : readings[i].linear.log_odds;
      FitRow row;
      row.spam = examples[i].line.spam;
      row.weight = examples[i].weight / static_cast<double>(views.size());
      row.values = {{kPrior, 1},
                    {kText, log_odds},
                    {kUnfamiliar, log_odds * unfamiliar_share(text)},
                    {kLength, log_odds * length_of(text)},
                    {kLinear, linear},
                    {kLinearLength, linear * length_of(text)}};
      for (const int rule : examples[i].rules) row.values.emplace_back(kFirstRule + rule, 1);
      rows.push_back(std::move(row));
    }
  }
  const std::vector<double> fitted = fit(rows, columns);
  Weights weights{fitted[kPrior],  fitted[kText],        fitted[kUnfamiliar], fitted[kLength], {},
                  fitted[kLinear], fitted[kLinearLength]};
  for (std::size_t k = 0; k < rules.size(); ++k)
    if (rules[k].source == Points::kFitted)
      weights.rule_points.emplace(rules[k].id, std::round(fitted[kFirstRule + k] * 1000) / 1000);
  return weights;
}

// The sum of points, held out.
double sum_of(const Example& example, const Reading& reading, const Weights& weights) {
  const auto rules = catalogue();
  double sum = weights.prior + reading_points(reading, weights);
  for (const int rule : example.rules) {
    const Rule& one = rules[static_cast<std::size_t>(rule)];
    const auto fitted = weights.rule_points.find(one.id);
    sum += fitted == weights.rule_points.end() ? one.points : fitted->second;
  }
  return sum;
}

// Makes a score of 0.9 mean nine in ten where comments come as they come, by the held-out sums of real sites.
// The seed is left out, because its kinds are chosen to be hard and their shares are nobody's traffic; so are
// minor sources.
void calibrate(const std::vector<Example>& examples, const std::vector<double>& sums,
               const TrainingOptions& options, Weights& weights) {
  std::vector<ScoredRow> rows;
  for (std::size_t i = 0; i < examples.size(); ++i)
    if (examples[i].sets_scale) rows.push_back({sums[i], examples[i].line.spam, examples[i].weight});
  const PlattLine line = fit_platt(rows, options.ham_per_spam);
  weights.prior = weights.prior * line.scale + line.shift;
  weights.text *= line.scale;
  weights.text_unfamiliar *= line.scale;
  weights.text_length *= line.scale;
  weights.linear *= line.scale;
  weights.linear_length *= line.scale;
  for (auto& [id, points] : weights.rule_points) points = std::round(points * line.scale * 1000) / 1000;
}

// The lowest score at or above which at most `share` of the real sites' ham (by weight) lies; of all ham
// where there are none.
double threshold_for(const std::vector<Example>& examples, const std::vector<double>& scores, double share) {
  const bool real = std::any_of(examples.begin(), examples.end(),
                                [](const Example& one) { return one.sets_scale && !one.line.spam; });
  std::vector<std::pair<double, double>> ham;
  double whole = 0;
  for (std::size_t i = 0; i < examples.size(); ++i) {
    if (examples[i].line.spam || (real && !examples[i].sets_scale)) continue;
    ham.emplace_back(scores[i], examples[i].weight);
    whole += examples[i].weight;
  }
  std::sort(ham.rbegin(), ham.rend());
  double above = 0;
  for (const auto& [score, weight] : ham) {
    above += weight;
    if (above > share * whole) return std::min(1.0, score + 1e-6);
  }
  return 0;
}

Thresholds choose_thresholds(const std::vector<Example>& examples, const std::vector<double>& scores,
                             const TrainingOptions& options) {
  const auto rounded = [](double value) { return std::ceil(value * 1e4) / 1e4; };
  Thresholds thresholds;
  thresholds.spam = std::clamp(rounded(threshold_for(examples, scores, options.spam_ham_share)), 0.5, 0.99);
  thresholds.unsure =
      std::clamp(rounded(threshold_for(examples, scores, options.unsure_ham_share)), 0.2, thresholds.spam);
  thresholds.discard = std::clamp(rounded(threshold_for(examples, scores, options.discard_ham_share)),
                                  std::max(0.98, thresholds.spam), 0.9999);
  return thresholds;
}

}  // namespace

Result<TrainedModel> train_model(const std::vector<Row>& rows, const TrainingOptions& options,
                                 const std::function<void(std::string_view, double)>& progress) {
  const ProgressOf report = progress ? progress : [](std::string_view, double) {};
  const std::vector<Row> prepared = prepare(rows, options.preparation);
  const auto spam = std::count_if(prepared.begin(), prepared.end(), [](const Row& row) { return row.spam; });
  const auto ham = static_cast<std::ptrdiff_t>(prepared.size()) - spam;
  if (spam < kMinRowsOfLabel || ham < kMinRowsOfLabel) {
    return Error{ErrorKind::kInvalid,
                 "training needs at least ten different comments of each label; these files have " +
                     std::to_string(spam) + " spam and " + std::to_string(ham) + " ham",
                 "label"};
  }
  const std::vector<Example> examples = make_examples(prepared, options, report);
  const Folds folds = assign_folds(prepared, options.folds);
  const Result<std::vector<Reading>> texts =
      held_out_readings(examples, folds.by_source, "sites held out", options, report);
  if (!texts) return texts.error();
  const Result<std::vector<Reading>> known =
      held_out_readings(examples, folds.by_group, "campaigns held out", options, report);
  if (!known) return known.error();

  TrainedModel trained;
  trained.weights = fit_weights(examples, {*texts, *known}, options);
  std::vector<double> sums, scores;
  for (std::size_t i = 0; i < examples.size(); ++i)
    sums.push_back(sum_of(examples[i], (*texts)[i], trained.weights));
  calibrate(examples, sums, options, trained.weights);
  for (std::size_t i = 0; i < examples.size(); ++i)
    scores.push_back(sigmoid(sum_of(examples[i], (*texts)[i], trained.weights)));
  trained.thresholds = choose_thresholds(examples, scores, options);
  std::vector<Judged> judged;
  for (std::size_t i = 0; i < examples.size(); ++i)
    judged.push_back({prepared[i].source, prepared[i].lang, prepared[i].spam,
                      scores[i] >= trained.thresholds.spam, scores[i]});
  trained.held_out = figures(judged);
  trained.by_threshold = errors_by_threshold(judged, trained.thresholds);
  trained.rules = rule_counts(examples);
  for (std::size_t i = 0; i < examples.size(); ++i)
    judged[i].score = sigmoid(reading_points((*texts)[i], trained.weights));
  trained.held_out_text = figures(judged);

  auto models = train_texts(
      examples, options, [](std::size_t) { return true; }, [&](double done) { report("all rows", done); });
  if (!models) return models.error();
  trained.text = std::move(models->first);
  trained.linear = std::move(models->second);
  trained.background = token_shares(prepared);
  return trained;
}

}  // namespace winnow
