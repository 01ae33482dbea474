// What goes after its time or when a person asks, and what proves it: service/PRIVACY.md.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/store/site.h"

namespace winnow {

// Which verdicts have had their time.
struct Expired {
  UnixMillis before = 0;      // given before that; with it go those that replaced it
  bool only_discard = false;  // of these alone
};

// What one step of the cleanup did.
struct CleanupStep {
  std::size_t looked = 0;  // rows; 0: there is no more to do
  std::size_t verdicts = 0;
  std::size_t reports = 0;
};

// An entry of the cleanup log: proves that it ran, and says nothing of whose data it was.
enum class CleanupWhat {
  kRetention,  // texts of verdicts, and reports, that had their time
  kConceal,    // clear addresses became pseudonyms, or went
  kErase,      // what a person asked to be erased
  kRotate,     // pseudonyms have a new key, the oldest key is destroyed
  kScrub,      // what was deleted is gone from the files, too
};
std::string_view to_string(CleanupWhat what);  // "retention", "conceal", "erase", "rotate", "scrub"

struct Cleanup {
  std::int64_t seq = 0;  // set when read
  UnixMillis at = 0;
  CleanupWhat what = CleanupWhat::kRetention;
  std::int64_t verdicts = 0;
  std::int64_t reports = 0;
};

// Whose comments are looked for: of any of the e-mail addresses, or of any of the addresses, or of the
// author.
struct PersonMatch {
  std::vector<std::string> emails;     // email_name_of() (classifier/pseudonym.h)
  std::vector<std::string> addresses;  // address_name_of()
  std::string author;                  // folded; empty: nobody's
  std::optional<SiteId> site;          // none: of every site
};

// Ids, oldest first.
struct PersonRows {
  std::vector<std::string> verdicts;
  std::vector<std::string> reports;
  bool complete = true;  // false: there are more than kMost of either
  static constexpr std::size_t kMost = 100'000;
};

}  // namespace winnow
