#include <cmath>
#include <iostream>
#include <map>
#include <string>

#include "classifier/json.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/learned.h"
#include "tools/winnow/table.h"

namespace winnow::cli {
namespace {

class ReportersCommand final : public Command {
 public:
  void declare(CLI::App& app) override { app.add_flag("--json", json_, kJsonHelp); }

  Result<void> run(const GlobalOptions& options) override {
    const Result<std::unique_ptr<Learned>> learned = Learned::open(options);
    if (!learned) return learned.error();
    const Result<std::vector<Site>> sites = (*learned)->installation.store->sites();
    if (!sites) return sites.error();
    for (const Site& site : *sites) urls_[site.id] = site.url;
    (*learned)->learning.with_memory([this](const Memory& memory) {
      json_ ? print_json(memory.reporters()) : print_people(memory.reporters());
    });
    return {};
  }

 private:
  static std::string percent(double share) { return std::to_string(std::lround(100 * share)) + " %"; }

  void print_people(const Reporters& reporters) const {
    std::vector<TableRow> rows;
    for (std::uint32_t i = 0; i < reporters.all().size(); ++i) {
      const Reporter& reporter = reporters[i];
      const bool judged = reporter.agreed + reporter.disagreed + reporter.taken_back > 0;
      rows.push_back({reporter.name.empty() ? "-" : reporter.name, urls_.at(reporter.site),
                      std::to_string(reporter.reports), std::to_string(reporter.agreed),
                      std::to_string(reporter.disagreed), std::to_string(reporter.taken_back),
                      judged ? percent(reporter.agreement()) : "-",
                      reporters.is_trusted(i) ? "counts for the quorum" : "at home alone"});
    }
    print_table(
        std::cout,
        {"REPORTER", "SITE", "REPORTS", "AGREED", "CONTRADICTED", "WITHDRAWN", "AGREEMENT", "STANDING"},
        rows);
  }

  void print_json(const Reporters& reporters) const {
    Json array = Json::array();
    for (std::uint32_t i = 0; i < reporters.all().size(); ++i) {
      const Reporter& reporter = reporters[i];
      array.push_back({{"reporter", reporter.name},
                       {"site", urls_.at(reporter.site)},
                       {"reports", reporter.reports},
                       {"agreed", reporter.agreed},
                       {"contradicted", reporter.disagreed},
                       {"withdrawn", reporter.taken_back},
                       {"agreement", reporter.agreement()},
                       {"trusted", reporters.is_trusted(i)}});
    }
    std::cout << to_pretty_text(array) << '\n';
  }

  std::map<SiteId, std::string> urls_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_reporters() {
  return std::make_unique<ReportersCommand>();
}

}  // namespace winnow::cli
