#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "classifier/engine.h"
#include "classifier/json.h"
#include "service/model_shelf.h"
#include "service/promotion.h"
#include "tools/training/golden_set.h"
#include "tools/training/retrain.h"
#include "tools/training/retrained_model.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/installation.h"
#include "tools/winnow/reports.h"
#include "tools/winnow/stages.h"

namespace winnow::cli {
namespace {

constexpr std::size_t kSitesShown = 30;

std::string share(long part, long whole) {
  if (whole == 0) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.2f %%", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
  return text;
}

void print_row(const Comparison& one, const std::string& remark) {
  const Hits &old = one.champion, &now = one.candidate;
  std::printf("%-28s %6ld %6ld  %9s %9s  %9s %9s  %s\n", one.rows.c_str(), now.spam, now.ham,
              share(old.caught, old.spam).c_str(), share(now.caught, now.spam).c_str(),
              share(old.blocked, old.ham).c_str(), share(now.blocked, now.ham).c_str(), remark.c_str());
}

std::string strength_in_words(const LayerOutcome& layer) {
  if (layer.strength >= 1) return "";
  return "at " + std::to_string(static_cast<int>(layer.strength * 100)) + " %";
}

void print_table(const Retrained& retrained) {
  std::printf("%-28s %6s %6s  %9s %9s  %9s %9s\n", "", "spam", "ham", "recall", "", "blocked", "");
  std::printf("%-28s %6s %6s  %9s %9s  %9s %9s\n", "rows", "", "", "champion", "candidate", "champion",
              "candidate");
  std::size_t shown = 0;
  for (const LayerOutcome& layer : retrained.layers) {
    if (++shown > kSitesShown) break;
    print_row(layer.held_out, layer.left_out.empty() ? strength_in_words(layer) : "left out");
  }
  if (retrained.layers.size() > kSitesShown)
    std::printf("... and %zu more sites (the manifest has them)\n", retrained.layers.size() - kSitesShown);
  for (const Comparison* one : {&retrained.held_out, &retrained.seed, &retrained.golden}) print_row(*one, "");
  if (retrained.anew_held_out)
    print_row(*retrained.anew_held_out,
              retrained.anew ? "taken" : "not taken: the delta is better, or it did harm");
}

void print_counts(const Retrained& retrained) {
  const Settled& counts = retrained.counts;
  std::printf(
      "%zu reports: %zu repeated, %zu overruled, %zu over the caps of text, %zu of reporter, %zu of "
      "site, %zu of all\n",
      retrained.read, counts.duplicates, counts.overruled, counts.over_text, counts.over_reporter,
      counts.over_site, counts.over_all);
}

class RetrainCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("--data", data_,
                   "JSONL files of labelled comments beside the reports; rows with a blog teach that site's "
                   "layer, others speak for all sites")
        ->type_name("FILE")
        ->check(CLI::ExistingFile);
    app.add_flag("--no-feedback", no_feedback_, "Leave the stored reports out; needs --data");
    app.add_option("--seed-data", seed_dir_, "Directory of the seed comments, which say what must stay")
        ->capture_default_str()
        ->type_name("DIR");
    CLI::Option* models =
        app.add_option("--models", models_, "Directory for the new model (else beside the one in use)")
            ->type_name("DIR");
    app.add_option("--ham-worse", ham_worse_,
                   "Points of a hundred that more honest comments may be blocked (else the setting "
                   "\"retrain_ham_worse\")")
        ->check(CLI::Range(0.0, 100.0));
    app.add_option(
           "--recall-worse", recall_worse_,
           "Points of a hundred that less spam may be caught (else the setting \"retrain_recall_worse\")")
        ->check(CLI::Range(0.0, 100.0));
    app.add_flag(
        "--anew", options_.anew,
        "Also train a model anew, and take it if it is better on the held-out rows: slow, for tens of "
        "thousands of reports");
    app.add_option("--seed", options_.teaching.seed, "Seed of every random choice")->capture_default_str();
    CLI::Option* dry = app.add_flag("--dry-run", dry_run_, "Write nothing");
    CLI::Option* promote =
        app.add_flag("--promote", promote_, "Put the new model in force, unless the gate refuses it");
    CLI::Option* force = app.add_flag("--force", force_, "Write (and promote) what the gate refuses, too");
    app.add_option("--reason", reason_, "Why the gate is passed over; the manifest keeps it")
        ->needs(force)
        ->type_name("TEXT");
    force->excludes(dry);
    promote->excludes(dry)->excludes(models);
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& global) override {
    if (no_feedback_ && data_.empty())
      return Error{ErrorKind::kInvalid, "--no-feedback leaves nothing to learn from without --data", ""};
    if (force_ && reason_.empty())
      return Error{ErrorKind::kInvalid, "--force takes a --reason, which the manifest keeps", ""};
    const Result<LoadedConfig> config = global.config();
    if (!config) return config.error();
    options_.gate.ham_worse = ham_worse_.value_or(config->config.retrain_ham_worse);
    options_.gate.recall_worse = recall_worse_.value_or(config->config.retrain_recall_worse);
    options_.teaching.settle.quorum = static_cast<int>(config->config.quorum);
    options_.teaching.settle.floor = static_cast<double>(config->config.reporter_floor) / 100;
    const std::filesystem::path champion_dir = config->config.model;
    const Result<Engine> champion = Engine::load(champion_dir, "");
    if (!champion) return champion.error();
    const Result<Dataset> data = read_dataset({data_.begin(), data_.end()});
    if (!data) return data.error();
    const Result<Dataset> seed = read_dataset(jsonl_files(seed_dir_));
    if (!seed) return seed.error();
    if (seed->rows.empty())
      return Error{ErrorKind::kNotFound, seed_dir_ + ": there are no seed comments (*.jsonl)", ""};

    std::vector<ReportSource> sources;
    std::unique_ptr<Store> store;
    if (!no_feedback_) {
      Result<Installation> installation = Installation::open(global);
      if (!installation) return installation.error();
      store = std::move(installation->store);
      sources.push_back(reports_of(*store));
    }
    sources.push_back(source_of(*data));
    options_.training.preparation.seed = options_.teaching.seed;
    options_.training.text.seed = static_cast<int>(options_.teaching.seed % 1000000);
    const Result<Retrained> retrained = [&] {
      Stages stages;
      return retrain(*champion, sources, seed->rows, golden::built_in_golden_set().rows, options_,
                     std::ref(stages));
    }();
    if (!retrained) return retrained.error();

    Provenance provenance{data->files, seed->files, "", reason_};
    if (retrained->last_at > 0) provenance.until = iso_time(retrained->last_at);
    const Json manifest = retrained_manifest(champion->model(), *retrained, options_, provenance);
    return finish(champion_dir, champion->model(), *retrained, manifest);
  }

