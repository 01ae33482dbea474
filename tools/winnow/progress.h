// Progress: tells a person on stderr how far long work is. Silent for work of less than a second.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace winnow::cli {

// On a terminal: one line that is drawn over itself, at most ten times a second:
//   reading  [=========>          ]  45 %  12 s left
// Otherwise: a plain line at most every ten seconds, and a last one for work that showed any.
// Thread rule: one thread.
class Progress {
 public:
  // `what`: a word or two for the work. `total`: how many steps there are; 0 if that is not known (then the
  // steps done are shown instead of a percentage).
  Progress(std::string what, std::uint64_t total);
  // Ends the line.
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void advance(std::uint64_t steps = 1) { set(done_ + steps); }
  // Steps done so far. Cheap: may be called for every step.
  void set(std::uint64_t done);

 private:
  using Clock = std::chrono::steady_clock;

  void show(Clock::time_point now);
  std::string state(Clock::time_point now) const;

  std::string what_;
  std::uint64_t total_;
  std::uint64_t done_ = 0;
  bool terminal_;
  bool shown_ = false;
  Clock::time_point start_;
  Clock::time_point next_;  // not to be shown before
};

}  // namespace winnow::cli
