#include "tools/training/ranking.h"

#include <algorithm>

namespace winnow {

std::vector<Cut> ranking(const std::vector<Judged>& judged) {
  std::vector<const Judged*> order;
  order.reserve(judged.size());
  for (const Judged& one : judged) order.push_back(&one);
  std::sort(order.begin(), order.end(), [](const Judged* a, const Judged* b) { return a->score > b->score; });
  std::vector<Cut> cuts;
  for (const Judged* one : order) {
    if (cuts.empty()) cuts.push_back({one->score, 0, 0});
    if (cuts.back().threshold != one->score) cuts.push_back({one->score, cuts.back().spam, cuts.back().ham});
    ++(one->spam ? cuts.back().spam : cuts.back().ham);
  }
  return cuts;
}

Cut cut_at(const std::vector<Cut>& cuts, double threshold) {
  const auto below = std::partition_point(cuts.begin(), cuts.end(),
                                          [&](const Cut& cut) { return cut.threshold >= threshold; });
  return below == cuts.begin() ? Cut{threshold, 0, 0} : Cut{threshold, (below - 1)->spam, (below - 1)->ham};
}

}  // namespace winnow
