// Context: what the handlers stand on. Made by the composition root, lives as long as the server; all of it
// may be used from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "service/access.h"
#include "service/check.h"
#include "service/secret.h"

namespace winnow::http {

struct Context {
  const Services& services;
  const InstallSecret& secret;
  SitePolicy sites;
  std::vector<std::string> key_domains;  // see akismet_key() (service/http/auth.h)
  std::size_t max_body_bytes = 0;
};

}  // namespace winnow::http
