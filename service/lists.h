// Use cases: changing the allow and block lists, switching rules, and a site's own thresholds. What they did
// is in force for the next check of this process when they return, and of every other within a second.
#pragma once

#include <string>
#include <vector>

#include "service/check.h"

namespace winnow {

// What a person asks to be put on a list.
struct ListRequest {
  ListKind list = ListKind::kBlock;
  ListField field = ListField::kAuthor;
  std::string pattern;
  SiteId site = 0;  // 0: all
  std::string note;
  std::optional<UnixMillis> until;
};

inline constexpr std::size_t kMaxNoteBytes = 1000;

// The entry as it is to be kept. kInvalid (field "pattern", "note" or "until") as read_list_pattern() says,
// or if the note is too long or the time has passed.
Result<KeptEntry> list_entry_of(const ListRequest& request, const std::string& by, UnixMillis now);

// Fails as list_entry_of() and Store::add_list_entry().
Result<KeptEntry> add_list_entry(const Services& services, const ListRequest& request, const std::string& by);
// kNotFound if there is none with this id.
Result<void> remove_list_entry(const Services& services, std::int64_t id);

// kNotFound if neither the catalogue nor the operator's rules have it.
Result<void> switch_rule(const Services& services, const std::string& id, bool on, const std::string& by);

// kInvalid (field "thresholds") unless 0 <= unsure <= spam <= discard <= 1, where what is not set is the
// default.
Result<void> check_thresholds(const SiteThresholds& thresholds, const Thresholds& defaults);
// Fails as check_thresholds() does; also kNotFound if there is no such site.
Result<void> set_thresholds(const Services& services, SiteId site, const SiteThresholds& thresholds);

}  // namespace winnow
