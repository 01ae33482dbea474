// Who sent a request that came through reverse proxies.
#pragma once

#include <string>
#include <vector>

#include "classifier/network.h"
#include "service/http/message.h"

namespace winnow::http {

// The address of the client. Proxies append the address that they were called from to X-Forwarded-For, so
// from the peer of the connection the way goes from right to left for as long as the address reached is one
// of `trusted`: what a client wrote there itself stands further left than its own address and is not reached.
// An entry that is no address ends the way too. `peer`: numeric; what is no address is given back as it is.
// ::ffff:1.2.3.4 becomes 1.2.3.4.
std::string client_address(const std::string& peer, const std::vector<Field>& headers,
                           const std::vector<Network>& trusted);

// True if `peer` is one of `trusted` and says that the client came by HTTPS (X-Forwarded-Proto; of several
// values the first, the outermost proxy's).
bool forwarded_https(const std::string& peer, const std::vector<Field>& headers,
                     const std::vector<Network>& trusted);

}  // namespace winnow::http
