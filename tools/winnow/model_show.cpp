// winnow model show
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <iostream>

#include "classifier/json.h"
#include "classifier/model.h"
#include "service/model_shelf.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/figures_text.h"
#include "tools/winnow/installation.h"
#include "tools/winnow/table.h"

namespace winnow::cli {
namespace {

constexpr std::size_t kRulesShown = 15;

std::string count_text(const Json& count) {
  return count.is_number_integer() ? std::to_string(count.get<std::int64_t>()) : "-";
}

std::string points_text(double points) {
  char text[32];
  std::snprintf(text, sizeof text, "%+.2f", points);
  return text;
}

void print_data(const Json& data) {
  std::vector<TableRow> rows;
  for (const Json& file : data)
    rows.push_back({string_or(file, "file", "-"), count_text(part_of(file, {"spam"})),
                    count_text(part_of(file, {"ham"}))});
  std::cout << '\n';
  print_table(std::cout, {"DATA", "SPAM", "HAM"}, rows);
}

void print_figures(const Json& figures) {
  std::vector<TableRow> rows;
  for (const auto& [name, f] : figures.items()) {
    if (!f.is_object() || name == "rules") continue;  // those are counts
    rows.push_back({name, count_text(part_of(f, {"n"})), percent_text(part_of(f, {"recall"})),
                    percent_text(part_of(f, {"ham_blocked"})),
                    percent_text(part_of(f, {"recall_at_fpr", "0.01"})), decimal_text(part_of(f, {"ece"}))});
  }
  std::cout << '\n';
  print_table(std::cout, {"FIGURES", "ROWS", "RECALL", "HAM BLOCKED", "RECALL AT 1 %", "ECE"}, rows);
}

// "preparation.max_per_group" and its value, a row each, whatever options this winnow or another wrote.
void gather_options(const Json& options, const std::string& prefix, std::vector<TableRow>& rows) {
  for (const auto& [name, value] : options.items()) {
    if (value.is_object())
      gather_options(value, prefix + name + ".", rows);
    else
      rows.push_back({prefix + name, to_text(value)});
  }
}

void print_options(const Json& options) {
  std::vector<TableRow> rows;
  gather_options(options, "", rows);
  std::cout << '\n';
  print_table(std::cout, {"OPTION", "VALUE"}, rows);
}

void print_rules(const Weights& weights) {
  std::vector<std::pair<std::string, double>> rules(weights.rule_points.begin(), weights.rule_points.end());
  std::ranges::stable_sort(rules, std::greater(), [](const auto& rule) { return std::abs(rule.second); });
  rules.resize(std::min(rules.size(), kRulesShown));
  std::vector<TableRow> rows;
  rows.reserve(rules.size());
  for (const auto& [id, points] : rules) rows.push_back({id, points_text(points)});
  std::cout << '\n';
  print_table(std::cout, {"LARGEST RULES", "POINTS"}, rows);
}

class ModelShowCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("id", id_, "Name of the model, see: winnow model list")->required()->type_name("ID");
    app.add_flag("--json", json_, "Print the manifest as it is");
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<LoadedConfig> loaded = options.config();
    if (!loaded) return loaded.error();
    const std::filesystem::path link = loaded->config.model;
    const Result<Model> model = shelved_model(link, id_);
    if (!model) return model.error();
    if (json_) {
      std::cout << to_pretty_text(model->manifest) << '\n';
      return {};
    }
    const Result<std::string> in_force = model_in_force(link);
    print(*model, shelf_of(link) / id_, in_force && *in_force == id_);
    return {};
  }

 private:
  static void print(const Model& model, const std::filesystem::path& dir, bool in_force) {
    std::cout << model.id << (in_force ? ", in force\n" : "\n") << dir.string() << ", its files are whole\n";
    const Json& manifest = model.manifest;
    if (const Json data = part_of(manifest, {"data"}); data.is_array()) print_data(data);
    if (const Json figures = part_of(manifest, {"figures"}); figures.is_object()) print_figures(figures);
    std::cout << '\n';
    const Thresholds& cuts = model.thresholds;
    print_table(std::cout, {"THRESHOLD", "SCORE"},
                {{"unsure", decimal_text(cuts.unsure)},
                 {"spam", decimal_text(cuts.spam)},
                 {"discard", decimal_text(cuts.discard)}});
    print_rules(model.weights);
    if (const Json given = part_of(manifest, {"options"}); given.is_object()) print_options(given);
  }

  std::string id_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_model_show() {
  return std::make_unique<ModelShowCommand>();
}

}  // namespace winnow::cli
