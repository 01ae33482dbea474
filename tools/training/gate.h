// Gate: whether a retrained model may take the champion's place.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace winnow {

// How often one judge was right on some rows.
struct Hits {
  long spam = 0;
  long ham = 0;
  long caught = 0;   // of the spam
  long blocked = 0;  // of the ham

  void add(bool is_spam, bool is_caught);
  long errors() const { return spam - caught + blocked; }
};

// Champion and candidate on the same rows.
struct Comparison {
  std::string rows;  // what they are: "held out", "seed", a site
  Hits champion;
  Hits candidate;
};

struct GateLimits {
  double ham_worse = 0.5;     // points of a hundred that more ham may be blocked
  double recall_worse = 0.5;  // points of a hundred that less spam may be caught
};

// Why the candidate is refused on these rows, one sentence each; empty if it is not. A single comment is no
// reason, whatever its share.
std::vector<std::string> refusals(const Comparison& comparison, const GateLimits& limits);

}  // namespace winnow
