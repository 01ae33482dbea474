// Measures what retraining adds and what it costs: see tools/bench retrain-adds, which builds and runs this.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "classifier/engine.h"
#include "classifier/score.h"
#include "tools/training/dataset.h"
#include "tools/training/gate.h"
#include "tools/training/golden_set.h"
#include "tools/training/retrain.h"

namespace winnow {
namespace {

struct LabelledSet {
  std::string name;
  std::vector<Row> rows;
  std::vector<DeltaExample> examples;
  std::vector<int> groups;
};

// What one retraining came to.
struct Outcome {
  Comparison rest;                            // of the set, without the rows that taught
  std::map<std::string, Comparison> others;   // by set, each as a site of its own
  std::map<std::string, Comparison> as_here;  // the same, as if they came to the site that taught
  std::string remark;
};

std::uint64_t lot(const std::string& text, std::uint64_t seed) {
  std::uint64_t hash = 14695981039346656037ull ^ (seed * 0x9E3779B97F4A7C15ull);
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  hash ^= hash >> 31;
  hash *= 0xBF58476D1CE4E5B9ull;
  return hash ^ (hash >> 29);
}

std::string blog_of(const std::string& set) {
  return "https://" + set + ".example";
}

class Bench {
 public:
  Bench(const Engine& champion, std::vector<Row> seed) : champion_(champion), seed_(std::move(seed)) {}

  void add(const std::filesystem::path& file) {
    const Result<Dataset> data = read_dataset({file});
    if (!data) throw std::runtime_error(data.error().message);
    LabelledSet set{file.stem().string(), data->rows, {}, near_duplicate_groups(data->rows)};
    for (const Row& row : set.rows) set.examples.push_back(delta_example(champion_, row.comment, row.spam));
    sets_.push_back(std::move(set));
  }

  const std::vector<LabelledSet>& sets() const { return sets_; }

  // `of_site`: the rows name the set's blog; else they name none, and speak for all sites.
  Outcome run(const LabelledSet& set, std::size_t count, bool of_site, std::uint64_t seed) const {
    std::set<int> groups;
    Dataset taught;
    for (const std::size_t i : chosen(set, std::min(count, set.rows.size() / 2), seed, groups)) {
      taught.rows.push_back(set.rows[i]);
      taught.rows.back().comment.blog = of_site ? blog_of(set.name) : "";
    }
    RetrainOptions options;
    const Result<Retrained> retrained =
        retrain(champion_, {source_of(taught)}, seed_, golden::built_in_golden_set().rows, options,
                [](std::string_view, double) {});
    if (!retrained) throw std::runtime_error(set.name + ": " + retrained.error().message);
    const DeltaModel& delta = retrained->delta;
    const std::string here = of_site ? site_name(blog_of(set.name)) : "";

    Outcome outcome;
    if (delta.empty()) outcome.remark = "left out";
    if (!retrained->refusals.empty()) outcome.remark = "refused: " + retrained->refusals.front();
    for (const LabelledSet& other : sets_) {
      for (std::size_t i = 0; i < other.rows.size(); ++i) {
        const DeltaExample& one = other.examples[i];
        if (&other == &set) {
          if (!groups.contains(other.groups[i])) compare(delta, here, one, outcome.rest);
        } else {
          compare(delta, of_site ? site_name(blog_of(other.name)) : "", one, outcome.others[other.name]);
          compare(delta, here, one, outcome.as_here[other.name]);
        }
      }
    }
    return outcome;
  }

 private:
  // Rows of whole near-duplicate groups, in an order by lot, until there are `count`.
  static std::vector<std::size_t> chosen(const LabelledSet& set, std::size_t count, std::uint64_t seed,
                                         std::set<int>& groups) {
    std::map<int, std::vector<std::size_t>> members;
    for (std::size_t i = 0; i < set.rows.size(); ++i) members[set.groups[i]].push_back(i);
    std::vector<std::pair<std::uint64_t, int>> order;
    for (const auto& [group, rows] : members) order.emplace_back(lot(set.rows[rows.front()].id, seed), group);
    std::sort(order.begin(), order.end());
    std::vector<std::size_t> rows;
    for (const auto& [draw, group] : order) {
      if (rows.size() >= count) break;
      groups.insert(group);
      for (const std::size_t i : members[group])
        if (rows.size() < count) rows.push_back(i);
    }
    return rows;
  }

  bool catches(const DeltaExample& one, double points) const {
    return sigmoid(one.offset + points) >= champion_.model().thresholds.spam;
  }

  void compare(const DeltaModel& delta, const std::string& site, const DeltaExample& one,
               Comparison& comparison) const {
    double points = 0;
    const auto add_layer = [&](const std::string& name) {
      if (const auto layer = delta.layers().find(name); layer != delta.layers().end())
        points += layer_points(layer->second, one.tokens, one.base);
    };
    add_layer("");
    if (!site.empty()) add_layer(site);
    comparison.champion.add(one.spam, catches(one, 0));
    comparison.candidate.add(one.spam, catches(one, points));
  }

