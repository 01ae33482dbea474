// The one call that winnow makes to others: a POST to a site's callback. Nothing that a comment names is ever
// called.
#pragma once

#include <string>
#include <vector>

#include "classifier/network.h"
#include "service/recheck.h"

namespace winnow::http {

// Thread rule: post() from any thread.
class CallbackClient {
 public:
  // `networks`: where it may call beside the public internet.
  explicit CallbackClient(std::vector<Network> networks) : networks_(std::move(networks)) {}

  // POSTs JSON, marked as a webhook's. A name is looked up once, and the address that was found is the one
  // that is called: one that is not public must be in the networks, or stand in the URL itself, whose host
  // the operator named. Certificates are checked against the system's authorities (or SSL_CERT_FILE),
  // redirects are not followed; at most 5 s to connect, 20 s in all after the name is found, 64 KiB of
  // answer. kRefused on a status of 4xx but 408, 425 and 429; kDone on 2xx. Never throws.
  Rechecker::Delivery post(const std::string& url, const Rechecker::Headers& headers,
                           const std::string& body) const;

 private:
  std::vector<Network> networks_;
};

}  // namespace winnow::http
