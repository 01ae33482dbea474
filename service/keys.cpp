#include "service/keys.h"

#include <algorithm>

#include "classifier/network.h"

namespace winnow {
namespace {

Error invalid(const char* message, const char* field) {
  return {ErrorKind::kInvalid, message, field};
}

Result<void> check_scopes(KeyKind kind, KeyScopes scopes) {
  if (scopes.empty()) return invalid("A key needs a scope.", "scopes");
  if (kind == KeyKind::kAkismet && !scopes.is_within(kCheckAndFeedback))
    return invalid("A key for Akismet clients is short, and may check and report only.", "scopes");
  if (scopes.has(KeyScope::kCurator) && !scopes.has(KeyScope::kFeedback))
    return invalid("The scope curator is of reports: it goes with feedback.", "scopes");
  return {};
}

Result<void> check_networks(const std::vector<std::string>& networks) {
  if (networks.size() > kMostKeyNetworks) return invalid("A key takes 100 networks at most.", "networks");
  const Result<std::vector<Network>> parsed = parse_networks(networks);
  if (!parsed) return Error{ErrorKind::kInvalid, parsed.error().message, "networks"};
  return {};
}

Result<void> check_expiry(std::optional<UnixMillis> at, UnixMillis now) {
  if (at && *at <= now) return invalid("This time is over already.", "expires_at");
  return {};
}

}  // namespace

Result<MadeKey> make_key(Store& store, const InstallSecret& secret, const Key& wanted,
                         const std::string& text, UnixMillis now) {
  for (const Result<void>& good : {check_scopes(wanted.kind, wanted.scopes), check_networks(wanted.networks),
                                   check_expiry(wanted.expires_at, now)})
    if (!good) return good.error();
  MadeKey made{wanted, text.empty() ? generate_key(wanted.kind) : text};
  made.key.hash = secret.hash(canonical_key(made.text));
  made.key.hint = hint_of(made.text);
  made.key.created_at = now;
  Result<Key> added = store.add_key(made.key);
  if (!added) return added.error();
  made.key = std::move(*added);
  return made;
}

Result<Key> change_key(Store& store, KeyId id, const KeyChange& change, UnixMillis now) {
  const Result<Key> key = key_with_id(store, id);
  if (!key) return key.error();
  if (change.scopes)
    if (const Result<void> good = check_scopes(key->kind, *change.scopes); !good) return good.error();
  if (change.networks)
    if (const Result<void> good = check_networks(*change.networks); !good) return good.error();
  if (change.expires_at)
    if (const Result<void> good = check_expiry(*change.expires_at, now); !good) return good.error();
  if (const Result<void> done = store.change_key(id, change); !done) return done.error();
  return key_with_id(store, id);
}

Result<Key> key_with_id(Store& store, KeyId id) {
  Result<std::vector<Key>> keys = store.keys();
  if (!keys) return keys.error();
  const auto found = std::ranges::find(*keys, id, &Key::id);
  if (found == keys->end()) return Error{ErrorKind::kNotFound, "There is no key with this id.", "id"};
  return std::move(*found);
}

}  // namespace winnow
