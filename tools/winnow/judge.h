// Judge: judges as winnowd of this installation does, by its model, rules, thresholds and what reports
// taught it.
#pragma once

#include <memory>

#include "classifier/engine.h"
#include "service/config.h"
#include "service/learning.h"
#include "tools/winnow/command.h"
#include "tools/winnow/model_option.h"

namespace winnow::cli {

// Thread rule: one thread. `store` outlives it. Writes nothing.
class Judge {
 public:
  // `model` may name another model or other rules than the installation's. Fails as ModelOption::load() and
  // the store do.
  static Result<std::unique_ptr<Judge>> open(const GlobalOptions& options, const ModelOption& model,
                                             Store& store);

  // `site`: whose reports count; 0: none, only what counts on every site.
  Verdict judge(SiteId site, const Comment& comment) const;

  const Engine& engine() const { return *engine_; }

 private:
  Judge(Engine engine, const Config& config, Store& store);

  std::shared_ptr<const Engine> engine_;
  Thresholds thresholds_;
  Learning learning_;
};

}  // namespace winnow::cli
