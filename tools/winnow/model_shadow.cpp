// winnow model shadow
#include <iostream>

#include "classifier/json.h"
#include "service/model_shelf.h"
#include "tools/winnow/checks.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/installation.h"

namespace winnow::cli {
namespace {

class ModelShadowCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("id", id_, "Name of the model, see: winnow model list")->type_name("ID");
    app.add_flag("--off", off_, "No model from now on; what was stored stays");
    app.add_option("--site", site_, "Address of the one site that this is for (else: all sites)")
        ->type_name("URL")
        ->check(check_site_address);
    app.add_flag("--json", json_, kJsonHelp);
    app.callback([this] {
      if (id_.empty() != off_) throw CLI::ValidationError("id", "name a model, or --off");
    });
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<LoadedConfig> loaded = options.config();
    if (!loaded) return loaded.error();
    if (!off_) {
      if (const Result<Model> whole = shelved_model(loaded->config.model, id_); !whole) return whole.error();
    }
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    std::optional<SiteId> site;
    std::string where = "all sites";
    if (!site_.empty()) {
      const Result<Site> known = installation->known_site(site_);
      if (!known) return known.error();
      site = known->id;
      where = known->url;
    }
    if (Result<void> set = installation->store->set_shadow(site, id_); !set) return set;
    if (json_)
      std::cout << to_text(Json{{"shadow", off_ ? Json() : Json(id_)}, {"site", site ? Json(where) : Json()}})
                << '\n';
    else
      std::cout << (off_ ? "no model" : id_) << " runs in shadow on " << where << '\n';
    return {};
  }

 private:
  std::string id_;
  bool off_ = false;
  std::string site_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_model_shadow() {
  return std::make_unique<ModelShadowCommand>();
}

}  // namespace winnow::cli
