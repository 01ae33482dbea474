#include "service/store/key.h"

#include <algorithm>

#include "classifier/network.h"

namespace winnow {

bool Key::speaks_for(SiteId site) const {
  return any_site || std::ranges::find(sites, site) != sites.end();
}

bool Key::may_come_from(std::string_view address) const {
  if (networks.empty()) return true;
  const std::optional<IpAddress> from = IpAddress::parse(address);
  const Result<std::vector<Network>> known = parse_networks(networks);
  return from && known &&
         std::ranges::any_of(*known, [&from](const Network& network) { return network.contains(*from); });
}

}  // namespace winnow
