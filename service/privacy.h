// Use cases: all that winnow keeps of one person is shown, or erased.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "classifier/json.h"
#include "service/check.h"

namespace winnow {

// Whose data: one of the three.
struct PersonQuery {
  std::string email;
  std::string ip;                   // an IPv6 address stands for its /64
  std::string author;               // the whole name, whatever its case
  std::optional<SiteId> site = {};  // none: of every site
};

// Their verdicts, and the reports on their comments: known by their pseudonyms under every key that is kept,
// by the clear address where these are kept, or by their name. What was stored under a key that is destroyed,
// and a verdict whose text is deleted, is nobody's any more. kInvalid unless exactly one of the three is
// given; kTooLarge where there are more than PersonRows::kMost. Else fails as the store does.
Result<PersonRows> find_person(const Services& services, const PersonQuery& query);

// Calls `visit` with each of `rows` that is still there, as an object whose `kind` is "verdict" or "report";
// all that is kept of it is in it. Fails as the store does, or as `visit`, which ends it.
Result<void> export_person(const Services& services, const PersonRows& rows,
                           const std::function<Result<void>(const Json&)>& visit);

struct Erased {
  std::size_t verdicts = 0;
  std::size_t reports = 0;
};

// Removes all of it, for good: verdicts with others on the same comments, reports, their words in the index,
// their watches, and what the memory learned of them. It is in the cleanup log. In the files it is gone after
// the next Cleaner::scrub(), which is due at once. Fails as find_person(); what was removed by then stays so.
Result<Erased> erase_person(const Services& services, const PersonQuery& query);

}  // namespace winnow
