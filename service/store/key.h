// Keys that clients show; service/keys.h makes them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/store/key_scopes.h"
#include "service/store/site.h"

namespace winnow {

enum class KeyKind {
  kAkismet,  // 12 hex digits: what Akismet clients can send
  kApi,      // wnw_ and 32 hex digits (128 bits)
};

struct Key {
  KeyId id = 0;
  KeyKind kind = KeyKind::kAkismet;
  bool any_site = false;
  std::vector<SiteId> sites = {};  // those that it is good for; empty if it is good for any
  KeyScopes scopes = kCheckAndFeedback;
  std::vector<std::string> networks = {};  // "203.0.113.0/24": clients that may use it; empty: all
  std::string hash = {};  // keyed hash of the secret (service/secret.h); the secret itself is never stored
  std::string hint = {};  // first four characters (after wnw_), to tell keys apart
  UnixMillis created_at = 0;
  std::optional<UnixMillis> expires_at = {};    // from then on it is as unknown
  std::optional<UnixMillis> last_used_at = {};  // about a minute late
  std::optional<UnixMillis> revoked_at = {};
  std::optional<UnixMillis> suspended_at = {};  // known, but good for nothing until it is resumed

  bool speaks_for(SiteId site) const;
  // False, too, for what is no address where networks are named.
  bool may_come_from(std::string_view address) const;
};

// What becomes of a key; what is none stays.
struct KeyChange {
  std::optional<KeyScopes> scopes = {};
  std::optional<std::optional<UnixMillis>> expires_at = {};
  std::optional<std::vector<std::string>> networks = {};
};

}  // namespace winnow
