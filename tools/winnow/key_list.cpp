// winnow key list
#include <iostream>
#include <map>

#include "classifier/json.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/installation.h"
#include "tools/winnow/key_options.h"
#include "tools/winnow/table.h"

namespace winnow::cli {
namespace {

using Urls = std::map<SiteId, std::string>;

std::string site_of(const Key& key, const Urls& urls) {
  if (key.any_site) return "*";
  std::string names;
  for (const SiteId site : key.sites) names += (names.empty() ? "" : ", ") + urls.at(site);
  return names;
}

std::string state_of(const Key& key) {
  if (key.revoked_at) return "revoked " + time_text(*key.revoked_at);
  if (key.expires_at && *key.expires_at <= now()) return "expired " + time_text(*key.expires_at);
  if (key.suspended_at) return "suspended " + time_text(*key.suspended_at);
  std::string state = key.expires_at ? "good until " + time_text(*key.expires_at) : "good";
  std::string networks;
  for (const std::string& network : key.networks) networks += (networks.empty() ? "" : ", ") + network;
  return networks.empty() ? state : state + ", from " + networks;
}

Json time_or_null(const std::optional<UnixMillis>& at) {
  return at ? Json(iso_time(*at)) : Json(nullptr);
}

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
  static void print_json(const std::vector<Key>& keys, const Urls& urls) {
    Json array = Json::array();
    for (const Key& key : keys) {
      array.push_back({{"id", key.id},
                       {"kind", name_of(key.kind)},
                       {"site", site_of(key, urls)},
                       {"hint", key.hint},
                       {"scopes", json_of(key.scopes)},
                       {"networks", key.networks},
                       {"created", iso_time(key.created_at)},
                       {"expires", time_or_null(key.expires_at)},
                       {"last_used", time_or_null(key.last_used_at)},
                       {"revoked", time_or_null(key.revoked_at)},
                       {"suspended", time_or_null(key.suspended_at)}});
    }
    std::cout << to_pretty_text(array) << '\n';
  }

  static void print_people(const std::vector<Key>& keys, const Urls& urls) {
    std::vector<TableRow> rows;
    rows.reserve(keys.size());
    for (const Key& key : keys) {
      rows.push_back({std::to_string(key.id), name_of(key.kind), site_of(key, urls), key.hint + "...",
                      text_of(key.scopes), time_text(key.created_at),
                      key.last_used_at ? time_text(*key.last_used_at) : "never", state_of(key)});
    }
    print_table(std::cout, {"ID", "KIND", "SITE", "KEY", "SCOPES", "CREATED", "LAST USED", "STATE"}, rows);
  }

  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_key_list() {
  return std::make_unique<KeyListCommand>();
}

}  // namespace winnow::cli
