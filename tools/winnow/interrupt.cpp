#include "tools/winnow/interrupt.h"

#include <signal.h>

namespace winnow::cli {
namespace {

volatile sig_atomic_t asked = 0;

void note(int) {
  asked = 1;
}

}  // namespace

Interrupt::Interrupt() {
  asked = 0;
  struct sigaction action {};
  action.sa_handler = note;
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

Interrupt::~Interrupt() {
  signal(SIGINT, SIG_DFL);
  signal(SIGTERM, SIG_DFL);
}

bool Interrupt::is_asked() {
  return asked != 0;
}

}  // namespace winnow::cli
