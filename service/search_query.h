// The search that a person typed (service/http/admin/README.md has the language) -> VerdictSearch.
#pragma once

#include <string_view>

#include "service/check.h"
#include "service/store/search.h"

namespace winnow {

inline constexpr std::size_t kMaxQueryBytes = 1000;
inline constexpr std::size_t kMaxQueryTerms = 32;

// The sites that a person may see, as VerdictSearch::sites.
std::optional<std::vector<SiteId>> sites_of(const Person& person);

// Terms of `typed` within the sites of the person; tab kAll. kInvalid (field "q") if a term cannot be read,
// or names a site or verdict that is not there or not theirs; the message says which term by its number. Else
// fails as the store does.
Result<VerdictSearch> read_search(const Services& services, const Person& person, std::string_view typed);

}  // namespace winnow
