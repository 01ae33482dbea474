// Context: what the handlers stand on. Made by the composition root, lives as long as the server; all of it
// may be used from any thread.
#pragma once

#include <cstddef>
#include <cstdint>

#include "service/check.h"
#include "service/secret.h"

namespace winnow::http {

struct Context {
  const Services& services;
  const InstallSecret& secret;
  std::int64_t max_sites = 0;
  std::size_t max_body_bytes = 0;
};

}  // namespace winnow::http
