// Learned: an installation with its memory folded and its lists read, for the commands that report, judge by
// what reports taught, or ask what that is.
#pragma once

#include <memory>
#include <utility>

#include "service/check.h"
#include "service/house_rules.h"
#include "tools/winnow/installation.h"
#include "tools/winnow/model_option.h"

namespace winnow::cli {

class Learned {
 public:
  // Folds the whole log. `model` may name another model or other rules than the installation's. Fails as
  // Installation::open, ModelOption::load and Learning::load do.
  static Result<std::unique_ptr<Learned>> open(const GlobalOptions& options, const ModelOption& model = {}) {
    Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const Result<LoadedConfig> config = options.config();
    if (!config) return config.error();
    Result<Engine> engine = model.load(options);
    if (!engine) return engine.error();
    std::unique_ptr<Learned> learned(
        new Learned(*std::move(installation), *std::move(engine), config->config));
    const Result<void> loaded = learned->learning.load();
    if (!loaded) return loaded.error();
    const Result<void> taken = learned->house.catch_up();
    if (!taken) return taken.error();
    return learned;
  }

  Installation installation;
  std::shared_ptr<const Engine> engine;
  Learning learning;
  HouseRules house;
  Services services;

 private:
  Learned(Installation home, Engine loaded, const Config& config)
      : installation(std::move(home)),
        engine(std::make_shared<const Engine>(std::move(loaded))),
        learning(
            *installation.store, memory_options(config), "", [this] { return engine; },
            installation.concealment.get()),
        house(*installation.store, now),
        services{*installation.store,
                 learning,
                 [this] { return engine; },
                 now,
                 random_id,
                 [config](const Thresholds& of_model) { return thresholds_in_force(config, of_model); },
                 {},
                 {},
                 &house,
                 nullptr,
                 installation.concealment.get()} {}
};

}  // namespace winnow::cli
