// People of the admin pages, and what they do.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "service/store/site.h"

namespace winnow {

// What a person may do in the admin pages; each may what those before it may.
enum class Role { kViewer, kModerator, kOwner };
std::string_view to_string(Role role);  // "viewer", "moderator", "owner"

using PersonId = std::int64_t;

// Who acts in the admin pages.
struct Person {
  PersonId id = 0;   // 0: a program with an administrator's key
  KeyId key = 0;     // that key; 0 for people
  std::string name;  // of a program: "key HINT"
  Role role = Role::kViewer;
  bool any_site = false;
  std::vector<SiteId> sites = {};  // those that they may see; empty if they may see all

  bool may_see(SiteId site) const;
};

// A Person who signs in, with all that is kept of them.
struct Account {
  Person person;
  std::string password;          // hash, see PasswordHasher (service/password.h)
  std::string second_factor;     // InstallSecret::seal()ed secret, see service/totp.h; empty: none
  std::string pending_factor;    // the same, of one that is not confirmed yet
  std::int64_t factor_step = 0;  // the last that was used
  std::string language;          // of the pages; empty: the browser's
  UnixMillis created_at = 0;
  std::optional<UnixMillis> last_seen;
};

// Which sites a person may see.
struct SiteScope {
  bool any_site = false;
  std::vector<SiteId> sites;  // of any_site: none
};

// What becomes of an account; what is none stays.
struct AccountChange {
  std::optional<Role> role = {};
  std::optional<SiteScope> scope = {};
  std::optional<std::string> password = {};
  std::optional<std::string> second_factor = {};
  std::optional<std::string> pending_factor = {};
  std::optional<std::int64_t> factor_step = {};
  std::optional<std::string> language = {};
};

// Somebody who is signed in.
struct Session {
  Account account;
  UnixMillis created_at = 0;
  UnixMillis seen_at = 0;
};

// One thing that somebody did, for the log of the admin pages.
struct Act {
  std::int64_t seq = 0;  // rises with each, with gaps; set when read
  UnixMillis at = 0;
  PersonId person = 0;         // 0: none
  KeyId key = 0;               // 0: none
  std::string by;              // their name then; empty where nobody is known, "command line" for that
  std::string act;             // NOUN.VERB; what deletes is NOUN.delete
  std::optional<SiteId> site;  // none: it is of no site, or of several
  std::string what = "{}";     // a JSON object; never with text, names or addresses of commenters
  std::string client;          // network_of() where it came from; may be empty
};

struct ActQuery {
  bool only_deletions = false;
  std::int64_t before = 0;  // an Act::seq; 0: from the newest
  std::size_t limit = 0;
};

}  // namespace winnow
