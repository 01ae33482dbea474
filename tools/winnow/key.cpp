// winnow key create|change|revoke|suspend|resume
#include <algorithm>
#include <iostream>

#include "classifier/json.h"
#include "service/keys.h"
#include "tools/winnow/checks.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/installation.h"
#include "tools/winnow/key_options.h"

namespace winnow::cli {
namespace {

constexpr const char* kAnySite = "*";

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
    app.add_option("--kind", kind_,
                   "akismet: for Akismet clients; api: for winnow's own API; akismet if nothing is said and "
                   "the scopes allow it")
        ->type_name("KIND")
        ->check(CLI::IsMember({"akismet", "api"}));
    app.add_option("--key", existing_,
                   "Take this Akismet key instead of a new one, to keep the key a blog has")
        ->type_name("KEY")
        ->check(check_akismet_key);
    options_.declare(app, false);
    app.add_flag("--curator", curator_,
                 "An administrator's key: kind api, with all scopes (check,feedback,curator,admin)")
        ->excludes("--scope");
    app.add_flag("--json", json_, kJsonHelp);
    app.callback([this] {
      if (!existing_.empty() && kind() == KeyKind::kApi) {
        throw CLI::ValidationError("--key",
                                   "takes a key of kind akismet; new API tokens are always made here");
      }
      if (kind() == KeyKind::kAkismet && !scopes().is_within(kCheckAndFeedback)) {
        throw CLI::ValidationError("--kind", "a key for Akismet clients may check and report only");
      }
      if (sites_.size() > 1 && std::ranges::find(sites_, kAnySite) != sites_.end()) {
        throw CLI::ValidationError("--site", "'*' is every site; no other goes with it");
      }
    });
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const KeyChange change = options_.change();
    Key wanted;
    wanted.kind = kind();
    wanted.scopes = scopes();
    wanted.networks = change.networks.value_or(wanted.networks);
    wanted.expires_at = change.expires_at.value_or(std::nullopt);
    std::string names;
    for (const std::string& url : sites_) {
      if (url == kAnySite) continue;
      const Result<Site> site = site_for(*installation, url);
      if (!site) return site.error();
      if (std::ranges::find(wanted.sites, site->id) != wanted.sites.end()) continue;
      wanted.sites.push_back(site->id);
      names += (names.empty() ? "" : ", ") + site->url;
    }
    wanted.any_site = wanted.sites.empty();
    const Result<MadeKey> made =
        make_key(*installation->store, installation->secret, wanted, canonical_key(existing_), now());
    if (!made && made.error().kind == ErrorKind::kConflict) {
      return Error{ErrorKind::kConflict, "this key is known already, see: winnow key list", "key"};
    }
    if (!made) return made.error();
    const Key& key = made->key;
    print(*made, key.any_site ? kAnySite : names);
    return installation->note("key.create", {{"key", key.id},
                                             {"hint", key.hint},
                                             {"sites", key.any_site ? Json(nullptr) : Json(key.sites)},
                                             {"scopes", json_of(key.scopes)}});
  }

 private:
  KeyScopes scopes() const {
    return curator_ ? kAllScopes : options_.change().scopes.value_or(kCheckAndFeedback);
  }
  KeyKind kind() const {
    if (!kind_.empty()) return kind_ == "api" ? KeyKind::kApi : KeyKind::kAkismet;
    return scopes().is_within(kCheckAndFeedback) ? KeyKind::kAkismet : KeyKind::kApi;
  }

  void print(const MadeKey& made, const std::string& site) const {
    const Key& key = made.key;
    if (json_) {
      std::cout << to_text(Json{{"key", made.text},
                                {"kind", name_of(key.kind)},
                                {"site", site},
                                {"scopes", json_of(key.scopes)},
                                {"id", key.id}})
                << '\n';
      return;
    }
    std::cout << "key " << key.id << " (" << name_of(key.kind) << "; " << text_of(key.scopes) << ") for "
              << (key.any_site ? std::string("any site") : site) << ":\n\n  " << made.text
              << "\n\nKeep it: it is not shown again.\n";
  }

  std::vector<std::string> sites_;
  std::string kind_;
  std::string existing_;
  KeyOptions options_;
  bool curator_ = false;
  bool json_ = false;
};

// A key that is named by its number.
class KeyNumber {
 public:
  void declare(CLI::App& app) {
    app.add_option("id", id_, "Number of the key, see: winnow key list")->required()->type_name("ID");
  }
  KeyId id() const { return id_; }

 private:
  KeyId id_ = 0;
};

class KeyChangeCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    number_.declare(app);
    options_.declare(app, true);
    app.add_flag("--json", json_, kJsonHelp);
    app.callback([this] {
      const KeyChange change = options_.change();
      if (!change.scopes && !change.networks && !change.expires_at)
        throw CLI::ValidationError("key change", "say what is to be changed");
    });
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const KeyChange change = options_.change();
    const Result<Key> key = change_key(*installation->store, number_.id(), change, now());
    if (!key) return key.error();
    Json what = {{"key", key->id}, {"hint", key->hint}};
    if (change.scopes) what["scopes"] = json_of(*change.scopes);
    if (change.networks) what["networks"] = *change.networks;
    if (change.expires_at)
      what["expires_at"] = *change.expires_at ? Json(iso_time(**change.expires_at)) : Json();
    if (json_) {
      std::cout << to_text(Json{{"id", key->id},
                                {"scopes", json_of(key->scopes)},
                                {"networks", key->networks},
                                {"expires", key->expires_at ? Json(iso_time(*key->expires_at)) : Json()}})
                << '\n';
    } else {
      std::cout << "changed key " << key->id << '\n';
    }
    return installation->note("key.change", what);
  }

 private:
  KeyNumber number_;
  KeyOptions options_;
  bool json_ = false;
};

// revoke, suspend and resume.
class KeyStateCommand final : public Command {
 public:
  using Change = Result<void> (*)(Store& store, KeyId id);
  KeyStateCommand(const char* act, const char* done, Change change)
      : act_(act), done_(done), change_(change) {}

  void declare(CLI::App& app) override {
    number_.declare(app);
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const KeyId id = number_.id();
    if (Result<void> changed = change_(*installation->store, id); !changed) return changed;
    const Result<Key> key = key_with_id(*installation->store, id);
    if (!key) return key.error();
    if (json_) {
      std::cout << to_text(Json{{"id", id}, {done_, true}}) << '\n';
    } else {
      std::cout << done_ << " key " << id << '\n';
    }
    return installation->note(act_, {{"key", id}, {"hint", key->hint}});
  }

 private:
  const char* act_;
  const char* done_;
  Change change_;
  KeyNumber number_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_key_create() {
  return std::make_unique<KeyCreateCommand>();
}
std::unique_ptr<Command> make_key_change() {
  return std::make_unique<KeyChangeCommand>();
}
std::unique_ptr<Command> make_key_revoke() {
  return std::make_unique<KeyStateCommand>(
      "key.revoke", "revoked", [](Store& store, KeyId id) { return store.revoke_key(id, now()); });
}
std::unique_ptr<Command> make_key_suspend() {
  return std::make_unique<KeyStateCommand>(
      "key.suspend", "suspended", [](Store& store, KeyId id) { return store.suspend_key(id, now()); });
}
std::unique_ptr<Command> make_key_resume() {
  return std::make_unique<KeyStateCommand>(
      "key.resume", "resumed", [](Store& store, KeyId id) { return store.suspend_key(id, std::nullopt); });
}

}  // namespace winnow::cli
