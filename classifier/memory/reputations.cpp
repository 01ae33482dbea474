#include "classifier/memory/reputations.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "classifier/fingerprint.h"

namespace winnow {
namespace {

// Reporters whose counts are kept for one name: those who reported last.
constexpr std::size_t kReporters = 32;

std::uint64_t key_of(ReputationOf kind, std::string_view name) {
  return word_hash(name) * 8 + static_cast<std::uint64_t>(kind);
}

void age(ReputationCount& count, std::int64_t now) {
  if (now <= count.at) return;
  const double left = std::exp2(-static_cast<double>(now - count.at) / Reputations::kHalfLife);
  count.spam *= left;
  count.ham *= left;
  count.at = now;
}

std::int64_t newest(const std::vector<ReputationCount>& counts) {
  return std::ranges::max_element(counts, {}, &ReputationCount::at)->at;
}

}  // namespace

void Reputations::add(ReputationOf kind, std::string_view name, std::uint32_t reporter, bool spam,
                      std::int64_t at) {
  std::vector<ReputationCount>& counts = counts_[key_of(kind, name)];
  auto count = std::ranges::find(counts, reporter, &ReputationCount::reporter);
  if (count == counts.end()) {
    if (counts.size() >= kReporters) counts.erase(std::ranges::min_element(counts, {}, &ReputationCount::at));
    count = counts.insert(counts.end(), {reporter, 0, 0, at});
  }
  age(*count, at);
  (spam ? count->spam : count->ham) += 1;
  if (counts_.size() > most_) drop_oldest();
}

std::vector<ReputationCount> Reputations::of(ReputationOf kind, const std::vector<std::string>& names,
                                             std::int64_t now) const {
  std::vector<ReputationCount> all;
  for (const std::string& name : names) {
    const auto found = counts_.find(key_of(kind, name));
    if (found == counts_.end()) continue;
    for (ReputationCount count : found->second) {
      age(count, now);
      const auto same = std::ranges::find(all, count.reporter, &ReputationCount::reporter);
      if (same == all.end()) {
        all.push_back(count);
        continue;
      }
      same->spam += count.spam;
      same->ham += count.ham;
    }
  }
  return all;
}

void Reputations::drop_oldest() {
  std::vector<std::pair<std::int64_t, std::uint64_t>> ages;
  ages.reserve(counts_.size());
  for (const auto& [key, counts] : counts_) ages.emplace_back(newest(counts), key);
  std::sort(ages.begin(), ages.end());
  ages.resize((ages.size() + 3) / 4);
  for (const auto& [at, key] : ages) counts_.erase(key);
}

}  // namespace winnow
