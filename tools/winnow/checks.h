// Checks of words on the command line that several commands take. A check answers "" or what is wrong.
#pragma once

#include <string>

#include "service/secret.h"
#include "service/store/store.h"

namespace winnow::cli {

inline std::string check_site_address(const std::string& text) {
  const Result<std::string> canonical = canonical_site(text);
  return canonical ? "" : canonical.error().message;
}

inline std::string check_akismet_key(const std::string& text) {
  const std::string canonical = canonical_key(text);
  return canonical.empty() || canonical.starts_with("wnw_") ? "an Akismet key is 12 hex digits" : "";
}

}  // namespace winnow::cli
