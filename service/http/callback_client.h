// The one call that winnow makes to others: a POST to a site's callback.
#pragma once

#include <string>

#include "service/recheck.h"

namespace winnow::http {

// POSTs JSON, marked as a webhook's. Certificates are checked against the system's authorities (or
// SSL_CERT_FILE), redirects are not followed; at most 5 s to connect, 10 s for each read and write, 64 KiB of
// answer. kRefused on a status of 4xx but 408, 425 and 429; kDone on 2xx. Thread rule: any thread. Never
// throws.
Rechecker::Delivery post_callback(const std::string& url, const std::string& body);

}  // namespace winnow::http
