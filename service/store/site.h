// Sites, and what tells one from another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "classifier/result.h"
#include "classifier/verdict.h"

namespace winnow {

using SiteId = std::int64_t;
using KeyId = std::int64_t;
using UnixMillis = std::int64_t;  // milliseconds since 1970-01-01 UTC

// What a site has of its own in place of the default; none: the default.
struct SiteThresholds {
  std::optional<double> unsure, spam, discard;

  Thresholds over(const Thresholds& defaults) const;
  bool operator==(const SiteThresholds&) const = default;
};

struct Site {
  SiteId id = 0;
  std::string url;  // canonical, see canonical_site()
  UnixMillis created_at = 0;
  bool log_only = false;          // its clients are answered ham, the verdicts are stored as they are
  std::string shadow_model = {};  // judges beside the model in force, and is never answered; empty: none
  SiteThresholds thresholds = {};
};

// How much a site asks.
struct SiteActivity {
  SiteId site = 0;
  std::int64_t checks = 0;  // of the days asked for, tests not counted
  std::optional<UnixMillis> last_check;
};

// What tells sites apart beside their host and port.
struct SiteForm {
  bool scheme = false;  // http://example.org is another site than https://example.org
  bool www = false;     // www.example.org is another site than example.org
  bool path = true;     // example.org/blog is another site than example.org

  bool operator==(const SiteForm&) const = default;
};

// `url` as one name for one site: host in lower case without default port, trailing slash, query and
// fragment, and without what `form` does not tell apart ("example.org/blog"). With form.scheme the name
// begins with the scheme, http where none is written. kInvalid if no host can be read from it.
Result<std::string> canonical_site(std::string_view url, const SiteForm& form = {});

}  // namespace winnow
