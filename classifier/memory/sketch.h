// Sketch: a fingerprint by which nearly the same texts are known, however their words are spun, their links
// changed and their letters disguised.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace winnow {

// The lowest hashes of a text's distinct content words: words of the line that the text model reads
// (model_line) that are no function words of any language and no numbers. Two sketches tell how many of their
// words two texts share (bottom-k sketch; Broder 1997, "On the resemblance and containment of documents").
struct Sketch {
  static constexpr std::size_t kUnits = 32;

  std::vector<std::uint32_t> units;  // at most kUnits, ascending
  int words = 0;                     // distinct content words of the text

  bool operator==(const Sketch&) const = default;
};

// `line` is model_line() of the comment. Pure and thread-safe; linear in the line.
Sketch sketch_of(std::string_view line);

// Share of the content words of both that are in both (Jaccard), 0..1: exact while the two have at most
// Sketch::kUnits of them, else an estimate. 0 if either has none.
double likeness(const Sketch& one, const Sketch& other);

}  // namespace winnow
