// JSON of the admin API: members of a body, and what several calls answer alike.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/json.h"
#include "service/http/context.h"
#include "service/http/message.h"

namespace winnow::http::admin {

// The body as one object. kInvalid if it is none, or has a member that is not among `names`.
Result<Json> object_of(const Request& request, std::initializer_list<std::string_view> names);

// A member that is a string. kInvalid names one that is missing or of another type.
Result<std::string> text_of(const Json& object, std::string_view name);
// The same, none where it is missing or null.
Result<std::optional<std::string>> optional_text(const Json& object, std::string_view name);
Result<std::optional<bool>> optional_flag(const Json& object, std::string_view name);

// The number that stands for {id} in the path; kNotFound if it is none.
Result<std::int64_t> number_of(std::string_view id);

// Names of sites, by id: what answers name them by.
class SiteNames {
 public:
  static Result<SiteNames> read(Store& store);

  std::size_t size() const { return sites_.size(); }
  // {"id", "url"}.
  Json of(SiteId site) const;
  // A list of these; null where `any_site`.
  Json of(bool any_site, const std::vector<SiteId>& sites) const;

 private:
  std::vector<Site> sites_;  // by id
};

// null, or ids: what a body says of sites. kInvalid (field `sites`) if it is neither.
Result<SiteScope> scope_of(const Json& sites);

// RFC 3339, or null.
Json time_or_null(const std::optional<UnixMillis>& at);

}  // namespace winnow::http::admin
