// Stages: long work of several steps, each with a Progress of its own.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "tools/winnow/progress.h"

namespace winnow::cli {

// Called with the step that is being done and the share of it that is, 0..1. Thread rule: one thread.
class Stages {
 public:
  void operator()(std::string_view what, double done) {
    if (what != what_) {
      what_ = what;
      bar_ = std::make_unique<Progress>(what_, kSteps);
    }
    bar_->set(static_cast<std::uint64_t>(done * kSteps));
  }

 private:
  static constexpr std::uint64_t kSteps = 1000;
  std::string what_;
  std::unique_ptr<Progress> bar_;
};

}  // namespace winnow::cli
