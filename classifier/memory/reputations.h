// Reputations: how often comments of an author, a network or with links to a domain were reported as spam and
// as ham, the newer the more.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace winnow {

enum class ReputationOf : std::uint8_t { kAuthor, kNetwork, kDomain, kSite };

// Reports by one reporter, each worth 1 when it is made and half after Reputations::kHalfLife.
struct ReputationCount {
  std::uint32_t reporter = 0;  // Reporters' number
  double spam = 0;
  double ham = 0;
  std::int64_t at = 0;  // of the newest, milliseconds
};

// Thread rule: const methods from any thread while nobody writes.
class Reputations {
 public:
  static constexpr std::int64_t kHalfLife = std::int64_t{180} * 24 * 3600 * 1000;  // milliseconds

  // Keeps `most` names (about 120 bytes each); beyond them the quarter that was reported longest ago goes.
  explicit Reputations(std::size_t most) : most_(most) {}

  void add(ReputationOf kind, std::string_view name, std::uint32_t reporter, bool spam, std::int64_t at);

  // The counts of each reporter under all of `names`, worth what they are at `now`; empty if none is known.
  std::vector<ReputationCount> of(ReputationOf kind, const std::vector<std::string>& names,
                                  std::int64_t now) const;

  std::size_t size() const { return counts_.size(); }
  const std::unordered_map<std::uint64_t, std::vector<ReputationCount>>& counts() const { return counts_; }
  void restore(std::uint64_t key, std::vector<ReputationCount> counts) { counts_[key] = std::move(counts); }

 private:
  void drop_oldest();

  std::size_t most_;
  std::unordered_map<std::uint64_t, std::vector<ReputationCount>> counts_;  // by hash of kind and name
};

}  // namespace winnow
