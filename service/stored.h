// Stored: whether verdicts reach the disk, for metrics and the log. Checks are answered all the same where
// the operator wants it so (Services::answers_unstored).
#pragma once

#include <atomic>
#include <cstdint>

#include "classifier/result.h"

namespace winnow {

// Thread rule: all methods from any thread.
class Stored {
 public:
  // What became of `verdicts` that were to be stored. Logs when it fails first, and when it works again.
  void note(const Result<void>& put, std::int64_t verdicts);

  // The last could not be stored.
  bool is_failing() const { return failing_; }
  // Verdicts that were answered and are not stored, since the start.
  std::int64_t lost() const { return lost_; }

 private:
  std::atomic<bool> failing_ = false;
  std::atomic<std::int64_t> lost_ = 0;
};

}  // namespace winnow
