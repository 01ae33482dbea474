// What of the sites the caller may see, and how a site is named to them.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "classifier/json.h"
#include "service/http/routes.h"

namespace winnow::http::admin {

// The sites that they may see; none: all.
std::optional<std::vector<SiteId>> sites_of(const Person& person);

// The sites that they may see, by id.
class Sight {
 public:
  static Result<Sight> of(const Context& context, const Person& person);

  bool has(SiteId site) const { return urls_.contains(site); }
  std::size_t size() const { return urls_.size(); }
  // {"id", "url"}; null for one that is not among them.
  Json json_of(SiteId site) const;

 private:
  std::map<SiteId, std::string> urls_;
};

}  // namespace winnow::http::admin
