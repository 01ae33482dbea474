// What every fuzz target stands on: properties that must hold, and an input taken apart.
#pragma once

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace winnow::fuzz {

// Ends the process where `holds` is false; libFuzzer then keeps the input.
inline void require(bool holds, const char* property) {
  if (holds) return;
  (void)std::fprintf(stderr, "it does not hold that %s\n", property);
  std::abort();
}

// Takes an input apart from its front. All parts of a short input are there, and empty or 0.
class Parts {
 public:
  Parts(const std::uint8_t* data, std::size_t size)
      : rest_(size == 0 ? "" : reinterpret_cast<const char*>(data), size) {}

  unsigned byte() {
    if (rest_.empty()) return 0;
    const auto value = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return value;
  }
  // What stands before the next `end`, or all.
  std::string_view until(char end) {
    const std::size_t at = rest_.find(end);
    const std::string_view part = rest_.substr(0, at);
    rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + 1);
    return part;
  }
  std::string_view line() { return until('\n'); }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

}  // namespace winnow::fuzz
