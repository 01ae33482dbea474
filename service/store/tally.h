// How much was asked and corrected, by key, site and day.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "service/store/site.h"

namespace winnow {

// How often something was asked and corrected. Tests are not counted.
struct Tally {
  std::int64_t spam = 0;             // checks answered spam
  std::int64_t ham = 0;              // checks answered ham
  std::int64_t missed_spam = 0;      // reported as spam, was answered ham; one verdict counts once
  std::int64_t false_positives = 0;  // reported as ham, was answered spam; likewise

  std::int64_t checks() const { return spam + ham; }
};

// What was counted for one key (on all sites) or for one site (by all keys); days since 1970-01-01 UTC, both
// included.
struct TallyRange {
  enum class Of { kKey, kSite } of = Of::kKey;
  std::int64_t id = 0;
  std::int64_t first_day = 0;
  std::int64_t last_day = 0;
};

enum class Period { kDay, kMonth };

struct PeriodTally {
  std::string period;  // "2026-01-05", "2026-01"
  Tally tally;
  std::int64_t sites = 0;  // how many had any
};

enum class TallyOrder { kTotal, kSpam, kHam, kMissedSpam, kFalsePositives };

struct SiteTally {
  Site site;
  Tally tally;
};

// Sites with anything counted in the range whose url holds `filter`; most first, by url where they are equal.
struct SiteTallyQuery {
  TallyRange range;
  std::string filter;
  TallyOrder order = TallyOrder::kTotal;
  std::int64_t limit = 0;
  std::int64_t offset = 0;
};

struct SiteTallyPage {
  std::vector<SiteTally> sites;
  std::int64_t total = 0;  // without limit and offset
};

}  // namespace winnow
