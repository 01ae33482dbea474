// winnow site add|list|mode
#include <iostream>

#include "classifier/json.h"
#include "tools/winnow/checks.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/installation.h"
#include "tools/winnow/table.h"

namespace winnow::cli {
namespace {

constexpr const char* kLogOnly = "log-only";
constexpr const char* kEnforce = "enforce";

const char* mode_of(const Site& site) {
  return site.log_only ? kLogOnly : kEnforce;
}

Json json_of(const Site& site) {
  return {{"id", site.id},
          {"url", site.url},
          {"created", iso_time(site.created_at)},
          {"mode", mode_of(site)},
          {"shadow", site.shadow_model.empty() ? Json() : Json(site.shadow_model)}};
}

class SiteAddCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("url", url_, "Home address of the blog")
        ->required()
        ->type_name("URL")
        ->check(check_site_address);
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const Result<std::string> url = canonical_site(url_, installation->site_form);
    if (!url) return url.error();
    const Result<Site> site = installation->store->add_site(*url, now());
    if (!site) return site.error();
    if (json_) {
      std::cout << to_text(json_of(*site)) << '\n';
    } else {
      std::cout << "added site " << site->id << ": " << site->url << '\n';
    }
    return installation->note("site.add", {{"url", site->url}}, site->id);
  }

 private:
  std::string url_;
  bool json_ = false;
};

class SiteListCommand final : public Command {
 public:
  void declare(CLI::App& app) override { app.add_flag("--json", json_, kJsonHelp); }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const Result<std::vector<Site>> sites = installation->store->sites();
    if (!sites) return sites.error();
    if (json_) {
      Json array = Json::array();
      for (const Site& site : *sites) array.push_back(json_of(site));
      std::cout << to_pretty_text(array) << '\n';
      return {};
    }
    std::vector<TableRow> rows;
    for (const Site& site : *sites)
      rows.push_back({std::to_string(site.id), site.url, time_text(site.created_at), mode_of(site),
                      site.shadow_model.empty() ? "-" : site.shadow_model});
    print_table(std::cout, {"ID", "SITE", "CREATED", "MODE", "SHADOW"}, rows);
    return {};
  }

 private:
  bool json_ = false;
};

class SiteModeCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("url", url_, "Home address of the blog, see: winnow site list")
        ->required()
        ->type_name("URL")
        ->check(check_site_address);
    app.add_option("mode", mode_,
                   "log-only: clients are answered ham in any case; enforce: what winnow thinks")
        ->required()
        ->type_name("MODE")
        ->check(CLI::IsMember({kLogOnly, kEnforce}));
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    Result<Site> site = installation->known_site(url_);
    if (!site) return site.error();
    site->log_only = mode_ == kLogOnly;
    if (Result<void> set = installation->store->set_log_only(site->id, site->log_only); !set) return set;
    if (json_)
      std::cout << to_text(json_of(*site)) << '\n';
    else
      std::cout << site->url << " is in mode " << mode_ << " from its next check on\n";
    return installation->note("site.change", {{"log_only", site->log_only}}, site->id);
  }

 private:
  std::string url_;
  std::string mode_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_site_mode() {
  return std::make_unique<SiteModeCommand>();
}
std::unique_ptr<Command> make_site_add() {
  return std::make_unique<SiteAddCommand>();
}
std::unique_ptr<Command> make_site_list() {
  return std::make_unique<SiteListCommand>();
}

}  // namespace winnow::cli
