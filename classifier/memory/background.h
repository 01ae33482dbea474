// Background: how common a token is among honest comments, whatever the site: "the" tells nothing, though one
// report may be all that has it so far.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "classifier/result.h"

namespace winnow {

// Thread rule: const methods from any number of threads at once.
class Background {
 public:
  Background() = default;
  // (token hash, share of comments that have it, 0..1); shares are kept to 1/255.
  explicit Background(const std::vector<std::pair<std::uint32_t, double>>& shares);

  // 0 for a token that is not listed.
  double share(std::uint32_t token) const;
  std::size_t size() const { return used_; }

  // "WNBG", u32 version = 1, u32 tokens; times: u32 token, u8 share * 255; ascending by token.
  std::string serialize() const;
  // kCorrupt with the reason if `bytes` is not that.
  static Result<Background> parse(std::string_view bytes);

 private:
  struct Slot {
    std::uint32_t token = 0;
    std::uint8_t share = 0;  // times 255; 0: empty
  };
  void put(std::uint32_t token, std::uint8_t share);

  std::vector<Slot> slots_;  // open addressing, a power of two, at most half in use
  std::size_t used_ = 0;
};

}  // namespace winnow
