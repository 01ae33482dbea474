// Use case: stored comments that are nearly the same as one.
#pragma once

#include <optional>
#include <vector>

#include "service/check.h"
#include "service/store/search.h"

namespace winnow {

struct AlikeVerdict {
  ShownVerdict shown;
  double likeness = 0;  // 0..1 by classifier/memory/sketch.h; 1 for the same text
};

// Verdicts in a tab on comments of `sites` (none: of every site) that are the same as `comment` or nearly so,
// as the memory of reports takes it (kNearLikeness, kNearWords): the newest `limit`, at most 200, newest
// first. The verdict on the comment itself is among them, if it is stored. Fails as the store does.
Result<std::vector<AlikeVerdict>> alike(const Services& services,
                                        const std::optional<std::vector<SiteId>>& sites,
                                        const Comment& comment, std::size_t limit);

}  // namespace winnow
