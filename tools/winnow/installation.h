// Installation: the data directory of one winnowd, opened: its secret and its database.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "classifier/json.h"
#include "service/concealment.h"
#include "service/secret.h"
#include "service/store/store.h"
#include "tools/winnow/command.h"

namespace winnow::cli {

struct Installation {
  InstallSecret secret;
  std::unique_ptr<Store> store;
  SiteForm site_form;  // what tells sites apart, as configured
  std::unique_ptr<Concealment> concealment;

  // Makes what is not there yet: `winnow key create` may come before winnowd's first start. winnowd may be
  // running. Fails as load_config, InstallSecret::open and SqliteStore::open do.
  static Result<Installation> open(const GlobalOptions& options);

  // The site with this address. kNotFound says how to add it.
  Result<Site> known_site(const std::string& url) const;

  // Notes in the log of the admin pages that the command line did this, as service/http/admin/audit.h says.
  Result<void> note(std::string_view act, const Json& what, std::optional<SiteId> site = {}) const;
};

// The site with this address, made if it is not there yet.
Result<Site> site_for(const Installation& installation, const std::string& url);

// Now, for Store's methods.
UnixMillis now();

// For people: "2026-01-02 03:04 UTC".
std::string time_text(UnixMillis at);
// For programs: "2026-01-02T03:04:05Z".
std::string iso_time(UnixMillis at);

}  // namespace winnow::cli
