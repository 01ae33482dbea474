#include "service/http/admin/caller.h"

#include "service/access.h"
#include "service/http/auth.h"

namespace winnow::http::admin {

Result<Person> caller(const Context& context, const Request& request) {
  Result<Key> key = authenticate(context.services.store, context.secret, bearer_token(request));
  if (!key) return Error{key.error().kind, key.error().message, "Authorization"};
  if (key->suspended_at) return Error{ErrorKind::kForbidden, "The key is suspended.", "Authorization"};
  if (!key->curator)
    return Error{ErrorKind::kForbidden, "This takes an administrator's key.", "Authorization"};
  Person person;
  person.key = key->id;
  person.name = "key " + key->hint;
  person.role = key->any_site ? Role::kOwner : Role::kModerator;
  person.any_site = key->any_site;
  person.sites = std::move(key->sites);
  return person;
}

}  // namespace winnow::http::admin
