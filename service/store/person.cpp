#include "service/store/person.h"

#include <algorithm>

namespace winnow {

bool Person::may_see(SiteId site) const {
  return any_site || std::ranges::find(sites, site) != sites.end();
}

std::string_view to_string(Role role) {
  switch (role) {
    case Role::kViewer:
      return "viewer";
    case Role::kModerator:
      return "moderator";
    case Role::kOwner:
      return "owner";
  }
  return "viewer";
}

}  // namespace winnow
