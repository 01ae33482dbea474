// Use case: all that a person needs who looks at one comment and asks why it was judged so.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "classifier/explanation.h"
#include "classifier/links.h"
#include "service/check.h"

namespace winnow {

inline constexpr std::size_t kMostAlike = 20;

// A report on a comment that is like the one in hand.
struct AlikeComment {
  FeedbackEvent event;
  double likeness = 0;  // 1: the same text
};

// A comment as winnow sees it at this moment; nothing of it is stored.
struct Review {
  Verdict verdict;
  Explanation explanation;
  LinkList links;                   // of the content, but for those to the site itself
  std::vector<AlikeComment> alike;  // the likest first, at most kMostAlike; of all sites
};

// Fails as the store does.
Result<Review> review(const Services& services, SiteId site, const Comment& comment);

}  // namespace winnow
