// winnow site thresholds
#include <cstdio>
#include <iostream>

#include "classifier/json.h"
#include "classifier/model.h"
#include "service/lists.h"
#include "tools/winnow/checks.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/installation.h"

namespace winnow::cli {
namespace {

// What is used where a site has none of its own.
Result<Thresholds> default_thresholds(const GlobalOptions& options) {
  const Result<LoadedConfig> loaded = options.config();
  if (!loaded) return loaded.error();
  const Result<Model> model = Model::load(loaded->config.model);
  if (!model) return model.error();
  return thresholds_in_force(loaded->config, model->thresholds);
}

class SiteThresholdsCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("url", url_, "Home address of the blog, see: winnow site list")
        ->required()
        ->type_name("URL")
        ->check(check_site_address);
    CLI::Option* back = app.add_flag("--default", default_, "Back to the model's own, or the settings'");
    for (auto& [name, value] : wanted_)
      app.add_option("--" + name, value, "Lowest score of " + name + ", 0 to 1")
          ->type_name("SCORE")
          ->check(CLI::Range(0.0, 1.0))
          ->excludes(back);
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const Result<Site> site = installation->known_site(url_);
    if (!site) return site.error();
    const Result<Thresholds> defaults = default_thresholds(options);
    if (!defaults) return defaults.error();
    SiteThresholds own = default_ ? SiteThresholds() : site->thresholds;
    const bool asked = default_ || wanted_[0].second || wanted_[1].second || wanted_[2].second;
    if (wanted_[0].second) own.unsure = wanted_[0].second;
    if (wanted_[1].second) own.spam = wanted_[1].second;
    if (wanted_[2].second) own.discard = wanted_[2].second;
    if (asked) {
      if (Result<void> good = check_thresholds(own, *defaults); !good) return good;
      if (Result<void> set = installation->store->set_thresholds(site->id, own); !set) return set;
    }
    print(*site, own, own.over(*defaults));
    if (!asked) return {};
    const auto value = [](const std::optional<double>& threshold) {
      return threshold ? Json(*threshold) : Json(nullptr);
    };
    const Json thresholds = {
        {"unsure", value(own.unsure)}, {"spam", value(own.spam)}, {"discard", value(own.discard)}};
    return installation->note("site.change", {{"thresholds", default_ ? Json(nullptr) : thresholds}},
                              site->id);
  }

 private:
  void print(const Site& site, const SiteThresholds& own, const Thresholds& all) const {
    const std::pair<const char*, std::pair<double, bool>> rows[] = {
        {"unsure", {all.unsure, own.unsure.has_value()}},
        {"spam", {all.spam, own.spam.has_value()}},
        {"discard", {all.discard, own.discard.has_value()}}};
    Json json = {{"site", site.url}};
    std::string text = site.url + ":";
    for (const auto& [name, row] : rows) {
      json[name] = {{"from", row.first}, {"own", row.second}};
      char line[64];
      std::snprintf(line, sizeof line, " %s from %.4g%s", name, row.first, row.second ? "" : " (default)");
      if (!text.ends_with(':')) text += ',';
      text += line;
    }
    std::cout << (json_ ? to_text(json) : text) << '\n';
  }

  std::string url_;
  std::vector<std::pair<std::string, std::optional<double>>> wanted_ = {
      {"unsure", {}}, {"spam", {}}, {"discard", {}}};
  bool default_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_site_thresholds() {
  return std::make_unique<SiteThresholdsCommand>();
}

}  // namespace winnow::cli
