#include "classifier/memory/report_index.h"

#include <algorithm>
#include <span>
#include <utility>

namespace winnow {
namespace {

// Units of a sketch under which it is filed. Texts that share three words in ten miss each other in all of
// them about once in seventy times.
constexpr std::size_t kFiledUnits = 12;
// Reports that one unit leads to, the newest.
constexpr std::size_t kMostOfUnit = 64;

std::span<const std::uint32_t> filed(const Sketch& sketch) {
  return std::span(sketch.units).first(std::min(kFiledUnits, sketch.units.size()));
}

// Of two texts of a and b words that share the part J of all their words, J (a + b) / (1 + J) are in both.
bool is_near(double alike, const Sketch& one, const Sketch& other) {
  return alike >= kNearLikeness && alike * (one.words + other.words) / (1 + alike) >= kNearWords;
}

}  // namespace

const RememberedReport* ReportIndex::same_text(std::int64_t site, std::uint64_t text_key) const {
  const auto found = by_text_.find(text_key);
  if (text_key == 0 || found == by_text_.end()) return nullptr;
  for (auto report = found->second.rbegin(); report != found->second.rend(); ++report)
    if (at(*report).site == site) return &at(*report);
  return nullptr;
}

RememberedReport* ReportIndex::same_text(std::int64_t site, std::uint64_t text_key) {
  return const_cast<RememberedReport*>(std::as_const(*this).same_text(site, text_key));
}

void ReportIndex::add(RememberedReport report) {
  const std::size_t number = first_ + reports_.size();
  if (report.text_key != 0) by_text_[report.text_key].push_back(number);
  for (const std::uint32_t unit : filed(report.sketch)) {
    std::vector<std::size_t>& list = by_word_[unit];
    if (list.size() == kMostOfUnit) list.erase(list.begin());
    list.push_back(number);
  }
  reports_.push_back(std::move(report));
  if (reports_.size() > most_) drop_oldest();
}

void ReportIndex::drop_oldest() {
  const auto forget = [this](auto& lists, auto key) {
    const auto list = lists.find(key);
    if (list->second.front() == first_) list->second.erase(list->second.begin());
    if (list->second.empty()) lists.erase(list);
  };
  const RememberedReport& oldest = reports_.front();
  if (oldest.text_key != 0) forget(by_text_, oldest.text_key);
  for (const std::uint32_t unit : filed(oldest.sketch)) forget(by_word_, unit);
  reports_.pop_front();
  ++first_;
}

std::vector<ReportMatch> ReportIndex::find(std::uint64_t text_key, const Sketch& sketch) const {
  std::vector<ReportMatch> matches;
  const auto same = by_text_.find(text_key);
  if (text_key != 0 && same != by_text_.end()) {
    const std::size_t skipped = same->second.size() - std::min(same->second.size(), kMostOfUnit);
    for (std::size_t i = skipped; i < same->second.size(); ++i) matches.push_back({same->second[i], 1});
  }
  std::vector<std::size_t> candidates;
  for (const std::uint32_t unit : filed(sketch)) {
    const auto list = by_word_.find(unit);
    if (list == by_word_.end()) continue;
    candidates.insert(candidates.end(), list->second.begin(), list->second.end());
  }
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  for (const std::size_t candidate : candidates) {
    const RememberedReport& report = at(candidate);
    if (text_key != 0 && report.text_key == text_key) continue;
    const double alike = likeness(report.sketch, sketch);
    // The very same words in another order or with other links: next to the same.
    if (is_near(alike, report.sketch, sketch)) matches.push_back({candidate, std::min(alike, 0.99)});
  }
  std::sort(matches.begin(), matches.end(), [](const ReportMatch& a, const ReportMatch& b) {
    return a.likeness != b.likeness ? a.likeness > b.likeness : a.report > b.report;
  });
  return matches;
}

}  // namespace winnow
