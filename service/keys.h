// Use case: keys are made and changed.
#pragma once

#include <cstddef>
#include <string>

#include "service/secret.h"
#include "service/store/store.h"

namespace winnow {

inline constexpr std::size_t kMostKeyNetworks = 100;

struct MadeKey {
  Key key;
  std::string text;  // shown once
};

// A new key as `wanted`, which has no id, hash, hint and created_at yet. `text`: in its canonical form, of a
// key that clients have already; empty: a new one is made up. kInvalid names the field: networks that are
// none, or more than kMostKeyNetworks; an expiry that is not in the future; scopes that a key of this kind
// may not have, or none; curator without feedback. kConflict if the key exists, or a site does not.
Result<MadeKey> make_key(Store& store, const InstallSecret& secret, const Key& wanted,
                         const std::string& text, UnixMillis now);

// Changes a key, which is shown as it is then. kInvalid as make_key(); kNotFound if there is no such key.
Result<Key> change_key(Store& store, KeyId id, const KeyChange& change, UnixMillis now);

// kNotFound (field "id") if there is none.
Result<Key> key_with_id(Store& store, KeyId id);

}  // namespace winnow
