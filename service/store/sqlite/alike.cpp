// SqliteStore: verdicts on comments that may be nearly the same as one.
#include <algorithm>
#include <map>

#include "service/store/sqlite/match.h"
#include "service/store/sqlite/on_text.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/sqlite/shown.h"
#include "service/store/sqlite/sqlite_store.h"
#include "service/store/sqlite/verdict_scan.h"

namespace winnow {
namespace {

using sqlite::Connection;
using sqlite::Query;
using sqlite::Seq;

constexpr std::size_t kMostWords = 12;
constexpr std::int64_t kMostOfWord = 3000;  // the newest
constexpr std::size_t kFewWords = 4;        // of so few one is enough
constexpr std::size_t kMostSites = 200;     // in which the same text is looked for
constexpr std::chrono::milliseconds kTime{100};

// A long word is mostly a rare one, and a pair of characters has 6 bytes.
std::vector<std::string> rarest(std::vector<std::string> words) {
  std::ranges::stable_sort(words, std::ranges::greater(), &std::string::size);
  if (words.size() > kMostWords) words.resize(kMostWords);
  return words;
}

// How many of the words each verdict has.
std::map<Seq, int> having(Connection& connection, const std::vector<std::string>& words) {
  std::map<Seq, int> counts;
  for (const std::string& word : words) {
    WordsTerm term;
    term.in = WordsTerm::In::kText;
    term.text = word;
    const std::string match = sqlite::match_of({{term}}, {});
    if (match.empty()) continue;
    Query row(connection, "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?",
              {std::string_view(match), kMostOfWord});
    while (row.next()) ++counts[row.integer(0)];
  }
  return counts;
}

std::vector<Seq> on_text(Connection& connection, const std::optional<std::vector<SiteId>>& wanted,
                         std::uint64_t text_key, std::size_t limit) {
  std::vector<SiteId> sites;
  if (wanted) sites = *wanted;
  Query all(connection, "SELECT id FROM site ORDER BY id DESC LIMIT ?",
            {static_cast<std::int64_t>(kMostSites)});
  while (!wanted && all.next()) sites.push_back(all.integer(0));
  if (sites.size() > kMostSites) sites.resize(kMostSites);
  return sqlite::on_text(connection, sites, text_key, limit);
}

}  // namespace

Result<std::vector<ShownVerdict>> SqliteStore::maybe_alike(const std::optional<std::vector<SiteId>>& sites,
                                                           std::uint64_t text_key,
                                                           const std::vector<std::string>& words,
                                                           std::size_t limit) {
  return readers_->read([&](Connection& connection) -> Result<std::vector<ShownVerdict>> {
    const sqlite::ReadTransaction transaction(connection);
    constexpr int kSameText = 1000;
    const std::vector<std::string> looked_for = rarest(words);
    std::map<Seq, int> counts = having(connection, looked_for);
    const int fewest = looked_for.size() > kFewWords ? 2 : 1;
    std::erase_if(counts, [&](const auto& each) { return each.second < fewest; });
    for (const Seq seq : on_text(connection, sites, text_key, limit)) counts[seq] += kSameText;
    std::vector<std::pair<int, Seq>> best;
    best.reserve(counts.size());
    for (const auto& [seq, count] : counts) best.emplace_back(count, seq);
    std::ranges::sort(best, std::ranges::greater());
    // Those of other sites, and those that are in no tab, are among them.
    constexpr std::size_t kTried = 4;
    if (best.size() > kTried * limit) best.resize(kTried * limit);
    VerdictSearch search;
    search.sites = sites;
    AmongTerm among;
    for (const auto& [count, seq] : best) among.seqs.push_back(seq);
    search.terms = {{std::move(among)}};
    sqlite::VerdictScan scan(connection, search, 0, std::numeric_limits<Seq>::max(),
                             {std::chrono::steady_clock::now() + kTime});
    std::vector<Seq> seqs;
    while (const std::optional<Seq> seq = scan.next()) seqs.push_back(*seq);
    // The likest are kept, and given newest first.
    std::ranges::stable_sort(seqs, std::ranges::greater(), [&](Seq seq) { return counts[seq]; });
    if (seqs.size() > limit) seqs.resize(limit);
    std::ranges::sort(seqs, std::ranges::greater());
    std::vector<ShownVerdict> found;
    sqlite::Shower shower(connection);
    for (const Seq seq : seqs) {
      Result<std::optional<ShownVerdict>> shown = shower.show(seq);
      if (!shown) return shown.error();
      if (shown->has_value()) found.push_back(**std::move(shown));
    }
    return found;
  });
}

}  // namespace winnow
