// WildIndex: patterns with stars, found again by a run of bytes that each of them must have, so that a text
// is gone through once however many there are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow {

// Thread rule: const methods from any thread while nobody adds.
class WildIndex {
 public:
  static constexpr std::size_t kLeastPiece = 3;

  struct Candidate {
    std::uint32_t entry = 0;
    std::uint32_t offset = 0;  // of the run in the pattern
  };

  // `pattern` has a run of kLeastPiece bytes without a star. It is filed by a run of 8 of them, of 5 if it
  // has none so long, or of 3: by that which the fewest patterns have.
  void add(std::string_view pattern, std::uint32_t entry);

  bool empty() const { return empty_; }

  // Calls `see(Candidate, position in the subject)` for each place where a pattern's run stands.
  template <typename See>
  void look(std::string_view subject, See&& see) const {
    for (std::size_t at = 0; at + kLeastPiece <= subject.size(); ++at)
      for (const Runs& runs : by_length_) {
        if (runs.by_run.empty() || at + runs.length > subject.size()) continue;
        const std::uint64_t run = run_at(subject, at, runs.length);
        if (!runs.may_have(run)) continue;
        const auto found = runs.by_run.find(run);
        if (found == runs.by_run.end()) continue;
        for (const Candidate& candidate : found->second) see(candidate, at);
      }
  }

 private:
  // Patterns that are filed by runs of one length.
  struct Runs {
    std::size_t length;
    std::unordered_map<std::uint64_t, std::vector<Candidate>> by_run = {};
    std::vector<std::uint64_t> bits = {};  // of each run one, by its hash: most runs of a text have none

    static std::size_t bit_of(std::uint64_t run) { return (run * 0x9E3779B97F4A7C15U) >> 44; }
    bool may_have(std::uint64_t run) const { return (bits[bit_of(run) / 64] >> (bit_of(run) % 64) & 1) != 0; }
  };

  static std::uint64_t run_at(std::string_view text, std::size_t at, std::size_t length) {
    std::uint64_t run = 0;
    for (std::size_t i = 0; i < length; ++i)
      run = run << 8 | static_cast<std::uint64_t>(static_cast<unsigned char>(text[at + i]));
    return run;
  }
  static bool add(Runs& runs, std::string_view pattern, std::uint32_t entry);

  std::array<Runs, 3> by_length_ = {{{8}, {5}, {3}}};
  bool empty_ = true;
};

// True if all of `pattern` matches all of `subject`; a star stands for any run, an empty one, too. Time: at
// most their lengths multiplied.
bool matches_whole(std::string_view pattern, std::string_view subject);

// True if `pattern`, which begins and ends with a blank, matches a part of `text` so that its byte at
// `offset` (no star) comes to stand at `position`; a star passes over no blank. Words of `text` are short
// (list_text()), which bounds the time.
bool matches_words(std::string_view pattern, std::size_t offset, std::string_view text, std::size_t position);

}  // namespace winnow
