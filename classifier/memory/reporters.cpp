#include "classifier/memory/reporters.h"

#include <algorithm>
#include <set>

#include "classifier/unicode.h"

namespace winnow {

namespace {

double share_of(std::int64_t agreed, std::int64_t disagreed) {
  const std::int64_t judged = agreed + disagreed;
  return judged == 0 ? 1 : static_cast<double>(agreed) / static_cast<double>(judged);
}

}  // namespace

double Reporter::agreement() const {
  return share_of(agreed, disagreed + taken_back);
}

std::uint32_t Reporters::number_of(std::int64_t site, std::int64_t voter, std::string_view name) {
  constexpr std::size_t kNameBytes = 64;
  if (all_.size() >= kMost) name = "";
  std::string clipped(clip_utf8(name, kNameBytes));
  const auto [place, is_new] =
      numbers_.try_emplace({site, voter, clipped}, static_cast<std::uint32_t>(all_.size()));
  if (is_new) all_.push_back({site, voter, std::move(clipped)});
  return place->second;
}

bool Reporters::is_trusted(std::uint32_t number, Trust standing) const {
  const Reporter& reporter = all_[number];
  const std::int64_t against = reporter.disagreed + (standing == Trust::kNow ? reporter.taken_back : 0);
  return reporter.agreed + against < kJudged || share_of(reporter.agreed, against) >= floor_;
}

int Reporters::independent(const std::vector<std::uint32_t>& numbers) const {
  std::set<std::int64_t> sites, voters;
  for (const std::uint32_t number : numbers) {
    sites.insert(all_[number].site);
    voters.insert(all_[number].voter);
  }
  return static_cast<int>(std::min(sites.size(), voters.size()));
}

}  // namespace winnow
