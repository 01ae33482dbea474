// winnow site add|list
#include <iostream>

#include "classifier/json.h"
#include "tools/winnow/checks.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/installation.h"
#include "tools/winnow/table.h"

namespace winnow::cli {
namespace {

Json json_of(const Site& site) {
  return {{"id", site.id}, {"url", site.url}, {"created", iso_time(site.created_at)}};
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
    return {};
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
      rows.push_back({std::to_string(site.id), site.url, time_text(site.created_at)});
    print_table(std::cout, {"ID", "SITE", "CREATED"}, rows);
    return {};
  }

 private:
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_site_add() {
  return std::make_unique<SiteAddCommand>();
}
std::unique_ptr<Command> make_site_list() {
  return std::make_unique<SiteListCommand>();
}

}  // namespace winnow::cli
