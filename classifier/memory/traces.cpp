#include "classifier/memory/traces.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "classifier/network.h"
#include "classifier/vocabulary.h"

namespace winnow {
namespace {

constexpr std::size_t kMostDomains = 20;

bool is_private(const IpAddress& address) {
  static const std::vector<Network> networks =
      *parse_networks({"127.0.0.0/8", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16",
                       "100.64.0.0/10", "0.0.0.0/8", "::/127", "fc00::/7", "fe80::/10"});
  return std::ranges::any_of(networks, [&](const Network& each) { return each.contains(address); });
}

}  // namespace

std::string network_name(const std::string& address) {
  const std::optional<IpAddress> parsed = IpAddress::parse(address);
  if (!parsed || is_private(*parsed)) return "";
  return parsed->prefix(parsed->is_ipv4() ? 120 : 64).text();
}

std::set<std::string> linked_domains(const Features& features) {
  std::set<std::string> domains;
  const auto add = [&](const Link& link) {
    if (!link.domain.empty() && !is_reputable(link.host, link.domain) &&
        !is_shortener(link.host, link.domain) && !is_identity(link.host, link.domain))
      domains.insert(link.domain);
  };
  add(features.author_link);
  for (const Link& link : features.links.links)
    if (domains.size() < kMostDomains) add(link);
  return domains;
}

}  // namespace winnow