  const Engine& champion_;
  std::vector<Row> seed_;
  std::vector<LabelledSet> sets_;
};

double percent(long part, long whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

Comparison pooled(const std::map<std::string, Comparison>& sets) {
  Comparison all;
  for (const auto& [name, one] : sets) {
    for (auto [to, from] : {std::pair{&all.champion, &one.champion}, {&all.candidate, &one.candidate}}) {
      to->spam += from->spam;
      to->ham += from->ham;
      to->caught += from->caught;
      to->blocked += from->blocked;
    }
  }
  return all;
}

// "recall +1.2, blocked +0.1; worst set -0.3 (name), +0.4 (name)"
std::string change_in_words(const std::map<std::string, Comparison>& sets) {
  const Comparison all = pooled(sets);
  double least = 0, most = 0;
  std::string least_name, most_name;
  for (const auto& [name, one] : sets) {
    const double recall = percent(one.candidate.caught - one.champion.caught, one.candidate.spam);
    const double blocked = percent(one.candidate.blocked - one.champion.blocked, one.candidate.ham);
    if (recall < least) least = recall, least_name = " " + name;
    if (blocked > most) most = blocked, most_name = " " + name;
  }
  char text[200];
  std::snprintf(text, sizeof text, "%+.2f / %+.2f | %.2f%s / %+.2f%s",
                percent(all.candidate.caught - all.champion.caught, all.candidate.spam),
                percent(all.candidate.blocked - all.champion.blocked, all.candidate.ham), least,
                least_name.c_str(), most, most_name.c_str());
  return text;
}

void print(const std::string& name, const Outcome& outcome) {
  const Hits &old = outcome.rest.champion, &now = outcome.rest.candidate;
  std::printf("| %s | %ld | %.2f -> %.2f | %.1f -> %.1f | %.2f -> %.2f | %s | %s | %s |\n", name.c_str(),
              now.spam + now.ham, percent(old.errors(), old.spam + old.ham),
              percent(now.errors(), now.spam + now.ham), percent(old.caught, old.spam),
              percent(now.caught, now.spam), percent(old.blocked, old.ham), percent(now.blocked, now.ham),
              change_in_words(outcome.others).c_str(), change_in_words(outcome.as_here).c_str(),
              outcome.remark.c_str());
  std::fflush(stdout);
}

int run(const std::string& model, const std::string& seed_dir, const std::vector<std::string>& files,
        std::vector<std::string> teachers, std::size_t rows, std::uint64_t seed) {
  const Result<Engine> champion = Engine::load(model, "");
  if (!champion) throw std::runtime_error(champion.error().message);
  const Result<Dataset> seed_rows = read_dataset(jsonl_files(seed_dir));
  if (!seed_rows) throw std::runtime_error(seed_rows.error().message);
  Bench bench(*champion, seed_rows->rows);
  for (const std::string& file : files) bench.add(file);

  for (const bool of_site : {true, false}) {
    std::printf(
        "\n%s\n\n| set | rest | error %% | recall %% | ham blocked %% | other sets: recall / blocked, points "
        "\\| "
        "worst | as if they came to this site | |\n|---|---|---|---|---|---|---|---|\n",
        of_site ? "Rows of one site (they name its blog):"
                : "Rows that speak for all sites (they name no blog):");
    double logs = 0;
    int count = 0;
    for (const LabelledSet& set : bench.sets()) {
      if (std::find(teachers.begin(), teachers.end(), set.name) == teachers.end()) continue;
      const Outcome outcome = bench.run(set, rows, of_site, seed);
      print(set.name, outcome);
      const long old = outcome.rest.champion.errors(), now = outcome.rest.candidate.errors();
      logs += std::log((static_cast<double>(now) + 0.5) / (static_cast<double>(old) + 0.5));
      ++count;
    }
    std::printf("\nError on the rest of the set, geometric mean: %.2f of what it was.\n",
                std::exp(logs / std::max(1, count)));
  }
  return 0;
}

}  // namespace
}  // namespace winnow

int main(int argc, char** argv) {
  CLI::App app("Retrains on some rows of one labelled set and measures on the rest and on the other sets.",
               "retrain_adds");
  std::string model, seed_dir;
  std::vector<std::string> files, teachers;
  std::size_t rows = 300;
  std::uint64_t seed = 1;
  app.add_option("--model", model, "Model directory")->required();
  app.add_option("--seed-data", seed_dir, "Directory of the seed comments")->required();
  app.add_option("--sets", files, "JSONL files, one a set")->required()->check(CLI::ExistingFile);
  app.add_option("--teachers", teachers, "Names of the sets that teach in turn")->required();
  app.add_option("--rows", rows, "Rows that teach; half of a set that has less than twice as many")
      ->capture_default_str();
  app.add_option("--seed", seed, "Which rows")->capture_default_str();
  CLI11_PARSE(app, argc, argv);
  try {
    return winnow::run(model, seed_dir, files, teachers, rows, seed);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "retrain_adds: %s\n", error.what());
    return 1;
  }
}
