#include "tools/winnow/key_options.h"

#include "classifier/network.h"
#include "tools/import/written_at.h"

namespace winnow::cli {
namespace {

std::string check_network(const std::string& text) {
  const Result<std::vector<Network>> parsed = parse_networks({text});
  return parsed ? "" : parsed.error().message;
}

}  // namespace

void KeyOptions::declare(CLI::App& app, bool change) {
  app.add_option("--scope", scopes_,
                 "What it may be used for, comma-separated: check, feedback, curator (what it reports counts "
                 "on all sites at once), admin (the API of the admin pages); check,feedback if nothing is "
                 "said, and at most of a key for Akismet clients")
      ->delimiter(',')
      ->type_name("SCOPES")
      ->check(CLI::IsMember({"check", "feedback", "curator", "admin"}));
  CLI::Option* networks =
      app.add_option("--network", networks_,
                     "Address or network (203.0.113.0/24) of clients that may use it; once for each; "
                     "from elsewhere it is as unknown")
          ->expected(1)
          ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
          ->type_name("NETWORK")
          ->check(check_network);
  CLI::Option* expires = app.add_option("--expires", expires_,
                                        "Good before this day: 2027-01-31, or with a time (else for good)")
                             ->type_name("DATE")
                             ->check([](const std::string& text) {
                               return parse_time(text) ? "" : text + " is no date like 2027-01-31";
                             });
  if (!change) return;
  app.add_flag("--any-network", any_network_, "Good from anywhere again")->excludes(networks);
  app.add_flag("--never-expires", never_expires_, "Good for good again")->excludes(expires);
}

KeyChange KeyOptions::change() const {
  KeyChange change;
  if (!scopes_.empty()) {
    change.scopes.emplace();
    for (const std::string& name : scopes_) change.scopes->add(*key_scope_named(name));
  }
  if (!networks_.empty() || any_network_) change.networks = networks_;
  if (!expires_.empty()) change.expires_at = parse_time(expires_);
  if (never_expires_) change.expires_at.emplace();
  return change;
}

const char* name_of(KeyKind kind) {
  return kind == KeyKind::kApi ? "api" : "akismet";
}

std::string text_of(KeyScopes scopes) {
  std::string names;
  for (const KeyScope scope : scopes.list())
    names += (names.empty() ? "" : ", ") + std::string(to_string(scope));
  return names;
}

Json json_of(KeyScopes scopes) {
  Json names = Json::array();
  for (const KeyScope scope : scopes.list()) names.push_back(to_string(scope));
  return names;
}

}  // namespace winnow::cli
