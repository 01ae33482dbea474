// ReportIndex: the reports that are remembered one by one, found again by comments that are the same or
// nearly the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <unordered_map>
#include <vector>

#include "classifier/memory/sketch.h"

namespace winnow {

// A report as the index keeps it.
struct RememberedReport {
  std::int64_t seq = 0;        // its place in the log
  std::uint32_t reporter = 0;  // Reporters' number
  std::int64_t site = 0;
  std::uint64_t text_key = 0;  // 0: the text is too short to be known again by itself
  Sketch sketch;
  bool spam = false;
  bool curator = false;  // an administrator's word, which counts everywhere
  bool settled = false;  // counted for or against its reporter
};

struct ReportMatch {
  std::size_t report = 0;  // for ReportIndex::at(); good until the next add()
  double likeness = 0;     // 1: the same text
};

// Two texts are nearly the same from this likeness on, and with this many content words in common.
inline constexpr double kNearLikeness = 0.3;
inline constexpr int kNearWords = 4;

// Thread rule: const methods from any thread while nobody writes.
class ReportIndex {
 public:
  // Keeps the newest `most` reports (about 300 bytes each), at least one.
  explicit ReportIndex(std::size_t most) : most_(most) {}

  // The newest report of `site` on this very text; null if there is none, or text_key is 0.
  RememberedReport* same_text(std::int64_t site, std::uint64_t text_key);
  const RememberedReport* same_text(std::int64_t site, std::uint64_t text_key) const;

  void add(RememberedReport report);

  // Reports on the same text and on nearly the same ones, the likest first, newer before older. Bounded: a
  // word that very many have in common finds the newest of them.
  std::vector<ReportMatch> find(std::uint64_t text_key, const Sketch& sketch) const;

  const RememberedReport& at(std::size_t report) const { return reports_[report - first_]; }
  RememberedReport& at(std::size_t report) { return reports_[report - first_]; }

  std::size_t size() const { return reports_.size(); }
  // Oldest first.
  const std::deque<RememberedReport>& reports() const { return reports_; }

 private:
  void drop_oldest();

  std::size_t most_;
  std::size_t first_ = 0;  // number of reports_.front()
  std::deque<RememberedReport> reports_;
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> by_text_;  // oldest first
  std::unordered_map<std::uint32_t, std::vector<std::size_t>>
      by_word_;  // by the first units of a sketch; the newest
};

}  // namespace winnow
