#include "service/http/admin/keys.h"

#include <algorithm>

#include "service/http/admin/audit.h"
#include "service/http/admin/json.h"
#include "service/http/encode.h"
#include "service/http/errors.h"

namespace winnow::http::admin {
namespace {

std::string_view name_of(KeyKind kind) {
  return kind == KeyKind::kApi ? "api" : "akismet";
}

Json json_of(const Key& key, const SiteNames& names) {
  return {{"id", key.id},
          {"kind", name_of(key.kind)},
          {"hint", key.hint},
          {"sites", names.of(key.any_site, key.sites)},
          {"created_at", rfc3339(key.created_at)},
          {"curator", key.curator},
          {"suspended_at", time_or_null(key.suspended_at)},
          {"revoked_at", time_or_null(key.revoked_at)}};
}

// What a key is to be.
struct Wish {
  KeyKind kind = KeyKind::kAkismet;
  SiteScope scope;
  bool curator = false;
};

Result<Wish> wish_of(const Request& request) {
  const Result<Json> body = object_of(request, {"sites", "kind", "curator"});
  if (!body) return body.error();
  Wish wish;
  const Result<std::string> kind = text_of(*body, "kind");
  if (!kind) return kind.error();
  if (*kind != "akismet" && *kind != "api")
    return Error{ErrorKind::kInvalid, "A key is of kind akismet or api.", "kind"};
  wish.kind = *kind == "api" ? KeyKind::kApi : KeyKind::kAkismet;
  if (!body->contains("sites"))
    return Error{ErrorKind::kInvalid, "The member is missing; null is any site.", "sites"};
  Result<SiteScope> scope = scope_of(body->at("sites"));
  if (!scope) return scope.error();
  wish.scope = std::move(*scope);
  std::ranges::sort(wish.scope.sites);
  wish.scope.sites.erase(std::ranges::unique(wish.scope.sites).begin(), wish.scope.sites.end());
  if (!wish.scope.any_site && wish.scope.sites.empty())
    return Error{ErrorKind::kInvalid, "Name a site, or null for any.", "sites"};
  const Result<std::optional<bool>> curator = optional_flag(*body, "curator");
  if (!curator) return curator.error();
  wish.curator = curator->value_or(false);
  return wish;
}

Result<Key> key_of(const Context& context, KeyId id) {
  Result<std::vector<Key>> keys = context.services.store.keys();
  if (!keys) return keys.error();
  const auto found = std::ranges::find(*keys, id, &Key::id);
  if (found == keys->end()) return Error{ErrorKind::kNotFound, "There is no key with this id.", "id"};
  return std::move(*found);
}

// Changes the key that the path names, and shows it.
Reply changed(const Context& context, const Call& call, std::string_view act,
              Result<void> (*change)(const Services& services, KeyId id)) {
  const Result<std::int64_t> id = number_of(call.id);
  if (!id) return problem(id.error());
  if (const Result<void> done = change(context.services, *id); !done) return problem(done.error());
  const Result<Key> key = key_of(context, *id);
  if (!key) return problem(key.error());
  record(context, call, act, {}, {{"key", key->id}, {"hint", key->hint}});
  const Result<SiteNames> names = SiteNames::read(context.services.store);
  if (!names) return problem(names.error());
  return json_reply(200, json_of(*key, *names));
}

}  // namespace

Reply keys(const Context& context, const Call&) {
  const Result<std::vector<Key>> keys = context.services.store.keys();
  if (!keys) return problem(keys.error());
  const Result<SiteNames> names = SiteNames::read(context.services.store);
  if (!names) return problem(names.error());
  Json list = Json::array();
  for (const Key& key : *keys) list.push_back(json_of(key, *names));
  return json_reply(200, {{"keys", std::move(list)}});
}

Reply create_key(const Context& context, const Call& call) {
  const Result<Wish> wish = wish_of(call.request);
  if (!wish) return problem(wish.error());
  const Result<SiteNames> names = SiteNames::read(context.services.store);
  if (!names) return problem(names.error());
  const std::string text = generate_key(wish->kind);
  const Result<Key> key =
      context.services.store.add_key(wish->kind, wish->scope.sites, context.secret.hash(canonical_key(text)),
                                     hint_of(text), wish->curator, context.services.now());
  // The text is new, so a site is what is not there.
  if (!key && key.error().kind == ErrorKind::kConflict)
    return problem({ErrorKind::kInvalid, "There is no such site.", "sites"});
  if (!key) return problem(key.error());
  record(context, call, "key.create", {},
         {{"key", key->id},
          {"hint", key->hint},
          {"sites", key->any_site ? Json(nullptr) : Json(key->sites)},
          {"curator", key->curator}});
  Json json = json_of(*key, *names);
  json["key"] = text;
  return json_reply(201, json);
}

Reply suspend_key(const Context& context, const Call& call) {
  return changed(context, call, "key.suspend", [](const Services& services, KeyId id) {
    return services.store.suspend_key(id, services.now());
  });
}

Reply resume_key(const Context& context, const Call& call) {
  return changed(context, call, "key.resume", [](const Services& services, KeyId id) {
    return services.store.suspend_key(id, std::nullopt);
  });
}

Reply revoke_key(const Context& context, const Call& call) {
  return changed(context, call, "key.revoke", [](const Services& services, KeyId id) {
    return services.store.revoke_key(id, services.now());
  });
}

}  // namespace winnow::http::admin
