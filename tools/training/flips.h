// Flips: the comments on which two judges do not agree.
#pragma once

#include <vector>

#include "tools/training/ranking.h"

namespace winnow {

// Comments of one label that only one of two judges calls spam.
struct Flips {
  long spam_by_first = 0;  // spam that only the first one catches
  long spam_by_second = 0;
  long ham_by_first = 0;  // ham that only the first one blocks
  long ham_by_second = 0;
};

// Both have judged the same comments in the same order.
Flips flips(const std::vector<Judged>& first, const std::vector<Judged>& second);

}  // namespace winnow
