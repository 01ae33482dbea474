// winnow key create|list|revoke|suspend|resume
#include <algorithm>
#include <iostream>
#include <map>

#include "classifier/json.h"
#include "tools/winnow/checks.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/installation.h"
#include "tools/winnow/table.h"

namespace winnow::cli {
namespace {

constexpr const char* kAnySite = "*";

const char* name_of(KeyKind kind) {
  return kind == KeyKind::kApi ? "api" : "akismet";
}

class KeyCreateCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option(
           "--site", sites_,
           "Address of a site that the key is for, made if it is new; once for each site; '*' for any "
           "site")
        ->required()
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->type_name("URL")
        ->check([](const std::string& text) { return text == kAnySite ? "" : check_site_address(text); });
    app.add_option("--kind", kind_, "akismet: for Akismet clients; api: for winnow's own API")
        ->type_name("KIND")
        ->check(CLI::IsMember({"akismet", "api"}))
        ->capture_default_str();
    app.add_option("--key", existing_,
                   "Take this Akismet key instead of a new one, to keep the key a blog has")
        ->type_name("KEY")
        ->check(check_akismet_key);
    app.add_flag("--curator", curator_,
                 "An administrator's key: what is reported with it counts on all sites at once");
    app.add_flag("--json", json_, kJsonHelp);
    app.callback([this] {
      if (!existing_.empty() && kind_ == "api") {
        throw CLI::ValidationError("--key",
                                   "takes a key of kind akismet; new API tokens are always made here");
      }
      if (sites_.size() > 1 && std::ranges::find(sites_, kAnySite) != sites_.end()) {
        throw CLI::ValidationError("--site", "'*' is every site; no other goes with it");
      }
    });
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    std::vector<SiteId> sites;
    std::string names;
    for (const std::string& url : sites_) {
      if (url == kAnySite) continue;
      const Result<Site> site = site_for(*installation, url);
      if (!site) return site.error();
      if (std::ranges::find(sites, site->id) != sites.end()) continue;
      sites.push_back(site->id);
      names += (names.empty() ? "" : ", ") + site->url;
    }
    const KeyKind kind = kind_ == "api" ? KeyKind::kApi : KeyKind::kAkismet;
    const std::string secret_key = existing_.empty() ? generate_key(kind) : canonical_key(existing_);
    const Result<Key> key = installation->store->add_key(kind, sites, installation->secret.hash(secret_key),
                                                         hint_of(secret_key), curator_, now());
    if (!key && key.error().kind == ErrorKind::kConflict) {
      return Error{ErrorKind::kConflict, "this key is known already, see: winnow key list", "key"};
    }
    if (!key) return key.error();
    print(*key, secret_key, key->any_site ? kAnySite : names);
    return {};
  }

 private:
  void print(const Key& key, const std::string& secret_key, const std::string& site) const {
    if (json_) {
      std::cout << to_text(
                       Json{{"key", secret_key}, {"kind", name_of(key.kind)}, {"site", site}, {"id", key.id}})
                << '\n';
      return;
    }
    std::cout << "key " << key.id << " (" << name_of(key.kind) << ") for "
              << (key.any_site ? std::string("any site") : site) << ":\n\n  " << secret_key
              << "\n\nKeep it: it is not shown again.\n";
  }

  std::vector<std::string> sites_;
  std::string kind_ = "akismet";
  std::string existing_;
  bool curator_ = false;
  bool json_ = false;
};

class KeyListCommand final : public Command {
 public:
  void declare(CLI::App& app) override { app.add_flag("--json", json_, kJsonHelp); }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const Result<std::vector<Key>> keys = installation->store->keys();
    if (!keys) return keys.error();
    const Result<std::vector<Site>> sites = installation->store->sites();  // second: it has every key's site
    if (!sites) return sites.error();
    Urls urls;
    for (const Site& site : *sites) urls[site.id] = site.url;

    if (json_) {
      print_json(*keys, urls);
    } else {
      print_people(*keys, urls);
    }
    return {};
  }

 private:
  using Urls = std::map<SiteId, std::string>;

  static std::string site_of(const Key& key, const Urls& urls) {
    if (key.any_site) return kAnySite;
    std::string names;
    for (const SiteId site : key.sites) names += (names.empty() ? "" : ", ") + urls.at(site);
    return names;
  }

  static std::string state_of(const Key& key) {
    if (key.revoked_at) return "revoked " + time_text(*key.revoked_at);
    if (key.suspended_at) return "suspended " + time_text(*key.suspended_at);
    return key.curator ? "good, curator" : "good";
  }

  static void print_json(const std::vector<Key>& keys, const Urls& urls) {
    Json array = Json::array();
    for (const Key& key : keys) {
      array.push_back({{"id", key.id},
                       {"kind", name_of(key.kind)},
                       {"site", site_of(key, urls)},
                       {"hint", key.hint},
                       {"curator", key.curator},
                       {"created", iso_time(key.created_at)},
                       {"revoked", key.revoked_at ? Json(iso_time(*key.revoked_at)) : Json(nullptr)},
                       {"suspended", key.suspended_at ? Json(iso_time(*key.suspended_at)) : Json(nullptr)}});
    }
    std::cout << to_pretty_text(array) << '\n';
  }

  static void print_people(const std::vector<Key>& keys, const Urls& urls) {
    std::vector<TableRow> rows;
    for (const Key& key : keys) {
      rows.push_back({std::to_string(key.id), name_of(key.kind), site_of(key, urls), key.hint + "...",
                      time_text(key.created_at), state_of(key)});
    }
    print_table(std::cout, {"ID", "KIND", "SITE", "KEY", "CREATED", "STATE"}, rows);
  }

  bool json_ = false;
};

// revoke, suspend and resume: a key by its number, and what becomes of it.
class KeyStateCommand final : public Command {
 public:
  using Change = Result<void> (*)(Store& store, KeyId id);
  KeyStateCommand(const char* done, Change change) : done_(done), change_(change) {}

  void declare(CLI::App& app) override {
    app.add_option("id", id_, "Number of the key, see: winnow key list")->required()->type_name("ID");
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    if (Result<void> changed = change_(*installation->store, id_); !changed) return changed;
    if (json_) {
      std::cout << to_text(Json{{"id", id_}, {done_, true}}) << '\n';
    } else {
      std::cout << done_ << " key " << id_ << '\n';
    }
    return {};
  }

 private:
  const char* done_;
  Change change_;
  KeyId id_ = 0;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_key_create() {
  return std::make_unique<KeyCreateCommand>();
}
std::unique_ptr<Command> make_key_list() {
  return std::make_unique<KeyListCommand>();
}
std::unique_ptr<Command> make_key_revoke() {
  return std::make_unique<KeyStateCommand>(
      "revoked", [](Store& store, KeyId id) { return store.revoke_key(id, now()); });
}
std::unique_ptr<Command> make_key_suspend() {
  return std::make_unique<KeyStateCommand>(
      "suspended", [](Store& store, KeyId id) { return store.suspend_key(id, now()); });
}
std::unique_ptr<Command> make_key_resume() {
  return std::make_unique<KeyStateCommand>(
      "resumed", [](Store& store, KeyId id) { return store.suspend_key(id, std::nullopt); });
}

}  // namespace winnow::cli
