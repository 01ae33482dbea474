// winnow person setup|list|add|remove|password|second-factor
#include "service/people.h"

#include <iostream>
#include <map>

#include "classifier/json.h"
#include "tools/winnow/asked_password.h"
#include "tools/winnow/checks.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/installation.h"
#include "tools/winnow/table.h"

namespace winnow::cli {
namespace {

constexpr const char* kNameHelp = "Name of the person, see: winnow person list";

Result<Account> known_person(const Installation& installation, const std::string& name) {
  Result<std::optional<Account>> account = installation.store->find_account(name);
  if (!account) return account.error();
  if (!account->has_value())
    return Error{ErrorKind::kNotFound, "there is no person " + name + ", see: winnow person list", "name"};
  return std::move(**account);
}

// Where a browser on this machine finds winnowd, as it is configured.
std::string address_of(const Config& config) {
  const bool tls = config.listen_admin.empty() && config.listen.empty();
  std::string address = !config.listen_admin.empty() ? config.listen_admin
                        : tls                        ? config.listen_tls
                                                     : config.listen;
  for (const std::string_view any : {"0.0.0.0:", "[::]:"})
    if (address.starts_with(any)) address = "localhost:" + address.substr(any.size());
  return (tls ? "https://" : "http://") + address;
}

class PersonSetupCommand final : public Command {
 public:
  void declare(CLI::App& app) override { app.add_flag("--json", json_, kJsonHelp); }

  Result<void> run(const GlobalOptions& options) override {
    const Result<LoadedConfig> loaded = options.config();
    if (!loaded) return loaded.error();
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const Result<bool> needed = needs_set_up(*installation->store);
    if (!needed) return needed.error();
    if (!*needed)
      return Error{ErrorKind::kConflict,
                   "there is a person already; winnow person add makes another, winnow person password sets "
                   "a password anew",
                   ""};
    const std::string link = address_of(loaded->config) + "/admin#setup=" + set_up_code(installation->secret);
    std::cout << (json_ ? to_text(Json{{"link", link}}) : link) << '\n';
    return {};
  }

 private:
  bool json_ = false;
};

class PersonListCommand final : public Command {
 public:
  void declare(CLI::App& app) override { app.add_flag("--json", json_, kJsonHelp); }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const Result<std::vector<Account>> accounts = installation->store->accounts();
    if (!accounts) return accounts.error();
    const Result<std::vector<Site>> sites = installation->store->sites();
    if (!sites) return sites.error();
    std::map<SiteId, std::string> urls;
    for (const Site& site : *sites) urls[site.id] = site.url;
    Json array = Json::array();
    std::vector<TableRow> rows;
    for (const Account& account : *accounts) {
      const Person& person = account.person;
      Json of = person.any_site ? Json(nullptr) : Json::array();
      std::string names = person.any_site ? "all" : "";
      for (const SiteId site : person.sites) {
        of.push_back(urls[site]);
        names += (names.empty() ? "" : ", ") + urls[site];
      }
      const std::string role(to_string(person.role));
      const bool factor = !account.second_factor.empty();
      array.push_back({{"id", person.id},
                       {"name", person.name},
                       {"role", role},
                       {"sites", std::move(of)},
                       {"created", iso_time(account.created_at)},
                       {"last_seen", account.last_seen ? Json(iso_time(*account.last_seen)) : Json(nullptr)},
                       {"second_factor", factor}});
      rows.push_back({std::to_string(person.id), person.name, role, names, time_text(account.created_at),
                      account.last_seen ? time_text(*account.last_seen) : "never", factor ? "on" : "off"});
    }
    if (json_)
      std::cout << to_pretty_text(array) << '\n';
    else
      print_table(std::cout, {"ID", "NAME", "ROLE", "SITES", "CREATED", "LAST SEEN", "SECOND FACTOR"}, rows);
    return {};
  }

 private:
  bool json_ = false;
};

// A password that is asked for, or made up and shown once.
struct PasswordOption {
  bool generate = false;

