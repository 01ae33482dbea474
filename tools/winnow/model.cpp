// winnow model list|promote|rollback
#include <iostream>
#include <map>

#include "classifier/json.h"
#include "service/model_shelf.h"
#include "service/promotion.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/figures_text.h"
#include "tools/winnow/installation.h"
#include "tools/winnow/table.h"

namespace winnow::cli {
namespace {

constexpr std::size_t kPromotionsShown = 5;

Json json_of(const Promotion& promotion) {
  return {{"at", iso_time(promotion.at)},
          {"from", promotion.from},
          {"to", promotion.to},
          {"reason", promotion.reason},
          {"rollback", promotion.is_rollback},
          {"forced", promotion.forced}};
}

std::string text_of(const Promotion& promotion) {
  std::string text = time_text(promotion.at) + "  " + promotion.from + " -> " + promotion.to;
  if (promotion.is_rollback) text += " (rollback)";
  if (promotion.forced) text += " (forced)";
  if (!promotion.reason.empty()) text += ": " + promotion.reason;
  return text;
}

// How many rows the model was trained on; null if the manifest does not say.
Json data_rows(const Json& manifest) {
  const Json data = part_of(manifest, {"data"});
  if (!data.is_array()) return Json();
  std::int64_t rows = 0;
  for (const Json& file : data) {
    for (const char* label : {"spam", "ham"}) {
      const Json count = part_of(file, {label});
      if (count.is_number_integer()) rows += count.get<std::int64_t>();
    }
  }
  return rows;
}

class ModelListCommand final : public Command {
 public:
  void declare(CLI::App& app) override { app.add_flag("--json", json_, kJsonHelp); }

  Result<void> run(const GlobalOptions& options) override {
    const Result<LoadedConfig> loaded = options.config();
    if (!loaded) return loaded.error();
    const std::filesystem::path link = loaded->config.model;
    const Result<std::vector<ShelvedModel>> models = models_on_shelf(link);
    if (!models) return models.error();
    const Result<std::vector<Promotion>> past = promotions(link);
    if (!past) return past.error();
    const Result<Places> shadowed = shadow_places(options, loaded->config.data);
    if (!shadowed) return shadowed.error();
    if (json_)
      print_json(*models, *shadowed, *past);
    else
      print_people(*models, *shadowed, *past);
    return {};
  }

 private:
  // Model -> the sites on which it runs in shadow, "*" for all.
  using Places = std::map<std::string, std::vector<std::string>>;

  // Of an installation that is there: one is not made for this.
  static Result<Places> shadow_places(const GlobalOptions& options, const std::filesystem::path& data) {
    Places places;
    std::error_code failed;
    if (!std::filesystem::exists(data / "winnow.db", failed)) return places;
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const Result<std::vector<Shadow>> shadows = installation->store->shadows();
    if (!shadows) return shadows.error();
    for (const Shadow& shadow : *shadows) {
      const Result<Site> site = shadow.site ? installation->store->site(*shadow.site) : Site{0, "*"};
      if (!site) return site.error();
      if (!shadow.model_id.empty()) places[shadow.model_id].push_back(site->url);
    }
    return places;
  }

  static Json json_of(const Places& places, const std::string& id) {
    const auto found = places.find(id);
    return found == places.end() ? Json::array() : Json(found->second);
  }

  static void print_json(const std::vector<ShelvedModel>& models, const Places& shadowed,
                         const std::vector<Promotion>& past) {
    Json out = {{"models", Json::array()}, {"promotions", Json::array()}};
    for (const ShelvedModel& model : models) {
      out["models"].push_back(
          {{"id", model.id},
           {"made", iso_time(model.made_at)},
           {"in_force", model.in_force},
           {"shadow", json_of(shadowed, model.id)},
           {"recall", part_of(model.manifest, {"figures", "held_out", "recall"})},
           {"ham_blocked", part_of(model.manifest, {"figures", "held_out", "ham_blocked"})},
           {"rows", data_rows(model.manifest)},
           {"damage", model.damage.empty() ? Json() : Json(model.damage)}});
    }
    for (const Promotion& promotion : past) out["promotions"].push_back(cli::json_of(promotion));
    std::cout << to_pretty_text(out) << '\n';
  }

  static void print_people(const std::vector<ShelvedModel>& models, const Places& shadowed,
                           const std::vector<Promotion>& past) {
    std::vector<TableRow> rows;
    for (const ShelvedModel& model : models) {
      const Json count = data_rows(model.manifest);
      rows.push_back({model.id, time_text(model.made_at), state_of(model, shadowed),
                      percent_text(part_of(model.manifest, {"figures", "held_out", "recall"})),
                      percent_text(part_of(model.manifest, {"figures", "held_out", "ham_blocked"})),
                      count.is_null() ? "-" : std::to_string(count.get<std::int64_t>())});
    }
    print_table(std::cout, {"ID", "MADE", "STATE", "RECALL", "HAM BLOCKED", "ROWS"}, rows);
    if (past.empty()) return;
    std::cout << "\nLast promotions:\n";
    for (std::size_t i = past.size() - std::min(past.size(), kPromotionsShown); i < past.size(); ++i)
      std::cout << "  " << text_of(past[i]) << '\n';
  }

  static std::string state_of(const ShelvedModel& model, const Places& shadowed) {
    if (!model.damage.empty()) return "damaged: " + model.damage;
    std::string state = model.in_force ? "in force" : "";
    if (const auto found = shadowed.find(model.id); found != shadowed.end()) {
      state += state.empty() ? "in shadow on " : ", in shadow on ";
      for (const std::string& site : found->second)
        state += (&site == &found->second.front() ? "" : ", ") + (site == "*" ? "all sites" : site);
    }
    return state.empty() ? "-" : state;
  }

  bool json_ = false;
};

// promote and rollback
class ModelChangeCommand : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("--reason", reason_, "Why, for the log of promotions")->type_name("TEXT");
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<LoadedConfig> loaded = options.config();
    if (!loaded) return loaded.error();
    const Result<Promotion> done = change(loaded->config.model);
    if (!done) return done.error();
    if (json_)
      std::cout << to_text(json_of(*done)) << '\n';
    else
      std::cout << done->to << " is in force, " << done->from << " was\n";
    return {};
  }

 protected:
  std::string reason_;

 private:
  virtual Result<Promotion> change(const std::filesystem::path& link) const = 0;

  bool json_ = false;
};

class ModelPromoteCommand final : public ModelChangeCommand {
 public:
  void declare(CLI::App& app) override {
    app.add_option("id", id_, "Name of the model, see: winnow model list")->required()->type_name("ID");
    ModelChangeCommand::declare(app);
  }

 private:
  Result<Promotion> change(const std::filesystem::path& link) const override {
    return promote(link, id_, reason_, now());
  }

  std::string id_;
};

class ModelRollbackCommand final : public ModelChangeCommand {
  Result<Promotion> change(const std::filesystem::path& link) const override {
    return roll_back(link, reason_, now());
  }
};

}  // namespace

std::unique_ptr<Command> make_model_list() {
  return std::make_unique<ModelListCommand>();
}
std::unique_ptr<Command> make_model_promote() {
  return std::make_unique<ModelPromoteCommand>();
}
std::unique_ptr<Command> make_model_rollback() {
  return std::make_unique<ModelRollbackCommand>();
}

}  // namespace winnow::cli
