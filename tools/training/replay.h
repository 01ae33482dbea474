// Replay: how well winnow learns, by the protocol of the TREC spam track (Cormack & Lynam 2005): comments in
// the order of their file, each judged first and its true label taught after.
#pragma once

#include <cstddef>
#include <functional>
#include <vector>

#include "classifier/engine.h"
#include "classifier/json.h"
#include "classifier/memory/memory.h"
#include "tools/training/dataset.h"
#include "tools/training/ranking.h"

namespace winnow {

struct ReplayOptions {
  // Judges beside the memory; null: from nothing, the memory alone.
  const Engine* engine = nullptr;
  bool errors_only = false;  // only labels of comments that were judged wrongly are taught
  std::size_t delay = 0;     // a label is taught so many comments later
  // Score (0..1) from which a comment is called spam. Half by default: a replay counts either error alike.
  double threshold = 0.5;
};

// The rows as they were judged, in order. `progress` is called with the number done.
std::vector<Judged> replay(const std::vector<Row>& rows, const ReplayOptions& options,
                           const std::function<void(std::size_t)>& progress = nullptr);

// {n, spam, ham, one_minus_roca_percent, recall, ham_blocked, error: {"50", "100", "200", "500", "1000",
// "all", "last_1000"}}; a share of rows that there are not is null.
Json replay_figures(const std::vector<Judged>& judged);

// CSV: row,label,score,errors,error_rate; one line a row, errors counted from the first.
std::string replay_curve(const std::vector<Judged>& judged);

}  // namespace winnow
