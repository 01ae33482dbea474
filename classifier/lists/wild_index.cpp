#include "classifier/lists/wild_index.h"

#include <algorithm>
#include <iterator>

namespace winnow {
namespace {

// Whether all of the pattern matches what begins at `s`; a star passes over no blank. To try the last star
// anew is enough: what stands before it was matched as early as can be.
template <typename Iterator>
bool matches_here(Iterator p, const Iterator p_end, Iterator s, const Iterator s_end) {
  bool has_star = false;
  Iterator behind_star = p, resume = s;
  while (p != p_end) {
    if (*p == '*') {
      behind_star = ++p;
      resume = s;
      has_star = true;
    } else if (s != s_end && *s == *p) {
      ++s;
      ++p;
    } else {
      if (!has_star || resume == s_end || *resume == ' ') return false;
      p = behind_star;
      s = ++resume;
    }
  }
  return true;
}

}  // namespace

void WildIndex::add(std::string_view pattern, std::uint32_t entry) {
  empty_ = false;
  for (Runs& runs : by_length_)
    if (add(runs, pattern, entry)) return;
}

// False if the pattern has no run so long.
bool WildIndex::add(Runs& runs, std::string_view pattern, std::uint32_t entry) {
  constexpr std::size_t kWords = (std::size_t{1} << 20) / 64;  // as many bits as bit_of() tells apart
  std::size_t best = std::string_view::npos, fewest = 0;
  for (std::size_t at = 0; at + runs.length <= pattern.size(); ++at) {
    if (pattern.substr(at, runs.length).find('*') != std::string_view::npos) continue;
    const auto found = runs.by_run.find(run_at(pattern, at, runs.length));
    const std::size_t filed = found == runs.by_run.end() ? 0 : found->second.size();
    if (best != std::string_view::npos && filed >= fewest) continue;
    best = at;
    fewest = filed;
    if (filed == 0) break;
  }
  if (best == std::string_view::npos) return false;
  const std::uint64_t run = run_at(pattern, best, runs.length);
  runs.by_run[run].push_back({entry, static_cast<std::uint32_t>(best)});
  runs.bits.resize(kWords);
  runs.bits[Runs::bit_of(run) / 64] |= std::uint64_t{1} << (Runs::bit_of(run) % 64);
  return true;
}

bool matches_whole(std::string_view pattern, std::string_view subject) {
  std::size_t p = 0, s = 0, behind_star = std::string_view::npos, resume = 0;
  while (s < subject.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      behind_star = ++p;
      resume = s;
    } else if (p < pattern.size() && pattern[p] == subject[s]) {
      ++p;
      ++s;
    } else {
      if (behind_star == std::string_view::npos) return false;
      p = behind_star;
      s = ++resume;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

bool matches_words(std::string_view pattern, std::size_t offset, std::string_view text,
                   std::size_t position) {
  const std::string_view pattern_on = pattern.substr(offset), text_on = text.substr(position);
  const std::string_view pattern_back = pattern.substr(0, offset), text_back = text.substr(0, position);
  return matches_here(pattern_on.begin(), pattern_on.end(), text_on.begin(), text_on.end()) &&
         matches_here(pattern_back.rbegin(), pattern_back.rend(), text_back.rbegin(), text_back.rend());
}

}  // namespace winnow
