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

// What is said of a key that is not good, whatever the reason: it tells nobody which keys there are.
Error unknown_key();

// The key that `text` names. unknown_key() if it is unknown, malformed, revoked or over. A suspended key is
// given: what that means differs between the protocols. It is looked up by the first half of its keyed hash,
// and the other half is compared in constant time: how long that takes tells nothing of keys that exist.
// Who shows a key is let in by service/gate.h.
Result<Key> authenticate(Store& store, const InstallSecret& secret, std::string_view text, UnixMillis now);

// The site that `key` speaks for when a request names `blog`. A key of some sites: one of them, and `blog`
// may be empty if there is one only; kForbidden if `blog` is none of them. A key of any site: the site named,
// brought into being on first use; kForbidden if there are max_sites; kInvalid (field "blog") if `blog` is
// empty where it must not be, or no URL.
Result<Caller> resolve_site(Store& store, const Key& key, std::string_view blog, UnixMillis now,
                            const SitePolicy& policy);

}  // namespace winnow
