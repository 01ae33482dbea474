// Use case: which key may speak for which site.
#pragma once

#include <string_view>

#include "service/check.h"
#include "service/secret.h"

namespace winnow {

// What the operator says of sites.
struct SitePolicy {
  SiteForm form;
  std::int64_t max_sites = 0;  // that keys of any site may bring into being
};

// The key that `text` names. kUnauthenticated if it is unknown, malformed or revoked. A suspended key is
// given: what that means differs between the protocols.
Result<Key> authenticate(Store& store, const InstallSecret& secret, std::string_view text);

// The site that `key` speaks for when a request names `blog`. A key of some sites: one of them, and `blog`
// may be empty if there is one only; kForbidden if `blog` is none of them. A key of any site: the site named,
// brought into being on first use; kForbidden if there are max_sites; kInvalid (field "blog") if `blog` is
// empty where it must not be, or no URL.
Result<Caller> resolve_site(Store& store, const Key& key, std::string_view blog, UnixMillis now,
                            const SitePolicy& policy);

}  // namespace winnow
