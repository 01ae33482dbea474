// Use case: which key may speak for which site.
#pragma once

#include <string_view>

#include "service/check.h"
#include "service/secret.h"

namespace winnow {

// The key that `text` names. kUnauthenticated if it is unknown, malformed or revoked.
Result<Key> authenticate(Store& store, const InstallSecret& secret, std::string_view text);

// The site that `key` speaks for when a request names `blog`. A key of one site: that site, and `blog` may be
// empty; kForbidden if `blog` is another one. A key of any site: the site named, brought into being on first
// use while there are fewer than `max_sites`; kInvalid (field "blog") if it is empty or no URL.
Result<Caller> resolve_site(Store& store, const Key& key, std::string_view blog, UnixMillis now,
                            std::int64_t max_sites);

}  // namespace winnow
