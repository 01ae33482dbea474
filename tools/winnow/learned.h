// Learned: an installation with its memory folded, for the commands that report or ask what was learned.
#pragma once

#include <memory>
#include <utility>

#include "service/check.h"
#include "tools/winnow/installation.h"
#include "tools/winnow/model_option.h"

namespace winnow::cli {

class Learned {
 public:
  // Folds the whole log. Fails as Installation::open, Engine::load and Learning::load do.
  static Result<std::unique_ptr<Learned>> open(const GlobalOptions& options) {
    Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const Result<LoadedConfig> config = options.config();
    if (!config) return config.error();
    Result<Engine> engine = ModelOption().load(options);
    if (!engine) return engine.error();
    std::unique_ptr<Learned> learned(
        new Learned(*std::move(installation), *std::move(engine), memory_options(config->config)));
    const Result<void> loaded = learned->learning.load();
    if (!loaded) return loaded.error();
    return learned;
  }

  Installation installation;
  std::shared_ptr<const Engine> engine;
  Learning learning;
  Services services;

 private:
  Learned(Installation home, Engine loaded, const MemoryOptions& options)
      : installation(std::move(home)),
        engine(std::make_shared<const Engine>(std::move(loaded))),
        learning(*installation.store, options, "", [this] { return engine; }),
        services{*installation.store,
                 learning,
                 [this] { return engine; },
                 now,
                 random_id,
                 [](const Thresholds& of_model) { return of_model; }} {}
};

}  // namespace winnow::cli
