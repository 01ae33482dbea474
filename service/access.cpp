#include "service/access.h"

namespace winnow {
namespace {

bool is_curator(const Key& key) {
  return key.scopes.has(KeyScope::kCurator);
}

Error other_site() {
  return {ErrorKind::kForbidden, "The key is for another site than the one named.", "blog"};
}

// The one site of a key that has one.
Result<Caller> only_site(Store& store, const Key& key) {
  if (key.any_site || key.sites.size() != 1)
    return Error{ErrorKind::kInvalid, "This key needs the site's URL in blog.", "blog"};
  Result<Site> site = store.site(key.sites.front());
  if (!site) return site.error();
  return Caller{key.id, std::move(*site), is_curator(key)};
}

Result<Site> bring_into_being(Store& store, const std::string& url, UnixMillis now, std::int64_t max_sites) {
  Result<std::vector<Site>> sites = store.sites();
  if (!sites) return sites.error();
  if (static_cast<std::int64_t>(sites->size()) >= max_sites)
    return Error{ErrorKind::kForbidden, "No more sites may be added; max_sites is reached.", "blog"};
  Result<Site> added = store.add_site(url, now);
  if (added || added.error().kind != ErrorKind::kConflict) return added;
  // Another request for the same new site was first.
  Result<std::optional<Site>> found = store.find_site(url);
  if (!found) return found.error();
  if (!found->has_value()) return added.error();
  return std::move(**found);
}

}  // namespace

Error unknown_key() {
  return {ErrorKind::kUnauthenticated, "The key is unknown, revoked or expired.", "api_key"};
}

Result<Key> authenticate(Store& store, const InstallSecret& secret, std::string_view text, UnixMillis now) {
  const std::string canonical = canonical_key(text);
  if (canonical.empty()) return unknown_key();
  const std::string hash = secret.hash(canonical);
  Result<std::optional<Key>> found = store.find_key(std::string_view(hash).substr(0, hash.size() / 2));
  if (!found) return found.error();
  if (!found->has_value() || !same_secret((*found)->hash, hash)) return unknown_key();
  const Key& key = **found;
  if (key.revoked_at || (key.expires_at && *key.expires_at <= now)) return unknown_key();
  return std::move(**found);
}

Result<Caller> resolve_site(Store& store, const Key& key, std::string_view blog, UnixMillis now,
                            const SitePolicy& policy) {
  if (blog.empty()) return only_site(store, key);
  const Result<std::string> url = canonical_site(blog, policy.form);
  if (!url) return Error{ErrorKind::kInvalid, "The blog field holds no URL of a site.", "blog"};
  Result<std::optional<Site>> found = store.find_site(*url);
  if (!found) return found.error();
  if (found->has_value()) {
    if (!key.speaks_for((*found)->id)) return other_site();
    return Caller{key.id, std::move(**found), is_curator(key)};
  }
  if (!key.any_site) return other_site();
  Result<Site> site = bring_into_being(store, *url, now, policy.max_sites);
  if (!site) return site.error();
  return Caller{key.id, std::move(*site), is_curator(key)};
}

}  // namespace winnow
