// Verdict: what winnow thinks of one comment, and exactly why.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/signal.h"

namespace winnow {

enum class Outcome {
  kHam,      // publish
  kUnsure,   // for a person's queue
  kSpam,     // hold as spam
  kDiscard,  // blatant: need not be kept
};

// "ham", "unsure", "spam", "discard".
std::string_view to_string(Outcome outcome);

// Lowest score of each outcome; below `unsure` is ham. 0 <= unsure <= spam <= discard <= 1.
struct Thresholds {
  double unsure = 0.5;
  double spam = 0.8;
  double discard = 0.99;
};

struct Verdict {
  Outcome outcome = Outcome::kHam;
  double score = 0;             // sigmoid of the sum of the signals' points, 0..1
  std::vector<Signal> signals;  // every signal that spoke, largest |points| first
  std::string model_id;         // which model judged
  std::string
      rules_version;  // hash of the rules that judged, the catalogue's and the operator's, 12 hex digits
  std::uint64_t text_key = 0;  // of the content as it was read (classifier/fingerprint.h)

  // True where a client that knows only yes and no is told "spam".
  bool is_spam() const { return outcome == Outcome::kSpam || outcome == Outcome::kDiscard; }
};

}  // namespace winnow
