// What all calls of the Akismet protocol have in common: a key, fields and a site, and how a call is refused.
// Refusals are answers of status 200 with a word or sentence as body and the reason in X-akismet-debug-help,
// because that is what clients were written against.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "service/http/fields.h"
#include "service/http/routes.h"

namespace winnow::http::akismet {

// Alert codes with which WordPress shows X-akismet-alert-msg to the site's admins, and holds comments.
inline constexpr std::string_view kAlertSuspended = "10010";
inline constexpr std::string_view kAlertTooManySites = "10007";
inline constexpr std::string_view kAlertOtherSite = "10404";
inline constexpr std::string_view kAlertNotAllowed = "10403";
inline constexpr std::string_view kAlertTooMany = "10011";

// What a call insists on beside a good key.
struct Demands {
  enum Blog {
    kNone,       // the call is about the key; a blog is not looked at
    kIfUnclear,  // the key must name the site, where blog does not
    kByName,     // even where the key names the site; else `Missing required field: blog.`
    kAsInvalid,  // the same, else `invalid`
  };
  bool key_field = false;  // the call defines the field `key`, which wins over `api_key`
  Blog blog = kNone;
  bool user_ip = false;
};

// A request that may go on, or the reply that ends it.
struct Admission {
  std::optional<Reply> refusal;
  bool is_suspended = false;  // then the refusal is suspended("invalid")
  Fields fields;
  std::string key_text;
  Key key;
  Caller caller;  // its site is unset where none is demanded
};

// Key, then fields, then site: the order in which Akismet complains.
Admission admit(const Context& context, const Call& call, const Demands& demands);

// `body` with X-akismet-debug-help, unless that is empty. Never beside a good verdict: some clients take the
// header alone for an error.
Reply with_help(std::string body, std::string help);

// Admins of a WordPress site see the message. While the last answer had an alert, WordPress' cron waits six
// hours before it checks held comments, so verify-key, which it asks first, sends none that passes by itself.
void add_alert(Reply& reply, std::string_view code, std::string_view message);

// `body` with the alert for a key that is suspended.
Reply suspended(std::string body);

}  // namespace winnow::http::akismet
