#include "tools/training/flips.h"

#include <algorithm>

namespace winnow {

Flips flips(const std::vector<Judged>& first, const std::vector<Judged>& second) {
  Flips found;
  for (std::size_t i = 0; i < std::min(first.size(), second.size()); ++i) {
    if (first[i].caught == second[i].caught) continue;
    if (first[i].spam)
      ++(first[i].caught ? found.spam_by_first : found.spam_by_second);
    else
      ++(first[i].caught ? found.ham_by_first : found.ham_by_second);
  }
  return found;
}

}  // namespace winnow
