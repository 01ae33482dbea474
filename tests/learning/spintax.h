// Spintax: one text of the many that a spun template stands for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace winnow::learning_test {

// Choices of one variant: the same seed, the same text. Park & Miller's generator (1988) keeps them the same
// everywhere.
class Choices {
 public:
  explicit Choices(std::uint32_t seed) : state_(seed % 2147483646 + 1) {}
  std::size_t below(std::size_t count) {
    state_ = state_ * 48271 % 2147483647;
    return state_ % count;
  }

 private:
  std::uint64_t state_;
};

// `spun` with one alternative of each {one|other} taken.
std::string spin(std::string_view spun, Choices& choices);

}  // namespace winnow::learning_test
