// Ranking: judged comments in order of score, and what lies at or above each threshold. Curves and areas are
// read off it.
#pragma once

#include <string>
#include <vector>

namespace winnow {

// One judged comment.
struct Judged {
  std::string source;
  std::string lang;
  bool spam = false;    // the truth
  bool caught = false;  // the outcome was spam or discard
  double score = 0;     // 0..1
};

// What a threshold takes: the comments whose score is at or above it.
struct Cut {
  double threshold = 0;
  long spam = 0;
  long ham = 0;
};

// A cut at each distinct score, highest first, so comments with equal scores are never parted. The last cut
// takes all. Empty for no comments.
std::vector<Cut> ranking(const std::vector<Judged>& judged);

// The cut at any threshold: `cuts` is a ranking(). With none at or above it, a cut that takes nothing.
Cut cut_at(const std::vector<Cut>& cuts, double threshold);

}  // namespace winnow
