// Token shares: the background of the online learner (classifier/memory/background.h), from labelled
// comments.
#pragma once

#include <vector>

#include "classifier/memory/background.h"
#include "tools/training/dataset.h"

namespace winnow {

// For each token of their content, the share of the honest comments of one language that have it: that of the
// language where it is largest, since a word that is common in any language tells nothing. Languages with
// less than a hundred honest rows are passed over, and shares below 2 %.
Background token_shares(const std::vector<Row>& rows);

}  // namespace winnow
