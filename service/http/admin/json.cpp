#include "service/http/admin/json.h"

#include <algorithm>
#include <charconv>

#include "service/http/encode.h"

namespace winnow::http::admin {
namespace {

constexpr std::size_t kMaxSites = 10'000;

Error wrong_type(std::string_view name, std::string_view takes) {
  return {ErrorKind::kInvalid, "The member takes " + std::string(takes) + ".", std::string(name)};
}

}  // namespace

Result<Json> object_of(const Request& request, std::initializer_list<std::string_view> names) {
  Result<Json> json = parse_json(request.body);
  if (!json) return json;
  if (!json->is_object()) return Error{ErrorKind::kInvalid, "The body is no JSON object.", ""};
  for (const auto& [name, value] : json->items())
    if (std::ranges::find(names, name) == names.end())
      return Error{ErrorKind::kInvalid, "There is no such member here.", name};
  return json;
}

Result<std::string> text_of(const Json& object, std::string_view name) {
  const auto found = object.find(name);
  if (found == object.end()) return Error{ErrorKind::kInvalid, "The member is missing.", std::string(name)};
  if (!found->is_string()) return wrong_type(name, "a text");
  return found->get<std::string>();
}

Result<std::optional<std::string>> optional_text(const Json& object, std::string_view name) {
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return std::optional<std::string>();
  if (!found->is_string()) return wrong_type(name, "a text");
  return std::optional<std::string>(found->get<std::string>());
}

Result<std::optional<bool>> optional_flag(const Json& object, std::string_view name) {
  const auto found = object.find(name);
  if (found == object.end() || found->is_null()) return std::optional<bool>();
  if (!found->is_boolean()) return wrong_type(name, "true or false");
  return std::optional<bool>(found->get<bool>());
}

Result<std::int64_t> number_of(std::string_view id) {
  std::int64_t number = 0;
  const auto [end, failed] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (failed != std::errc() || end != id.data() + id.size() || number < 1)
    return Error{ErrorKind::kNotFound, "There is nothing with this number.", "id"};
  return number;
}

Result<SiteNames> SiteNames::read(Store& store) {
  Result<std::vector<Site>> sites = store.sites();
  if (!sites) return sites.error();
  SiteNames names;
  names.sites_ = std::move(*sites);
  return names;
}

Json SiteNames::of(SiteId site) const {
  const auto found = std::ranges::lower_bound(sites_, site, {}, &Site::id);
  const bool known = found != sites_.end() && found->id == site;
  return {{"id", site}, {"url", known ? found->url : ""}};
}

Json SiteNames::of(bool any_site, const std::vector<SiteId>& sites) const {
  if (any_site) return nullptr;
  Json list = Json::array();
  for (const SiteId site : sites) list.push_back(of(site));
  return list;
}

Result<SiteScope> scope_of(const Json& sites) {
  if (sites.is_null()) return SiteScope{true, {}};
  if (!sites.is_array() || sites.size() > kMaxSites) return wrong_type("sites", "null or a list of numbers");
  SiteScope scope;
  for (const Json& site : sites) {
    if (!site.is_number_integer()) return wrong_type("sites", "null or a list of numbers");
    scope.sites.push_back(site.get<SiteId>());
  }
  return scope;
}

Json time_or_null(const std::optional<UnixMillis>& at) {
  return at ? Json(rfc3339(*at)) : Json(nullptr);
}

}  // namespace winnow::http::admin
