#include "service/http/forwarded.h"

#include <algorithm>

namespace winnow::http {
namespace {

// The last entry of a comma list, taken off it.
std::string_view take_last(std::string_view& list) {
  const std::size_t comma = list.rfind(',');
  std::string_view entry = comma == std::string_view::npos ? list : list.substr(comma + 1);
  list = comma == std::string_view::npos ? std::string_view() : list.substr(0, comma);
  while (!entry.empty() && (entry.front() == ' ' || entry.front() == '\t')) entry.remove_prefix(1);
  while (!entry.empty() && (entry.back() == ' ' || entry.back() == '\t')) entry.remove_suffix(1);
  return entry;
}

}  // namespace

std::string client_address(const std::string& peer, const std::vector<Field>& headers,
                           const std::vector<Network>& trusted) {
  std::optional<IpAddress> reached = IpAddress::parse(peer);
  if (!reached) return peer;
  const auto is_trusted = [&](const IpAddress& address) {
    return std::ranges::any_of(trusted, [&](const Network& network) { return network.contains(address); });
  };
  for (auto field = headers.rbegin(); field != headers.rend(); ++field) {
    if (field->first != "x-forwarded-for") continue;
    for (std::string_view list = field->second; !list.empty();) {
      if (!is_trusted(*reached)) return reached->text();
      const std::optional<IpAddress> next = IpAddress::parse(take_last(list));
      if (!next) return reached->text();
      reached = next;
    }
  }
  return reached->text();
}

bool forwarded_https(const std::string& peer, const std::vector<Field>& headers,
                     const std::vector<Network>& trusted) {
  const std::optional<IpAddress> address = IpAddress::parse(peer);
  if (!address ||
      std::ranges::none_of(trusted, [&](const Network& network) { return network.contains(*address); }))
    return false;
  for (const auto& [name, value] : headers)
    if (name == "x-forwarded-proto") return lower(value.substr(0, value.find(','))) == "https";
  return false;
}

}  // namespace winnow::http
