#include "tools/winnow/progress.h"

#include <unistd.h>

#include <algorithm>
#include <iostream>

namespace winnow::cli {
namespace {

using namespace std::chrono_literals;

constexpr auto kSilence = 1s;
constexpr auto kTerminalPause = 100ms;
constexpr auto kPlainPause = 10s;
constexpr std::size_t kBarWidth = 30;

std::string duration_text(std::int64_t seconds) {
  if (seconds < 60) return std::to_string(seconds) + " s";
  if (seconds < 3600) return std::to_string(seconds / 60) + " min " + std::to_string(seconds % 60) + " s";
  return std::to_string(seconds / 3600) + " h " + std::to_string(seconds / 60 % 60) + " min";
}

std::string bar(double share) {
  const auto filled = static_cast<std::size_t>(share * static_cast<double>(kBarWidth));
  std::string text(filled, '=');
  if (filled < kBarWidth) text += '>';
  text.resize(kBarWidth, ' ');
  return "[" + text + "]";
}

}  // namespace

Progress::Progress(std::string what, std::uint64_t total)
    : what_(std::move(what)),
      total_(total),
      terminal_(isatty(STDERR_FILENO) == 1),
      start_(Clock::now()),
      next_(start_ + (terminal_ ? Clock::duration(kSilence) : Clock::duration(kPlainPause))) {}

Progress::~Progress() {
  if (!shown_) return;
  show(Clock::now());
  if (terminal_) std::cerr << std::endl;
}

void Progress::set(std::uint64_t done) {
  done_ = done;
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  show(now);
  next_ = now + (terminal_ ? Clock::duration(kTerminalPause) : Clock::duration(kPlainPause));
}

void Progress::show(Clock::time_point now) {
  shown_ = true;
  if (terminal_) {
    std::cerr << "\r\x1b[K" << state(now) << std::flush;  // back to the line's start, erase it
  } else {
    std::cerr << state(now) << std::endl;
  }
}

std::string Progress::state(Clock::time_point now) const {
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  const std::string took = duration_text(static_cast<std::int64_t>(elapsed));
  if (total_ == 0) return what_ + "  " + std::to_string(done_) + " done  " + took;

  const double share = std::min(1.0, static_cast<double>(done_) / static_cast<double>(total_));
  std::string text = what_ + "  ";
  if (terminal_) text += bar(share) + "  ";
  text += std::to_string(static_cast<int>(share * 100)) + " %";
  if (share >= 1) return text + "  took " + took;
  if (done_ > 0)
    text += "  " + duration_text(static_cast<std::int64_t>(elapsed * (1 - share) / share)) + " left";
  return text;
}

}  // namespace winnow::cli
