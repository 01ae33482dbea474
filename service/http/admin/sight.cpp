#include "service/http/admin/sight.h"

namespace winnow::http::admin {

std::optional<std::vector<SiteId>> sites_of(const Person& person) {
  if (person.any_site) return std::nullopt;
  return person.sites;
}

Result<Sight> Sight::of(const Context& context, const Person& person) {
  const Result<std::vector<Site>> sites = context.services.store.sites();
  if (!sites) return sites.error();
  Sight sight;
  for (const Site& site : *sites)
    if (person.may_see(site.id)) sight.urls_.emplace(site.id, site.url);
  return sight;
}

Json Sight::json_of(SiteId site) const {
  const auto found = urls_.find(site);
  if (found == urls_.end()) return Json();
  return {{"id", site}, {"url", found->second}};
}

}  // namespace winnow::http::admin
