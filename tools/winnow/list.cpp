// winnow list add|show|remove
#include <iostream>
#include <map>
#include <memory>

#include "classifier/json.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/list_options.h"
#include "tools/winnow/table.h"

namespace winnow::cli {
namespace {

constexpr std::size_t kPage = 1000;
using Urls = std::map<SiteId, std::string>;

Result<Urls> urls_of(Store& store) {
  const Result<std::vector<Site>> sites = store.sites();
  if (!sites) return sites.error();
  Urls urls;
  for (const Site& site : *sites) urls[site.id] = site.url;
  return urls;
}

Json json_of(const KeptEntry& kept, const Urls& urls) {
  const ListEntry& entry = kept.entry;
  return {{"id", entry.id},
          {"list", to_string(entry.list)},
          {"field", to_string(entry.field)},
          {"pattern", entry.pattern},
          {"site", entry.site == 0 ? Json() : Json(urls.at(entry.site))},
          {"note", kept.note},
          {"by", kept.by},
          {"at", iso_time(kept.at)},
          {"until", entry.until ? Json(iso_time(*entry.until)) : Json()},
          {"hits", kept.hits}};
}

class ListAddCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    options_.declare(app);
    app.add_option("pattern", pattern_, "The name, address, domain, network or words; * stands for anything")
        ->required()
        ->type_name("PATTERN");
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const Result<ListRequest> request = options_.request(*installation, pattern_);
    if (!request) return request.error();
    Result<KeptEntry> kept = list_entry_of(*request, kByCommandLine, now());
    if (!kept) return kept.error();
    const Result<std::int64_t> id = installation->store->add_list_entry(*kept);
    if (!id) return id.error();
    kept->entry.id = *id;
    const Result<Urls> urls = urls_of(*installation->store);
    if (!urls) return urls.error();
    if (json_)
      std::cout << to_text(json_of(*kept, *urls)) << '\n';
    else
      std::cout << "entry " << *id << " is on the " << options_.list()
                << " list; winnowd takes it within a second\n";
    return {};
  }

 private:
  ListOptions options_;
  std::string pattern_;
  bool json_ = false;
};

class ListShowCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    site_.declare(app, "Only what holds for this site: its own entries, and those of all sites");
    app.add_option("--find", text_, "Only entries with this in their pattern or note")->type_name("TEXT");
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const Result<std::optional<Site>> site = site_.site(*installation);
    if (!site) return site.error();
    const Result<Urls> urls = urls_of(*installation->store);
    if (!urls) return urls.error();
    ListQuery query;
    if (*site) query.site = (*site)->id;
    query.text = text_;
    std::vector<KeptEntry> all;
    while (true) {
      const std::int64_t before = all.empty() ? 0 : all.back().entry.id;
      const Result<std::vector<KeptEntry>> page = installation->store->list_entries(query, before, kPage);
      if (!page) return page.error();
      all.insert(all.end(), page->begin(), page->end());
      if (page->size() < kPage) break;
    }
    json_ ? print_json(all, *urls) : print_people(all, *urls);
    return {};
  }

 private:
  static void print_json(const std::vector<KeptEntry>& entries, const Urls& urls) {
    Json array = Json::array();
    for (const KeptEntry& kept : entries) array.push_back(json_of(kept, urls));
    std::cout << to_pretty_text(array) << '\n';
  }

  static void print_people(const std::vector<KeptEntry>& entries, const Urls& urls) {
    std::vector<TableRow> rows;
    for (const KeptEntry& kept : entries) {
      const ListEntry& entry = kept.entry;
      std::string until = entry.until ? time_text(*entry.until) : "-";
      if (entry.until && *entry.until <= now()) until += " (over)";
      rows.push_back({std::to_string(entry.id), std::string(to_string(entry.list)),
                      std::string(to_string(entry.field)), entry.pattern,
                      entry.site == 0 ? "all" : urls.at(entry.site), until, std::to_string(kept.hits),
                      kept.by, kept.note.empty() ? "-" : kept.note});
    }
    print_table(std::cout, {"ID", "LIST", "FIELD", "PATTERN", "SITE", "UNTIL", "HITS", "BY", "NOTE"}, rows);
  }

  SiteOption site_;
  std::string text_;
  bool json_ = false;
};

class ListRemoveCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("id", id_, "Number of the entry, see: winnow list show")
        ->required()
        ->type_name("ID")
        ->check(CLI::PositiveNumber);
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    if (Result<void> removed = installation->store->remove_list_entry(id_); !removed) return removed;
    std::cout << "entry " << id_ << " is off its list\n";
    return {};
  }

 private:
  std::int64_t id_ = 0;
};

}  // namespace

std::unique_ptr<Command> make_list_add() {
  return std::make_unique<ListAddCommand>();
}
std::unique_ptr<Command> make_list_show() {
  return std::make_unique<ListShowCommand>();
}
std::unique_ptr<Command> make_list_remove() {
  return std::make_unique<ListRemoveCommand>();
}

}  // namespace winnow::cli
