// The verdicts that a search finds, newest first.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "service/store/search.h"
#include "service/store/sqlite/seq_stream.h"

namespace winnow::sqlite {

// kInvalid (field "q") if the search has words whose last is open, and so many words begin so that it would
// take long.
Result<void> may_be_searched(Connection& connection, const VerdictSearch& search);

// Thread rule: one thread, that of the connection, which does well to be in one ReadTransaction meanwhile.
class VerdictScan {
 public:
  // Those above `above` and below `below`.
  VerdictScan(Connection& connection, const VerdictSearch& search, Seq above, Seq below, Budget budget);

  // The next; none at the end, or when the time is over.
  std::optional<Seq> next();
  // Where it ended before it had looked at all; what is not below was looked at.
  std::optional<Seq> stopped_below() const { return stopped_below_; }
  // Of the one that next() gave.
  Tab tab() const { return tab_; }

 private:
  struct Bounds {
    Seq above;
    Seq below;
  };
  void add_tab_streams();
  void add_open_words();
  std::optional<Seq> in_all_streams(Seq seq);
  bool holds(Seq seq);

  Connection& connection_;
  VerdictSearch search_;
  Bounds bounds_;
  const Budget budget_;
  std::vector<std::unique_ptr<SeqStream>> streams_;    // all must have a seq
  std::vector<std::unique_ptr<ListStream>> unwanted_;  // none may
  Seq next_ = 0;
  int looked_at_ = 0;
  std::optional<Seq> stopped_below_;
  Tab tab_ = Tab::kAll;
};

}  // namespace winnow::sqlite
