#include "tools/winnow/judge.h"

#include <utility>

namespace winnow::cli {

Judge::Judge(Engine engine, const Config& config, Store& store)
    : engine_(std::make_shared<const Engine>(std::move(engine))),
      thresholds_(thresholds_in_force(config, engine_->model().thresholds)),
      learning_(store, memory_options(config), "", [this] { return engine_; }) {}

Result<std::unique_ptr<Judge>> Judge::open(const GlobalOptions& options, const ModelOption& model,
                                           Store& store) {
  const Result<LoadedConfig> loaded = options.config();
  if (!loaded) return loaded.error();
  Result<Engine> engine = model.load(options);
  if (!engine) return engine.error();
  std::unique_ptr<Judge> judge(new Judge(*std::move(engine), loaded->config, store));
  if (const Result<void> learned = judge->learning_.load(); !learned) return learned.error();
  return judge;
}

Verdict Judge::judge(SiteId site, const Comment& comment) const {
  return engine_->judge(comment, learning_.of(site), thresholds_);
}

}  // namespace winnow::cli
