// Reporters: who reports, and how often others agree with them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace winnow {

struct Reporter {
  std::int64_t site = 0;
  std::int64_t voter = 0;  // Lesson::voter
  std::string name;        // as the platform names them; "" where it does not
  std::int64_t reports = 0;
  std::int64_t agreed = 0;      // reports that an administrator or the quorum bore out
  std::int64_t disagreed = 0;   // that an administrator or the quorum contradicted
  std::int64_t taken_back = 0;  // that somebody else withdrew

  // Share of the judged reports that others bore out, 0..1; 1 while none is judged.
  double agreement() const;
};

// Whether a reporter's withdrawn reports speak against them. While the log is folded they do not, for a
// withdrawn report counts for nothing there.
enum class Trust { kInTheFold, kNow };

// Thread rule: const methods from any thread while nobody writes.
class Reporters {
 public:
  // `floor`: agreement (0..1) below which reports act at home alone, once kJudged of them are judged.
  explicit Reporters(double floor) : floor_(floor) {}

  static constexpr int kJudged = 5;

  // The number of this reporter, made on first sight. Names are cut at 64 bytes; beyond kMost reporters those
  // of a site are taken together.
  std::uint32_t number_of(std::int64_t site, std::int64_t voter, std::string_view name);

  const Reporter& operator[](std::uint32_t number) const { return all_[number]; }
  Reporter& operator[](std::uint32_t number) { return all_[number]; }
  const std::vector<Reporter>& all() const { return all_; }

  // Their reports may act on other sites.
  bool is_trusted(std::uint32_t number, Trust standing = Trust::kNow) const;

  // How many sites that are independent of each other these reporters speak for: their sites, or their voters
  // if these are fewer.
  int independent(const std::vector<std::uint32_t>& numbers) const;

 private:
  static constexpr std::size_t kMost = 100000;

  double floor_;
  std::vector<Reporter> all_;
  std::map<std::tuple<std::int64_t, std::int64_t, std::string>, std::uint32_t> numbers_;
};

}  // namespace winnow
