#include "tools/training/settle.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <unordered_map>

namespace winnow {
namespace {

bool later(const ReportHead& a, const ReportHead& b) {
  return std::tie(a.at, a.place) > std::tie(b.at, b.place);
}

auto comment_of(const ReportHead& head) {
  return std::tie(head.site, head.text, head.sender);
}

constexpr int kJudged = 5;

// How a reporter's reports fared with curators and the quorum.
struct Standing {
  int agreed = 0;
  int disagreed = 0;
  double agreement() const {
    const int judged = agreed + disagreed;
    return judged < kJudged ? 1 : static_cast<double>(agreed) / judged;
  }
};
using Standings = std::map<std::pair<int, std::uint64_t>, Standing>;  // by site and reporter

double trust_in(const Standings& standings, const ReportHead& head) {
  const auto found = standings.find({head.site, head.reporter});
  return head.curator || found == standings.end() ? 1 : found->second.agreement();
}

// What curators, or `quorum` independent sites, call a text. Reporters below `floor` have no voice.
std::unordered_map<std::uint64_t, bool> agreed(const std::vector<ReportHead>& heads, int quorum, double floor,
                                               const Standings& standings) {
  struct Side {
    std::set<int> sites;
    std::set<std::int64_t> voters;
    bool curator = false;
    std::size_t independent() const { return std::min(sites.size(), voters.size()); }
  };
  std::map<std::uint64_t, std::array<Side, 2>> texts;
  for (const ReportHead& head : heads) {
    if (trust_in(standings, head) < floor) continue;
    Side& side = texts[head.text][head.spam ? 1 : 0];
    side.curator = side.curator || head.curator;
    if (head.site < 0) continue;
    side.sites.insert(head.site);
    side.voters.insert(head.voter);
  }
  std::unordered_map<std::uint64_t, bool> found;
  for (const auto& [text, sides] : texts) {
    const std::size_t ham = sides[0].independent(), spam = sides[1].independent();
    if (sides[0].curator != sides[1].curator) {
      found.emplace(text, sides[1].curator);
    } else if (ham != spam && std::max(ham, spam) >= static_cast<std::size_t>(quorum)) {
      found.emplace(text, spam > ham);
    }
  }
  return found;
}

Standings standings_of(const std::vector<ReportHead>& heads,
                       const std::unordered_map<std::uint64_t, bool>& known) {
  Standings standings;
  for (const ReportHead& head : heads)
    if (const auto truth = known.find(head.text); truth != known.end() && !head.curator) {
      Standing& standing = standings[{head.site, head.reporter}];
      ++(truth->second == head.spam ? standing.agreed : standing.disagreed);
    }
  return standings;
}

// Reports on one comment, the last of each reporter alone. The label that wins.
bool verdict_on(const std::vector<ReportHead>& votes, const Standings& standings) {
  double spam = 0, ham = 0;
  const ReportHead* latest = &votes.front();
  for (const ReportHead& head : votes) {
    (head.spam ? spam : ham) += trust_in(standings, head);
    if (later(head, *latest)) latest = &head;
  }
  constexpr double kEqual = 1e-6;
  return std::abs(spam - ham) < kEqual ? latest->spam : spam > ham;
}

// One report for each comment.
std::vector<ReportHead> settle_conflicts(std::vector<ReportHead> heads, const Standings& standings,
                                         Settled& settled) {
  std::sort(heads.begin(), heads.end(), [](const ReportHead& a, const ReportHead& b) {
    if (comment_of(a) != comment_of(b)) return comment_of(a) < comment_of(b);
    if (a.reporter != b.reporter) return a.reporter < b.reporter;
    return later(a, b);
  });
  std::vector<ReportHead> found;
  for (std::size_t i = 0; i < heads.size();) {
    std::vector<ReportHead> votes;
    std::size_t end = i;
    for (; end < heads.size() && comment_of(heads[end]) == comment_of(heads[i]); ++end)
      if (votes.empty() || votes.back().reporter != heads[end].reporter) votes.push_back(heads[end]);
    const bool spam = verdict_on(votes, standings);
    const ReportHead* chosen = nullptr;
    bool curator = false;
    for (const ReportHead& vote : votes) {
      if (vote.spam != spam) continue;
      if (chosen == nullptr || later(vote, *chosen)) chosen = &vote;
      curator = curator || vote.curator;
    }
    for (std::size_t k = i; k < end; ++k) ++(heads[k].spam == spam ? settled.duplicates : settled.overruled);
    --settled.duplicates;
    found.push_back(*chosen);
    found.back().curator = curator;
    i = end;
  }
  std::sort(found.begin(), found.end(), [](const ReportHead& a, const ReportHead& b) { return later(a, b); });
  return found;
}

}  // namespace

Settled settle(std::vector<ReportHead> heads, const SettleOptions& options) {
  Settled settled;
  const Standings standings = standings_of(heads, agreed(heads, options.quorum, options.floor, {}));
  const auto known = agreed(heads, options.quorum, options.floor, standings);
  const std::vector<ReportHead> comments = settle_conflicts(std::move(heads), standings, settled);
  std::map<std::tuple<int, std::uint64_t, bool>, std::size_t> of_text;
  std::map<std::pair<int, std::uint64_t>, std::size_t> of_reporter;
  std::map<std::pair<int, bool>, std::size_t> of_site;
  for (const ReportHead& head : comments) {
    std::size_t& texts = of_text[{head.site, head.text, head.spam}];
    std::size_t& reporters = of_reporter[{head.site, head.reporter}];
    std::size_t& sites = of_site[{head.site, head.spam}];
    if (texts >= options.max_per_text) {
      ++settled.over_text;
    } else if (reporters >= options.max_per_reporter && !head.curator) {
      ++settled.over_reporter;
    } else if (sites >= options.max_per_site) {
      ++settled.over_site;
    } else if (settled.kept.size() >= options.max_all) {
      ++settled.over_all;
    } else {
      ++texts, ++reporters, ++sites;
      const auto agreement = known.find(head.text);
      const bool of_all =
          head.site < 0 || head.curator || (agreement != known.end() && agreement->second == head.spam);
      settled.kept.push_back({head, head.site >= 0, of_all});
    }
  }
  std::sort(settled.kept.begin(), settled.kept.end(),
            [](const SettledReport& a, const SettledReport& b) { return a.head.place < b.head.place; });
  return settled;
}

}  // namespace winnow
