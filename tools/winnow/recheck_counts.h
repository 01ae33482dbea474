// What judging anew changes, for people and for programs.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/json.h"
#include "service/store/store.h"

namespace winnow::cli {

// The outcome with this name, or none.
std::optional<Outcome> outcome_of(std::string_view name);

// Counted old outcome by new, and the changes one by one.
class RecheckCounts {
 public:
  struct Change {
    std::string id;  // of the old verdict
    Outcome was;
    Outcome now;
    double score_was;
    double score;
  };

  // Keeps the first `named` changes.
  explicit RecheckCounts(std::size_t named) : named_(named) {}

  void count(const StoredVerdict& old, const Verdict& anew);

  std::uint64_t of(Outcome was, Outcome now) const { return table_[index(was)][index(now)]; }
  std::uint64_t judged() const { return judged_; }
  std::uint64_t changed() const { return changed_; }
  const std::vector<Change>& changes() const { return changes_; }

  std::uint64_t stored = 0;        // new verdicts that were stored
  std::uint64_t without_text = 0;  // there is nothing left to judge
  std::uint64_t hidden = 0;        // a list entry on an address that is not kept had decided
  std::uint64_t watched = 0;       // left to winnowd, which has told their sites that the answer may change

 private:
  static std::size_t index(Outcome outcome) { return static_cast<std::size_t>(outcome); }

  std::size_t named_;
  std::array<std::array<std::uint64_t, 4>, 4> table_{};
  std::uint64_t judged_ = 0;
  std::uint64_t changed_ = 0;
  std::vector<Change> changes_;
};

void print_counts(std::ostream& out, const RecheckCounts& counts);
// {judged, changed, stored, without_text, hidden, watched, table: {was: {now: n}}, changes: [{id, was, now,
// score_was, score}]}
Json counts_json(const RecheckCounts& counts);

// How many comments got which outcome.
void print_outcomes(std::ostream& out, const std::map<Outcome, std::uint64_t>& counts);

}  // namespace winnow::cli
