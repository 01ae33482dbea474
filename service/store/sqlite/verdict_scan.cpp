#include "service/store/sqlite/verdict_scan.h"

#include <algorithm>
#include <limits>

#include "service/store/sqlite/match.h"

namespace winnow::sqlite {
namespace {

constexpr std::size_t kMostStreams = 1000;
constexpr std::size_t kMostSitesMatched = 64;
constexpr std::int64_t kReportedTab = static_cast<std::int64_t>(Tab::kReported);
constexpr std::int64_t kMostOpenBytes = 1'500'000;   // FTS5 gathers them in less than a tenth of a second
constexpr UnixMillis kClockMargin = 60 * 60 * 1000;  // clocks are set back, and several processes write

template <typename Term>
std::vector<const SearchTerm*> terms_of(const VerdictSearch& search) {
  std::vector<const SearchTerm*> found;
  for (const SearchTerm& term : search.terms)
    if (std::holds_alternative<Term>(term.what)) found.push_back(&term);
  return found;
}

// A site that must hold is no other than a border, and quicker so.
void move_sites_to_border(VerdictSearch& search) {
  std::erase_if(search.terms, [&](const SearchTerm& term) {
    const auto* site = std::get_if<SiteTerm>(&term.what);
    if (!site || term.unwanted) return false;
    const bool may_see = !search.sites || std::ranges::find(*search.sites, site->site) != search.sites->end();
    search.sites = may_see ? std::vector<SiteId>{site->site} : std::vector<SiteId>{};
    return true;
  });
}

std::vector<Seq> matching(Connection& connection, const std::string& match, Seq above, Seq below) {
  std::vector<Seq> seqs;
  Query row(connection, "SELECT rowid FROM search WHERE search MATCH ? AND rowid > ? AND rowid < ?",
            {std::string_view(match), above, below});
  while (row.next()) seqs.push_back(row.integer(0));
  return seqs;
}

// Whether what is not found by words or facets holds of a row.
bool holds_of(const SearchTerm& term, UnixMillis at, double score) {
  if (const auto* time = std::get_if<TimeTerm>(&term.what))
    return (at >= time->since && at < time->until) != term.unwanted;
  if (const auto* range = std::get_if<ScoreTerm>(&term.what))
    return (score >= range->from && score <= range->to) != term.unwanted;
  return true;
}

}  // namespace

Result<void> may_be_searched(Connection& connection, const VerdictSearch& search) {
  std::int64_t bytes = 0;
  for (const SearchTerm* term : terms_of<WordsTerm>(search))
    if (const WordsTerm& words = std::get<WordsTerm>(term->what); is_open(words))
      bytes += open_bytes(connection, words);
  if (bytes <= kMostOpenBytes) return {};
  return Error{ErrorKind::kInvalid, "Too many words begin like one with a * behind it: write more of it.",
               "q"};
}

VerdictScan::VerdictScan(Connection& connection, const VerdictSearch& search, Seq above, Seq below,
                         Budget budget)
    : connection_(connection),
      search_(search),
      bounds_{above, std::min(below, newest_seq(connection) + 1)},
      budget_(budget) {
  move_sites_to_border(search_);
  for (const SearchTerm* term : terms_of<TimeTerm>(search_)) {
    if (term->unwanted) continue;
    const TimeTerm& time = std::get<TimeTerm>(term->what);
    bounds_.above = std::max(bounds_.above, first_given_at(connection, time.since - kClockMargin) - 1);
    bounds_.below = std::min(bounds_.below, first_given_at(connection, time.until + kClockMargin));
  }
  for (const SearchTerm* term : terms_of<AmongTerm>(search_)) {
    auto list = std::make_unique<ListStream>(std::get<AmongTerm>(term->what).seqs);
    if (term->unwanted)
      unwanted_.push_back(std::move(list));
    else
      streams_.push_back(std::move(list));
  }
  add_open_words();
  const bool few_sites = search_.sites && search_.sites->size() <= kMostSitesMatched;
  const std::string match = match_of(search_.terms, few_sites ? *search_.sites : std::vector<SiteId>());
  const bool has_match = !match.empty();
  if (!has_match || search_.tab != Tab::kAll) add_tab_streams();
  if (has_match) streams_.push_back(std::make_unique<MatchStream>(connection, match, bounds_.above, budget));
  next_ = bounds_.below - 1;
}

void VerdictScan::add_tab_streams() {
  std::vector<std::int64_t> tabs;
  for (std::int64_t tab = 0; tab <= kReportedTab; ++tab)
    if (search_.tab == Tab::kAll || tab == static_cast<std::int64_t>(search_.tab)) tabs.push_back(tab);
  const std::vector<SiteId> sites = search_.sites && search_.sites->size() * tabs.size() <= kMostStreams
                                        ? *search_.sites
                                        : std::vector<SiteId>{0};
  std::vector<std::unique_ptr<SeqStream>> streams;
  for (const SiteId site : sites)
    for (const std::int64_t tab : tabs)
      streams.push_back(std::make_unique<TabStream>(connection_, tab, site));
  streams_.push_back(std::make_unique<UnionStream>(std::move(streams)));
}

// FTS5 gathers all rows of all words that begin so before it gives the first: once is enough.
void VerdictScan::add_open_words() {
  for (const SearchTerm* term : terms_of<WordsTerm>(search_)) {
    const WordsTerm& words = std::get<WordsTerm>(term->what);
    if (!is_open(words)) continue;
    auto list =
        std::make_unique<ListStream>(matching(connection_, open_match(words), bounds_.above, bounds_.below));
    if (term->unwanted)
      unwanted_.push_back(std::move(list));
    else
      streams_.push_back(std::move(list));
  }
}

// The largest seq that all streams have and that is not above `seq`.
std::optional<Seq> VerdictScan::in_all_streams(Seq seq) {
  for (std::size_t agreeing = 0, i = 0; agreeing < streams_.size(); i = (i + 1) % streams_.size()) {
    const std::optional<Seq> found = streams_[i]->not_above(seq);
    if (!found) {
      if (streams_[i]->stopped_at) stopped_below_ = *streams_[i]->stopped_at + 1;
      return std::nullopt;
    }
    if (*found <= bounds_.above) return std::nullopt;
    agreeing = *found == seq ? agreeing + 1 : 1;
    seq = *found;
  }
  return seq;
}

bool VerdictScan::holds(Seq seq) {
  for (const auto& list : unwanted_)
    if (list->holds(seq)) return false;
  Query row(connection_, "SELECT tab, site, at, score FROM verdict WHERE seq = ?", {seq});
  if (!row.next() || row.is_null(0)) return false;
  tab_ = static_cast<Tab>(row.integer(0));
  if (search_.tab != Tab::kAll && search_.tab != tab_) return false;
  const SiteId site = row.integer(1);
  if (search_.sites && std::ranges::find(*search_.sites, site) == search_.sites->end()) return false;
  return std::ranges::all_of(
      search_.terms, [&](const SearchTerm& term) { return holds_of(term, row.integer(2), row.real(3)); });
}

std::optional<Seq> VerdictScan::next() {
  constexpr int kBetweenLooksAtTime = 64;
  if (search_.sites && search_.sites->empty()) return std::nullopt;
  while (next_ > bounds_.above) {
    if (++looked_at_ % kBetweenLooksAtTime == 0 && budget_.is_over()) {
      stopped_below_ = next_ + 1;
      return std::nullopt;
    }
    const std::optional<Seq> seq = in_all_streams(next_);
    if (!seq) return std::nullopt;
    next_ = *seq - 1;
    if (holds(*seq)) return seq;
  }
  return std::nullopt;
}

}  // namespace winnow::sqlite