  void declare(CLI::App& app) {
    app.add_flag("--generate", generate, "Make a password up and show it, once, instead of asking for one");
  }
  Result<std::string> get(const std::string& name) const {
    return generate ? Result<std::string>(generate_password()) : ask_password(name);
  }
  void show(const std::string& done, const std::string& password, Json json, bool as_json) const {
    if (as_json) {
      if (generate) json["password"] = password;
      std::cout << to_text(json) << '\n';
      return;
    }
    std::cout << done << '\n';
    if (generate) std::cout << "\n  " << password << "\n\nKeep it: it is not shown again.\n";
  }
};

class PersonAddCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("name", name_, "Name to sign in with, and that the log shows")
        ->required()
        ->type_name("NAME");
    app.add_option("--role", role_, "owner: everything; moderator: reports and lists; viewer: reads")
        ->required()
        ->type_name("ROLE")
        ->check(CLI::IsMember({"owner", "moderator", "viewer"}));
    app.add_option("--site", sites_,
                   "Address of a site that the person may see; once for each site; none: all of them")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->type_name("URL")
        ->check(check_site_address);
    password_.declare(app);
    app.add_flag("--json", json_, kJsonHelp);
    app.callback([this] {
      if (role_ == "owner" && !sites_.empty())
        throw CLI::ValidationError("--site", "an owner sees all sites");
    });
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    NewPerson person{name_, *role_of(role_), {sites_.empty(), {}}, ""};
    for (const std::string& url : sites_) {
      const Result<Site> site = installation->known_site(url);
      if (!site) return site.error();
      person.scope.sites.push_back(site->id);
    }
    Result<std::string> password = password_.get(name_);
    if (!password) return password.error();
    person.password = *password;
    PasswordHasher hasher;
    const Result<Account> account = add_person(*installation->store, hasher, person, now());
    if (!account) return account.error();
    const Json sites = person.scope.any_site ? Json(nullptr) : Json(person.scope.sites);
    Result<void> noted =
        installation->note("person.add", {{"name", account->person.name}, {"role", role_}, {"sites", sites}});
    if (!noted) return noted;
    password_.show("added " + account->person.name + " (" + role_ + ")", *password,
                   {{"id", account->person.id}, {"name", account->person.name}, {"role", role_}}, json_);
    return {};
  }

 private:
  std::string name_;
  std::string role_;
  std::vector<std::string> sites_;
  PasswordOption password_;
  bool json_ = false;
};

class PersonRemoveCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("name", name_, kNameHelp)->required()->type_name("NAME");
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const Result<Account> account = known_person(*installation, name_);
    if (!account) return account.error();
    if (Result<void> removed = installation->store->remove_account(account->person.id); !removed)
      return removed;
    std::cout << "removed " << account->person.name << ", who is signed out everywhere\n";
    return installation->note("person.delete", {{"name", account->person.name}});
  }

 private:
  std::string name_;
};

class PersonPasswordCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("name", name_, kNameHelp)->required()->type_name("NAME");
    password_.declare(app);
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const Result<Account> account = known_person(*installation, name_);
    if (!account) return account.error();
    const Result<std::string> password = password_.get(account->person.name);
    if (!password) return password.error();
    const Result<std::string> hash = PasswordHasher().hash(*password);
    if (!hash) return hash.error();
    Store& store = *installation->store;
    const PersonId id = account->person.id;
    if (Result<void> set = store.change_account(id, {.password = *hash}); !set) return set;
    if (Result<void> ended = store.end_sessions(id, ""); !ended) return ended;
    password_.show("set the password of " + account->person.name + ", who is signed out everywhere",
                   *password, {{"id", id}, {"name", account->person.name}}, json_);
    return installation->note("person.change", {{"name", account->person.name}, {"password", true}});
  }

 private:
  std::string name_;
  PasswordOption password_;
  bool json_ = false;
};

class PersonSecondFactorCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("name", name_, kNameHelp)->required()->type_name("NAME");
    app.add_flag("--off", off_, "Ask for the password alone from now on; on is for the person alone to set")
        ->required();
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const Result<Account> account = known_person(*installation, name_);
    if (!account) return account.error();
    Result<void> set =
        installation->store->change_account(account->person.id, {.second_factor = "", .pending_factor = ""});
    if (!set) return set;
    std::cout << account->person.name << " signs in with the password alone\n";
    return installation->note("person.change", {{"name", account->person.name}, {"second_factor", false}});
  }

 private:
  std::string name_;
  bool off_ = false;
};

}  // namespace

std::unique_ptr<Command> make_person_setup() {
  return std::make_unique<PersonSetupCommand>();
}
std::unique_ptr<Command> make_person_list() {
  return std::make_unique<PersonListCommand>();
}
std::unique_ptr<Command> make_person_add() {
  return std::make_unique<PersonAddCommand>();
}
std::unique_ptr<Command> make_person_remove() {
  return std::make_unique<PersonRemoveCommand>();
}
std::unique_ptr<Command> make_person_password() {
  return std::make_unique<PersonPasswordCommand>();
}
std::unique_ptr<Command> make_person_second_factor() {
  return std::make_unique<PersonSecondFactorCommand>();
}

}  // namespace winnow::cli
