#include "tools/training/retrain.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "classifier/score.h"

namespace winnow {
namespace {

// Of a layer, the first of these that does no harm is taken.
constexpr double kStrengths[] = {1, 0.85, 0.7, 0.6, 0.5, 0.42, 0.35, 0.25};

using Layers = std::map<std::string, DeltaLayer, std::less<>>;
using Strengths = std::map<std::string, double, std::less<>>;  // by site; see kStrengths

double points_of(const Layers& layers, std::string_view site, const DeltaExample& example) {
  double points = 0;
  if (const auto all = layers.find(""); all != layers.end())
    points += layer_points(all->second, example.tokens, example.base);
  if (site.empty()) return points;
  if (const auto own = layers.find(site); own != layers.end())
    points += layer_points(own->second, example.tokens, example.base);
  return points;
}

std::vector<DeltaExample> seed_examples(const Engine& base, const std::vector<Row>& seed, std::size_t most,
                                        const TeachingProgress& progress) {
  // Every n-th: rows of one kind stand together in the files.
  std::vector<DeltaExample> found;
  const std::size_t step =
      std::max<std::size_t>(1, (seed.size() + most - 1) / std::max<std::size_t>(1, most));
  for (std::size_t i = 0; i < seed.size(); i += step) {
    found.push_back(delta_example(base, seed[i].comment, seed[i].spam));
    if (found.size() % 64 == 0)
      progress("judging the seed", static_cast<double>(i) / static_cast<double>(seed.size()));
  }
  return found;
}

// A layer is a sum, so a share of it is the same share of each of its parts.
DeltaLayer weakened(DeltaLayer layer, double strength) {
  layer.start *= strength;
  layer.share *= strength;
  for (auto& [id, points] : layer.rules) points *= strength;
  for (auto& [token, value] : layer.numbers) value *= static_cast<float>(strength);
  return layer;
}

// The newest report that the champion's delta was trained on; 0 if it has none.
std::int64_t seq_known_to(const Engine& champion) {
  const auto until = champion.model().manifest.find("feedback_until");
  if (until == champion.model().manifest.end() || !until->is_object()) return 0;
  return until->value("seq", std::int64_t{0});
}

// Trains layers and compares them; the state of one retraining.
class Retraining {
 public:
  Retraining(const Engine& champion, const TeachingSet& set, std::vector<DeltaExample> seed,
             const Engine& base, const std::vector<golden::GoldenRow>& golden, const RetrainOptions& options,
             const TeachingProgress& progress)
      : champion_(champion),
        known_seq_(seq_known_to(champion)),
        threshold_(std::clamp(champion.model().thresholds.spam, 0.05, 0.9999)),
        set_(set),
        seed_(std::move(seed)),
        options_(options),
        progress_(progress) {
    for (std::size_t i = 0; i < set.rows.size(); ++i) {
      if (set.rows[i].of_all) rows_of_[""].push_back(i);
      if (set.rows[i].of_site) rows_of_[set.rows[i].site].push_back(i);
    }
    for (const golden::GoldenRow& row : golden)
      golden_.push_back({&row, delta_example(base, row.comment, row.spam)});
    std::erase_if(rows_of_, [&](const auto& one) { return one.second.size() < options.least_rows; });
  }

  bool has_layers() const { return !rows_of_.empty(); }

  // Layers of the rows that are not held out, or of all; the one for all first, for the sites' stand on it.
  // `strengths` holds how much of each was taken; those that it has already are taken at that, not at all at
  // 0.
  Layers train(bool with_held_out, Strengths& strengths, const char* what) const {
    Layers layers;
    std::vector<DeltaExample> seed = seed_;
    std::size_t done = 0;
    for (const auto& [site, positions] : rows_of_) {  // "" comes first
      progress_(what, static_cast<double>(done++) / static_cast<double>(rows_of_.size()));
      DeltaLayer layer = train_delta_layer(reports_of(site, with_held_out, layers), seed, threshold_,
                                           site.empty() ? options_.of_all : options_.of_site);
      const auto known = strengths.find(site);
      const double strength = known != strengths.end() ? known->second : harmless(layers, site, layer);
      strengths[site] = strength;
      if (strength == 0) continue;
      layers.emplace(site, weakened(std::move(layer), strength));
      if (site.empty())
        for (DeltaExample& one : seed) one.offset += points_of(layers, "", one);
    }
    return layers;
  }

