// Interrupt: Ctrl-C (or SIGTERM) as a question that long work asks between its steps.
#pragma once

namespace winnow::cli {

// Exists while the work goes on, once at a time. A second Ctrl-C ends the program at once.
class Interrupt {
 public:
  Interrupt();
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  // True once somebody wants the work to end.
  static bool is_asked();
};

}  // namespace winnow::cli
