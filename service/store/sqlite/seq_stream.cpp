#include "service/store/sqlite/seq_stream.h"

#include <algorithm>

namespace winnow::sqlite {
namespace {

constexpr std::int64_t kFewest = 16;
constexpr std::int64_t kMost = 512;
constexpr Seq kPiece = 100'000;

constexpr std::string_view kOfTab =
    "SELECT seq FROM verdict INDEXED BY verdict_by_tab WHERE tab = ?1 AND seq <= ?2 ORDER BY seq DESC LIMIT "
    "?3";
constexpr std::string_view kOfSiteAndTab =
    "SELECT seq FROM verdict INDEXED BY verdict_by_site_and_tab WHERE tab = ?1 AND seq <= ?2 AND site = ?4 "
    "ORDER BY seq DESC LIMIT ?3";
constexpr std::string_view kCountOfTab =
    "SELECT count(*) FROM (SELECT 1 FROM verdict INDEXED BY verdict_by_tab WHERE tab = ?1 AND seq > ?2 LIMIT "
    "?3)";
constexpr std::string_view kCountOfSiteAndTab =
    "SELECT count(*) FROM (SELECT 1 FROM verdict INDEXED BY verdict_by_site_and_tab WHERE tab = ?1 AND "
    "seq > ?2 AND site = ?4 LIMIT ?3)";
constexpr std::string_view kMatching =
    "SELECT rowid FROM search WHERE search MATCH ? AND rowid >= ? AND rowid <= ? ORDER BY rowid DESC LIMIT ?";

std::optional<UnixMillis> time_of_first_from(Connection& connection, Seq seq) {
  Query row(connection, "SELECT at FROM verdict WHERE seq >= ? ORDER BY seq LIMIT 1", {seq});
  if (!row.next()) return std::nullopt;
  return row.integer(0);
}

// To the first of `read` from `at` on that is not above `seq`.
void skip_above(const std::vector<Seq>& read, std::size_t& at, Seq seq) {
  while (at < read.size() && read[at] > seq) ++at;
}

}  // namespace

Seq newest_seq(Connection& connection) {
  Query row(connection, "SELECT coalesce(max(seq), 0) FROM verdict");
  row.next();
  return row.integer(0);
}

Seq first_given_at(Connection& connection, UnixMillis at) {
  Seq low = 1, high = newest_seq(connection) + 1;
  while (low < high) {
    const Seq middle = low + (high - low) / 2;
    const std::optional<UnixMillis> found = time_of_first_from(connection, middle);
    if (!found || *found >= at)
      high = middle;
    else
      low = middle + 1;
  }
  return low;
}

ListStream::ListStream(std::vector<Seq> seqs) : seqs_(std::move(seqs)) {
  std::ranges::sort(seqs_);
}

std::optional<Seq> ListStream::not_above(Seq seq) {
  const auto behind = std::ranges::upper_bound(seqs_, seq);
  if (behind == seqs_.begin()) return std::nullopt;
  return *std::prev(behind);
}

bool ListStream::holds(Seq seq) const {
  return std::ranges::binary_search(seqs_, seq);
}

std::optional<Seq> TabStream::not_above(Seq seq) {
  skip_above(read_, at_, seq);
  if (at_ < read_.size()) return read_[at_];
  if (at_end_) return std::nullopt;
  // Read on in larger steps while it is gone through one by one, in small ones where much is passed over.
  const bool goes_on = !read_.empty() && read_.back() - seq <= 2;
  read_next_ = goes_on ? std::min(read_next_ * 2, kMost) : kFewest;
  read_.clear();
  at_ = 0;
  if (site_ == 0) {
    Query row(connection_, kOfTab, {tab_, seq, read_next_});
    while (row.next()) read_.push_back(row.integer(0));
  } else {
    Query row(connection_, kOfSiteAndTab, {tab_, seq, read_next_, site_});
    while (row.next()) read_.push_back(row.integer(0));
  }
  at_end_ = static_cast<std::int64_t>(read_.size()) < read_next_;
  if (read_.empty()) return std::nullopt;
  return read_.front();
}

std::int64_t count_tab(Connection& connection, std::int64_t tab, std::int64_t site, Seq after,
                       std::int64_t most) {
  if (site == 0) {
    Query row(connection, kCountOfTab, {tab, after, most});
    row.next();
    return row.integer(0);
  }
  Query row(connection, kCountOfSiteAndTab, {tab, after, most, site});
  row.next();
  return row.integer(0);
}

std::optional<Seq> UnionStream::not_above(Seq seq) {
  std::optional<Seq> largest;
  for (const auto& stream : streams_)
    if (const std::optional<Seq> each = stream->not_above(seq); each && (!largest || *each > *largest))
      largest = each;
  return largest;
}

void MatchStream::read(Seq from, Seq to) {
  read_.clear();
  at_ = 0;
  Query row(connection_, kMatching, {std::string_view(match_), from, to, read_next_});
  while (row.next()) read_.push_back(row.integer(0));
  unread_ = static_cast<std::int64_t>(read_.size()) == read_next_ ? read_.back() - 1 : from - 1;
}

std::optional<Seq> MatchStream::not_above(Seq seq) {
  skip_above(read_, at_, seq);
  if (at_ < read_.size()) return read_[at_];
  const bool goes_on = unread_ && *unread_ <= seq;
  read_next_ = goes_on ? std::min(read_next_ * 2, kMost) : kFewest;
  for (Seq to = unread_ ? std::min(*unread_, seq) : seq; to > above_; to = *unread_) {
    if (unread_ && budget_.is_over()) {
      stopped_at = to;
      return std::nullopt;
    }
    read(std::max(to - kPiece, above_) + 1, to);
    if (!read_.empty()) return read_.front();
  }
  return std::nullopt;
}

}  // namespace winnow::sqlite
