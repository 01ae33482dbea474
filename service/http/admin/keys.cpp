#include "service/http/admin/keys.h"

#include <algorithm>

#include "service/http/admin/audit.h"
#include "service/http/admin/input.h"
#include "service/http/admin/json.h"
#include "service/http/encode.h"
#include "service/http/errors.h"
#include "service/keys.h"

namespace winnow::http::admin {
namespace {

std::string_view name_of(KeyKind kind) {
  return kind == KeyKind::kApi ? "api" : "akismet";
}

Json names_of(KeyScopes scopes) {
  Json names = Json::array();
  for (const KeyScope scope : scopes.list()) names.push_back(to_string(scope));
  return names;
}

Json json_of(const Key& key, const SiteNames& names) {
  return {{"id", key.id},
          {"kind", name_of(key.kind)},
          {"hint", key.hint},
          {"sites", names.of(key.any_site, key.sites)},
          {"scopes", names_of(key.scopes)},
          {"networks", key.networks},
          {"created_at", rfc3339(key.created_at)},
          {"expires_at", time_or_null(key.expires_at)},
          {"last_used_at", time_or_null(key.last_used_at)},
          {"suspended_at", time_or_null(key.suspended_at)},
          {"revoked_at", time_or_null(key.revoked_at)}};
}

// A list of texts; none where it is missing or null.
Result<std::optional<std::vector<std::string>>> optional_texts(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return std::optional<std::vector<std::string>>();
  const Error wrong{ErrorKind::kInvalid, "The member takes a list of texts.", name};
  if (!found->is_array()) return wrong;
  std::vector<std::string> texts;
  for (const Json& text : *found) {
    if (!text.is_string()) return wrong;
    texts.push_back(text.get<std::string>());
  }
  return std::optional(std::move(texts));
}

// The members scopes, networks and expires_at. An expires_at of null is none.
Result<KeyChange> change_of(const Json& body) {
  KeyChange change;
  const Result<std::optional<std::vector<std::string>>> scopes = optional_texts(body, "scopes");
  if (!scopes) return scopes.error();
  if (*scopes) {
    change.scopes.emplace();
    for (const std::string& name : **scopes) {
      const std::optional<KeyScope> scope = key_scope_named(name);
      if (!scope)
        return Error{ErrorKind::kInvalid, "Scopes are check, feedback, curator and admin.", "scopes"};
      change.scopes->add(*scope);
    }
  }
  Result<std::optional<std::vector<std::string>>> networks = optional_texts(body, "networks");
  if (!networks) return networks.error();
  change.networks = std::move(*networks);
  const Result<std::optional<UnixMillis>> expires_at = optional_time(body, "expires_at");
  if (!expires_at) return expires_at.error();
  if (body.contains("expires_at")) change.expires_at = *expires_at;
  return change;
}

// What a key is to be.
Result<Key> wish_of(const Request& request) {
  const Result<Json> body = object_of(request, {"sites", "kind", "scopes", "networks", "expires_at"});
  if (!body) return body.error();
  Key wish;
  const Result<std::string> kind = text_of(*body, "kind");
  if (!kind) return kind.error();
  if (*kind != "akismet" && *kind != "api")
    return Error{ErrorKind::kInvalid, "A key is of kind akismet or api.", "kind"};
  wish.kind = *kind == "api" ? KeyKind::kApi : KeyKind::kAkismet;
  if (!body->contains("sites"))
    return Error{ErrorKind::kInvalid, "The member is missing; null is any site.", "sites"};
  Result<SiteScope> scope = scope_of(body->at("sites"));
  if (!scope) return scope.error();
  wish.any_site = scope->any_site;
  wish.sites = std::move(scope->sites);
  std::ranges::sort(wish.sites);
  // cppcheck-suppress mismatchingContainerExpression ; what unique() gives is of this very vector
  wish.sites.erase(std::ranges::unique(wish.sites).begin(), wish.sites.end());
  if (!wish.any_site && wish.sites.empty())
    return Error{ErrorKind::kInvalid, "Name a site, or null for any.", "sites"};
  Result<KeyChange> rest = change_of(*body);
  if (!rest) return rest.error();
  wish.scopes = rest->scopes.value_or(wish.scopes);
  wish.expires_at = rest->expires_at.value_or(std::nullopt);
  if (rest->networks) wish.networks = *std::move(rest->networks);
  return wish;
}

// Shows a key that was changed, and notes that.
Reply shown(const Context& context, const Call& call, std::string_view act, const Key& key, Json what) {
  what.update({{"key", key.id}, {"hint", key.hint}});
  record(context, call, act, {}, what);
  const Result<SiteNames> names = SiteNames::read(context.services.store);
  if (!names) return problem(names.error());
  return json_reply(200, json_of(key, *names));
}

// Changes the key that the path names, and shows it.
Reply changed(const Context& context, const Call& call, std::string_view act,
              Result<void> (*change)(const Services& services, KeyId id)) {
  const Result<std::int64_t> id = number_of(call.id);
  if (!id) return problem(id.error());
  if (const Result<void> done = change(context.services, *id); !done) return problem(done.error());
  const Result<Key> key = key_with_id(context.services.store, *id);
  if (!key) return problem(key.error());
  return shown(context, call, act, *key, Json::object());
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
  const Result<Key> wish = wish_of(call.request);
  if (!wish) return problem(wish.error());
  const Result<SiteNames> names = SiteNames::read(context.services.store);
  if (!names) return problem(names.error());
  const Result<MadeKey> made =
      make_key(context.services.store, context.secret, *wish, "", context.services.now());
  // The text is new, so a site is what is not there.
  if (!made && made.error().kind == ErrorKind::kConflict)
    return problem({ErrorKind::kInvalid, "There is no such site.", "sites"});
  if (!made) return problem(made.error());
  const Key& key = made->key;
  record(context, call, "key.create", {},
         {{"key", key.id},
          {"hint", key.hint},
          {"sites", key.any_site ? Json(nullptr) : Json(key.sites)},
          {"scopes", names_of(key.scopes)}});
  Json json = json_of(key, *names);
  json["key"] = made->text;
  return json_reply(201, json);
}

Reply change_key(const Context& context, const Call& call) {
  const Result<std::int64_t> id = number_of(call.id);
  if (!id) return problem(id.error());
  const Result<Json> body = object_of(call.request, {"scopes", "networks", "expires_at"});
  if (!body) return problem(body.error());
  const Result<KeyChange> change = change_of(*body);
  if (!change) return problem(change.error());
  const Result<Key> key = winnow::change_key(context.services.store, *id, *change, context.services.now());
  if (!key) return problem(key.error());
  Json what = Json::object();
  if (change->scopes) what["scopes"] = names_of(*change->scopes);
  if (change->networks) what["networks"] = *change->networks;
  if (change->expires_at) what["expires_at"] = time_or_null(*change->expires_at);
  return shown(context, call, "key.change", *key, std::move(what));
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