  // Golden comments that the champion judges rightly and `layers` do not, were they to come to `site`.
  std::vector<GoldenFlip> flips(const Layers& layers, std::string_view site) const {
    std::vector<GoldenFlip> found;
    for (const GoldenExample& one : golden_) {
      const bool was = catches(one.example, champion_points("", one.example));
      const bool is = catches(one.example, points_of(layers, site, one.example));
      if (was == one.example.spam && is != was)
        found.push_back(
            {one.row->id, one.row->trap, was ? "was caught and would pass" : "passed and would be caught"});
    }
    return found;
  }

  Comparison compare_golden(const Layers& layers, std::string_view site) const {
    Comparison comparison{"golden", {}, {}};
    for (const GoldenExample& one : golden_) {
      comparison.champion.add(one.example.spam, catches(one.example, champion_points("", one.example)));
      comparison.candidate.add(one.example.spam, catches(one.example, points_of(layers, site, one.example)));
    }
    return comparison;
  }

  bool catches(const DeltaExample& example, double points) const {
    return sigmoid(example.offset + points) >= champion_.model().thresholds.spam;
  }
  // What the champion's delta says of a row that it was trained on shows nothing: there its base is asked.
  bool champion_catches(const TeachingRow& row) const {
    const double points =
        is_seen(row) ? 0 : points_of(champion_.model().delta.layers(), row.site, row.example);
    return catches(row.example, points);
  }
  bool is_seen(const TeachingRow& row) const {
    return !champion_.model().delta.empty() && row.seq <= known_seq_;
  }

  // Held-out rows that `takes` takes, judged by the champion and by `layers`.
  template <typename Takes>
  Comparison compare(std::string name, const Layers& layers, Takes takes) const {
    Comparison comparison{std::move(name), {}, {}};
    for (const TeachingRow& row : set_.rows) {
      if (!row.held_out || !takes(row)) continue;
      comparison.champion.add(row.example.spam, champion_catches(row));
      comparison.candidate.add(row.example.spam,
                               catches(row.example, points_of(layers, row.site, row.example)));
    }
    return comparison;
  }

  Comparison compare_seed(const Layers& layers, std::string_view site) const {
    Comparison comparison{"seed", {}, {}};
    for (const DeltaExample& one : seed_) {
      comparison.champion.add(one.spam, catches(one, points_of(champion_.model().delta.layers(), "", one)));
      comparison.candidate.add(one.spam, catches(one, points_of(layers, site, one)));
    }
    return comparison;
  }

  // Each layer that was tried, and whether it may stay. One that may not is taken out of `layers`.
  std::vector<LayerOutcome> choose(Layers& layers, const Strengths& strengths) const {
    std::vector<LayerOutcome> outcomes;
    for (const auto& [site, positions] : rows_of_) {
      LayerOutcome outcome{site, strengths.at(site), 0, 0, {}, {}};
      for (const std::size_t i : positions) ++(set_.rows[i].example.spam ? outcome.spam : outcome.ham);
      outcome.held_out = compare(site.empty() ? "all sites" : site, layers, [&](const TeachingRow& row) {
        return site.empty() ? row.of_all : row.of_site && row.site == site;
      });
      outcome.left_out = refusals(outcome.held_out, options_.gate);
      if (outcome.strength == 0)
        outcome.left_out.push_back((site.empty() ? "all sites" : site) +
                                   ": even a little of it flips golden comments or spoils the seed");
      outcomes.push_back(std::move(outcome));
    }
    for (const LayerOutcome& outcome : outcomes)
      if (!outcome.left_out.empty()) layers.erase(outcome.site);
    return outcomes;
  }

