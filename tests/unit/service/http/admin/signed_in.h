// People in an Exchange, who signed in.
#pragma once

#include <string>
#include <vector>

#include "service/sign_in.h"
#include "tests/unit/service/http/exchange.h"

namespace winnow::http::admin {

// A browser with the session of a new person.
struct Browser {
  PersonId person = 0;
  std::string token;
  std::string csrf;

  // The headers of a call from winnow's own page.
  std::vector<Field> headers() const {
    return {{"cookie", "winnow_session=" + token}, {"x-csrf-token", csrf}};
  }
};

// No password opens their account: a test that needs one sets it.
inline Browser sign_in_as(Exchange& home, Role role, const SiteScope& scope = {true, {}},
                          std::string name = "") {
  Account account;
  account.person.name = name.empty() ? std::string(to_string(role)) : std::move(name);
  account.person.role = role;
  account.person.any_site = scope.any_site;
  account.person.sites = scope.sites;
  account.created_at = home.installation.now;
  Browser browser;
  browser.person = must(home.installation.store->add_account(account, false));
  browser.token = must(begin_session(home.installation.services, home.installation.secret, browser.person));
  browser.csrf = csrf_token(home.installation.secret, browser.token);
  return browser;
}

}  // namespace winnow::http::admin
