// Ways through verdict.seq from the newest down, of which a search is the intersection.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "service/store/site.h"
#include "service/store/sqlite/connection.h"

namespace winnow::sqlite {

using Seq = std::int64_t;

// Of the newest verdict; 0 if there is none.
Seq newest_seq(Connection& connection);
// The first seq of a verdict given at `at` or later, in so far as time rises with seq; one behind the newest
// if none was.
Seq first_given_at(Connection& connection, UnixMillis at);

// How long a search may go on. It does at least something.
struct Budget {
  std::chrono::steady_clock::time_point ends_at;
  bool is_over() const { return std::chrono::steady_clock::now() >= ends_at; }
};

// Thread rule: one thread, that of the connection.
class SeqStream {
 public:
  virtual ~SeqStream() = default;
  // The largest of its seqs that is not above `seq`; none behind the last. `seq` falls from call to call.
  virtual std::optional<Seq> not_above(Seq seq) = 0;
  // Set when none was given although there may be more below this seq: the time was over.
  std::optional<Seq> stopped_at;
};

// Of a list.
class ListStream final : public SeqStream {
 public:
  explicit ListStream(std::vector<Seq> seqs);
  std::optional<Seq> not_above(Seq seq) override;
  bool holds(Seq seq) const;

 private:
  std::vector<Seq> seqs_;  // ascending
};

// Of a tab, of all sites (0) or one; from an index.
class TabStream final : public SeqStream {
 public:
  TabStream(Connection& connection, std::int64_t tab, std::int64_t site)
      : connection_(connection), tab_(tab), site_(site) {}
  std::optional<Seq> not_above(Seq seq) override;

 private:
  Connection& connection_;
  const std::int64_t tab_;
  const std::int64_t site_;
  std::vector<Seq> read_;  // falling
  std::size_t at_ = 0;
  bool at_end_ = false;
  std::int64_t read_next_ = 16;
};

// How many a TabStream has behind `after`; at most `most`.
std::int64_t count_tab(Connection& connection, std::int64_t tab, std::int64_t site, Seq after,
                       std::int64_t most);

// Of any of several streams.
class UnionStream final : public SeqStream {
 public:
  explicit UnionStream(std::vector<std::unique_ptr<SeqStream>> streams) : streams_(std::move(streams)) {}
  std::optional<Seq> not_above(Seq seq) override;

 private:
  std::vector<std::unique_ptr<SeqStream>> streams_;
};

// Of what matches in the table `search`, above `above`. Looks in pieces of so many seqs, and at the time
// between two of them: inside of one FTS5 cannot be stopped.
class MatchStream final : public SeqStream {
 public:
  MatchStream(Connection& connection, std::string match, Seq above, Budget budget)
      : connection_(connection), match_(std::move(match)), above_(above), budget_(budget) {}
  std::optional<Seq> not_above(Seq seq) override;

 private:
  void read(Seq from, Seq to);

  Connection& connection_;
  const std::string match_;
  const Seq above_;
  const Budget budget_;
  std::vector<Seq> read_;  // falling
  std::size_t at_ = 0;
  std::optional<Seq> unread_;  // up to here nothing was read yet; none before the first
  std::int64_t read_next_ = 16;
};

}  // namespace winnow::sqlite