 private:
  struct GoldenExample {
    const golden::GoldenRow* row;
    DeltaExample example;
  };

  // The most of `layer` that does no harm on top of `below`, 0 if there is none: it teaches its site's kind
  // of comment, not to take all else for that. Seed and golden set must pass the gate, were they to come to
  // the site; the layer for all may not flip one golden comment.
  double harmless(const Layers& below, const std::string& site, const DeltaLayer& layer) const {
    for (const double strength : kStrengths) {
      Layers layers = below;
      layers.emplace(site, weakened(layer, strength));
      const bool spoils = !refusals(compare_seed(layers, site), options_.gate).empty() ||
                          !refusals(compare_golden(layers, site), options_.gate).empty();
      if (!spoils && (!site.empty() || flips(layers, "").empty())) return strength;
    }
    return 0;
  }

  double champion_points(std::string_view site, const DeltaExample& example) const {
    return points_of(champion_.model().delta.layers(), site, example);
  }

  // The rows of a layer, on top of `below`.
  std::vector<DeltaExample> reports_of(std::string_view site, bool with_held_out, const Layers& below) const {
    std::vector<DeltaExample> reports;
    for (const std::size_t i : rows_of_.find(site)->second) {
      if (!with_held_out && set_.rows[i].held_out) continue;
      reports.push_back(set_.rows[i].example);
      reports.back().offset += points_of(below, "", reports.back());
    }
    return reports;
  }

