// What a house decides for itself: the allow and the block list, and rules that are off.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "classifier/lists/list_entry.h"
#include "service/store/site.h"

namespace winnow {

// Entries that the lists hold in all.
inline constexpr std::int64_t kMostListEntries = 200'000;

// An entry of a list as it is kept.
struct KeptEntry {
  ListEntry entry;
  std::string key;   // ListPattern::key
  std::string note;  // why, for people; may be empty
  std::string by;    // who added it
  UnixMillis at = 0;
  std::int64_t hits = 0;  // checks that it decided
};

// Which entries are shown.
struct ListQuery {
  std::optional<SiteId> site;  // that hold there: its own, and those of all sites
  // Sites whose entries may be seen, beside those of all sites; none: every site's.
  std::optional<std::vector<SiteId>> visible;
  std::string text;  // in pattern or note, whatever its case (ASCII); empty: any
};

// A rule that is switched off.
struct RuleOff {
  std::string id;
  std::string by;  // who
  UnixMillis at = 0;
};

// Rises with each change of the lists, and of the rules that are off.
struct HouseRevision {
  std::int64_t lists = 0;
  std::int64_t rules = 0;

  bool operator==(const HouseRevision&) const = default;
};

}  // namespace winnow
