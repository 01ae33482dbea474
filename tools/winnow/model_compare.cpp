// winnow model compare
#include <cstdio>
#include <iostream>
#include <set>

#include "classifier/engine.h"
#include "classifier/json.h"
#include "service/model_shelf.h"
#include "tools/training/dataset.h"
#include "tools/training/figures.h"
#include "tools/training/flips.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/figures_text.h"
#include "tools/winnow/installation.h"
#include "tools/winnow/progress.h"
#include "tools/winnow/shadow_report.h"
#include "tools/winnow/table.h"

namespace winnow::cli {
namespace {

std::vector<Judged> judged_by(const Engine& engine, const std::vector<Row>& rows) {
  std::vector<Judged> judged;
  judged.reserve(rows.size());
  Progress progress("judging with " + engine.model().id, rows.size());
  for (const Row& row : rows) {
    const Verdict verdict = engine.judge(row.comment, NoHistory());
    judged.push_back({row.source, row.lang, row.spam, verdict.is_spam(), verdict.score});
    progress.advance();
  }
  return judged;
}

// "+0.31" of two numbers or shares of which either may be null.
std::string change_text(const Json& from, const Json& to, double unit) {
  if (!from.is_number() || !to.is_number()) return "-";
  char text[32];
  std::snprintf(text, sizeof text, unit == 1 ? "%+.4f" : "%+.2f",
                (to.get<double>() - from.get<double>()) * unit);
  return text;
}

class ModelCompareCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("models", ids_,
                   "Names of two models, see: winnow model list; with --shadow of one, or none for the one "
                   "that runs in shadow")
        ->expected(0, 2)
        ->type_name("ID");
    CLI::Option* data = app.add_option("--data", data_, "JSONL files of labelled comments that both judge")
                            ->type_name("FILE")
                            ->check(CLI::ExistingFile);
    app.add_flag("--shadow", shadow_, "What it said in shadow, beside the verdicts that were given")
        ->excludes(data);
    app.add_flag("--json", json_, kJsonHelp);
    app.callback([this] {
      if (shadow_ && ids_.size() > 1) throw CLI::ValidationError("--shadow", "takes one model");
      if (!shadow_ && ids_.size() != 2) throw CLI::ValidationError("models", "name two");
      if (!shadow_ && data_.empty()) throw CLI::ValidationError("--data", "is required, or --shadow");
    });
  }

  Result<void> run(const GlobalOptions& options) override {
    return shadow_ ? compare_in_shadow(options) : compare_on_data(options);
  }

 private:
  Result<void> compare_in_shadow(const GlobalOptions& options) const {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const Result<std::string> id =
        ids_.empty() ? the_one_in_shadow(*installation->store) : Result<std::string>(ids_[0]);
    if (!id) return id.error();
    const Result<std::vector<ShadowCount>> counts = installation->store->shadow_counts(*id);
    if (!counts) return counts.error();
    if (json_)
      std::cout << to_pretty_text(shadow_json(*id, *counts)) << '\n';
    else
      print_shadow(std::cout, *id, *counts);
    return {};
  }

  static Result<std::string> the_one_in_shadow(Store& store) {
    const Result<std::vector<Shadow>> shadows = store.shadows();
    if (!shadows) return shadows.error();
    std::set<std::string> ids;
    for (const Shadow& shadow : *shadows)
      if (!shadow.model_id.empty()) ids.insert(shadow.model_id);
    if (ids.size() == 1) return *ids.begin();
    return Error{ErrorKind::kNotFound,
                 ids.empty() ? "no model runs in shadow, name one" : "several models run in shadow, name one",
                 ""};
  }

  Result<void> compare_on_data(const GlobalOptions& options) const {
    const Result<LoadedConfig> loaded = options.config();
    if (!loaded) return loaded.error();
    const Result<Engine> first = load(loaded->config, ids_[0]);
    if (!first) return first.error();
    const Result<Engine> second = load(loaded->config, ids_[1]);
    if (!second) return second.error();
    const Result<Dataset> dataset = read_dataset({data_.begin(), data_.end()});
    if (!dataset) return dataset.error();
    if (dataset->rows.empty()) return Error{ErrorKind::kInvalid, "there are no rows to judge", ""};
    const std::vector<Judged> by_first = judged_by(*first, dataset->rows);
    const std::vector<Judged> by_second = judged_by(*second, dataset->rows);
    const Flips flipped = flips(by_first, by_second);
    if (json_)
      print_json(figures(by_first), figures(by_second), flipped);
    else
      print_people(figures(by_first), figures(by_second), flipped);
    return {};
  }

  static Result<Engine> load(const Config& config, const std::string& id) {
    const Result<std::filesystem::path> dir = model_dir(config.model, id);
    if (!dir) return dir.error();
    return Engine::load(*dir, config.rules);
  }

  void print_json(Json first, Json second, const Flips& flipped) const {
    first["model"] = ids_[0];
    first["spam_alone"] = flipped.spam_by_first;
    first["ham_alone"] = flipped.ham_by_first;
    second["model"] = ids_[1];
    second["spam_alone"] = flipped.spam_by_second;
    second["ham_alone"] = flipped.ham_by_second;
    std::cout << to_text(Json::array({std::move(first), std::move(second)})) << '\n';
  }

  void print_people(const Json& first, const Json& second, const Flips& flipped) const {
    std::vector<TableRow> rows;
    const auto share = [&](const char* what, std::initializer_list<const char*> names) {
      const Json from = part_of(first, names), to = part_of(second, names);
      rows.push_back({what, percent_text(from), percent_text(to), change_text(from, to, 100)});
    };
    const auto count = [&](const char* what, long from, long to) {
      rows.push_back({what, std::to_string(from), std::to_string(to), ""});
    };
    share("spam caught (recall)", {"recall"});
    share("ham blocked", {"ham_blocked"});
    share("recall where 1 % of ham is blocked", {"recall_at_fpr", "0.01"});
    rows.push_back({"calibration error (ECE)", decimal_text(first["ece"]), decimal_text(second["ece"]),
                    change_text(first["ece"], second["ece"], 1)});
    count("spam that this one alone catches", flipped.spam_by_first, flipped.spam_by_second);
    count("ham that this one alone blocks", flipped.ham_by_first, flipped.ham_by_second);
    std::cout << first["spam"] << " spam and " << first["ham"] << " ham, judged without history\n\n";
    print_table(std::cout, {"", ids_[0], ids_[1], "CHANGE"}, rows);
  }

  std::vector<std::string> ids_;
  std::vector<std::string> data_;
  bool shadow_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_model_compare() {
  return std::make_unique<ModelCompareCommand>();
}

}  // namespace winnow::cli