 private:
  // Writes the model, unless it must not be, and tells.
  Result<void> finish(const std::filesystem::path& champion_dir, const Model& champion,
                      const Retrained& retrained, const Json& manifest) const {
    const bool refused = !retrained.refusals.empty() && !force_;
    std::string written_to;
    if (!dry_run_ && !refused) {
      const std::filesystem::path models = models_.empty() ? shelf_of(champion_dir) : models_;
      const std::string id = next_model_id(models, iso_time(now()).substr(0, 10));
      if (Result<void> written = write_retrained(models, id, champion_dir, champion, retrained, manifest);
          !written)
        return written;
      written_to = (models / id).string();
      if (promote_) {
        const std::string reason = reason_.empty() ? "retrained" : reason_;
        const Result<Promotion> done = promote(champion_dir, id, reason, now(), !retrained.refusals.empty());
        if (!done) return done.error();
      }
    }
    if (json_) {
      Json out = manifest;
      out["model"] = written_to.empty() ? Json() : Json(written_to);
      std::cout << to_text(out) << '\n';
    } else {
      print_counts(retrained);
      print_table(retrained);
      for (const LayerOutcome& layer : retrained.layers)
        for (const std::string& reason : layer.left_out) std::cout << "left out: " << reason << '\n';
      for (const std::string& refusal : retrained.refusals) std::cout << "refused: " << refusal << '\n';
      if (!written_to.empty())
        std::cout << "wrote " << written_to << (promote_ ? ", which is in force" : "") << '\n';
    }
    if (refused)
      return Error{ErrorKind::kConflict, "the gate refuses the candidate; nothing was written", ""};
    return {};
  }

  std::vector<std::string> data_;
  std::string seed_dir_ = WINNOW_SHARE_DIR "/data/seed";
  std::filesystem::path models_;
  std::string reason_;
  RetrainOptions options_;
  std::optional<double> ham_worse_;
  std::optional<double> recall_worse_;
  bool no_feedback_ = false;
  bool dry_run_ = false;
  bool promote_ = false;
  bool force_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_retrain() {
  return std::make_unique<RetrainCommand>();
}

}  // namespace winnow::cli