  const Engine& champion_;
  std::int64_t known_seq_;
  double threshold_;
  const TeachingSet& set_;
  std::vector<DeltaExample> seed_;
  std::vector<GoldenExample> golden_;
  const RetrainOptions& options_;
  const TeachingProgress& progress_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> rows_of_;
};

void pass_gate(const RetrainOptions& options, Retrained& retrained) {
  for (const Comparison* one : {&retrained.held_out, &retrained.seed})
    for (std::string& refusal : refusals(*one, options.gate))
      retrained.refusals.push_back(std::move(refusal));
  for (const GoldenFlip& flip : retrained.flips)
    retrained.refusals.push_back("golden: " + flip.id + " (" + flip.trap + ") " + flip.sentence);
}

Engine engine_with(const Engine& champion, DeltaModel delta) {
  Model model = champion.model();
  model.delta = std::move(delta);
  return Engine(std::move(model), OperatorRules());
}

// Rows, each judged by champion and candidate as they would be served.
Comparison compare_engines(std::string name, const Engine& champion, const Engine& candidate,
                           const std::vector<const Row*>& rows) {
  Comparison comparison{std::move(name), {}, {}};
  for (const Row* row : rows) {
    comparison.champion.add(row->spam, champion.judge(row->comment, NoHistory()).is_spam());
    comparison.candidate.add(row->spam, candidate.judge(row->comment, NoHistory()).is_spam());
  }
  return comparison;
}

bool flips_golden(const Engine& champion, const Engine& candidate,
                  const std::vector<golden::GoldenRow>& rows) {
  return std::any_of(rows.begin(), rows.end(), [&](const golden::GoldenRow& row) {
    return champion.judge(row.comment, NoHistory()).is_spam() == row.spam &&
           candidate.judge(row.comment, NoHistory()).is_spam() != row.spam;
  });
}

// Tries a model trained anew, and takes it where it is better than the delta.
Result<void> try_anew(const Engine& champion, const TeachingSet& set, const std::vector<Row>& seed,
                      const std::vector<golden::GoldenRow>& golden, const RetrainOptions& options,
                      const TeachingProgress& progress, Retrained& retrained) {
  std::vector<Row> rows = seed;
  std::vector<const Row*> held_out;
  for (std::size_t i = 0; i < set.rows.size(); ++i) {
    if (set.rows[i].held_out)
      held_out.push_back(&set.comments[i]);
    else
      rows.push_back(set.comments[i]);
  }
  Result<TrainedModel> trained = train_model(rows, options.training, progress);
  if (!trained) return trained.error();
  Model model;
  model.id = "anew";
  model.text = trained->text;
  model.linear = trained->linear;
  model.weights = trained->weights;
  model.thresholds = trained->thresholds;
  const Engine candidate(std::move(model), OperatorRules());
  retrained.anew_held_out = compare_engines("held out, trained anew", champion, candidate, held_out);
  if (retrained.anew_held_out->candidate.errors() >= retrained.held_out.candidate.errors() ||
      !refusals(*retrained.anew_held_out, options.gate).empty() || flips_golden(champion, candidate, golden))
    return {};
  retrained.anew = *std::move(trained);
  retrained.delta = DeltaModel();
  retrained.held_out = *retrained.anew_held_out;
  std::vector<const Row*> seed_rows;
  seed_rows.reserve(seed.size());
  for (const Row& row : seed) seed_rows.push_back(&row);
  retrained.seed = compare_engines("seed", champion, candidate, seed_rows);
  retrained.golden = {"golden", {}, {}};
  for (const golden::GoldenRow& row : golden) {
    retrained.golden.champion.add(row.spam, champion.judge(row.comment, NoHistory()).is_spam());
    retrained.golden.candidate.add(row.spam, candidate.judge(row.comment, NoHistory()).is_spam());
  }
  retrained.flips.clear();
  return {};
}

}  // namespace

Result<Retrained> retrain(const Engine& champion, const std::vector<ReportSource>& sources,
                          const std::vector<Row>& seed, const std::vector<golden::GoldenRow>& golden,
                          const RetrainOptions& options, const TeachingProgress& progress) {
  const Engine base = engine_with(champion, DeltaModel());
  const Result<TeachingSet> set = read_teaching_set(sources, base, options.teaching, progress);
  if (!set) return set.error();
  Retrained retrained;
  retrained.read = set->read;
  retrained.counts = set->settled;
  retrained.last_seq = set->last_seq;
  retrained.last_at = set->last_at;
  retrained.last_id = set->last_id;
  const Retraining retraining(champion, *set, seed_examples(base, seed, options.most_seed, progress), base,
                              golden, options, progress);
  if (!retraining.has_layers())
    return Error{ErrorKind::kInvalid,
                 "there is too little to learn from: no site has " + std::to_string(options.least_rows) +
                     " different reported comments (" + std::to_string(set->read) + " reports in all)",
                 ""};

  Strengths strengths;
  Layers without_held_out = retraining.train(false, strengths, "training without the held-out rows");
  retrained.layers = retraining.choose(without_held_out, strengths);
  for (const TeachingRow& row : set->rows) retrained.seen += row.held_out && retraining.is_seen(row) ? 1 : 0;
  retrained.held_out =
      retraining.compare("held out", without_held_out, [](const TeachingRow&) { return true; });

  // What was refused is not trained; what was taken is tried anew, for it has more rows now.
  strengths.clear();
  for (const LayerOutcome& outcome : retrained.layers)
    if (!outcome.left_out.empty()) strengths[outcome.site] = 0;
  Layers layers = retraining.train(true, strengths, "training on all rows");
  for (LayerOutcome& outcome : retrained.layers) outcome.strength = strengths.at(outcome.site);
  retrained.seed = retraining.compare_seed(layers, "");
  retrained.golden = retraining.compare_golden(layers, "");
  retrained.flips = retraining.flips(layers, "");
  retrained.delta = DeltaModel(std::move(layers));
  if (options.anew) {
    const Engine as_served = engine_with(champion, champion.model().delta);
    const Result<void> tried = try_anew(as_served, *set, seed, golden, options, progress, retrained);
    if (!tried) return tried.error();
  }
  pass_gate(options, retrained);
  return retrained;
}

}  // namespace winnow
