// winnow privacy export|erase|rotate|log
#include "service/privacy.h"

#include <iostream>

#include "classifier/json.h"
#include "service/cleaner.h"
#include "tools/winnow/checks.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/learned.h"
#include "tools/winnow/table.h"

namespace winnow::cli {
namespace {

// Whose data, as the command line names them.
class PersonOptions {
 public:
  void declare(CLI::App& app) {
    CLI::Option_group* who = app.add_option_group("person", "Whose data, one of these");
    who->add_option("--email", query_.email, "E-mail address");
    who->add_option("--ip", query_.ip, "Address of the client; an IPv6 one stands for its /64");
    who->add_option("--author", query_.author, "The whole name that they wrote under, whatever its case");
    who->require_option(1);
    app.add_option("--site", site_, "Address of the one site (else all)")
        ->type_name("URL")
        ->check(check_site_address);
  }

  Result<PersonQuery> query(const Installation& installation) const {
    PersonQuery query = query_;
    if (site_.empty()) return query;
    const Result<Site> site = installation.known_site(site_);
    if (!site) return site.error();
    query.site = site->id;
    return query;
  }

 private:
  PersonQuery query_;
  std::string site_;
};

Result<std::filesystem::path> data_of(const GlobalOptions& options) {
  const Result<LoadedConfig> config = options.config();
  if (!config) return config.error();
  return std::filesystem::path(config->config.data);
}

class PrivacyExportCommand final : public Command {
 public:
  void declare(CLI::App& app) override { person_.declare(app); }

  Result<void> run(const GlobalOptions& options) override {
    const Result<std::unique_ptr<Learned>> learned = Learned::open(options);
    if (!learned) return learned.error();
    const Result<PersonQuery> query = person_.query((*learned)->installation);
    if (!query) return query.error();
    const Result<PersonRows> rows = find_person((*learned)->services, *query);
    if (!rows) return rows.error();
    Result<void> done = export_person((*learned)->services, *rows, [](const Json& json) -> Result<void> {
      std::cout << to_text(json) << '\n';
      return {};
    });
    std::cerr << rows->verdicts.size() << " verdicts, " << rows->reports.size() << " reports\n";
    return done;
  }

 private:
  PersonOptions person_;
};

class PrivacyEraseCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    person_.declare(app);
    app.add_flag("--yes", yes_, "Erase; without it the command only says how much there is");
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<std::unique_ptr<Learned>> learned = Learned::open(options);
    if (!learned) return learned.error();
    const Result<std::filesystem::path> data = data_of(options);
    if (!data) return data.error();
    const Services& services = (*learned)->services;
    const Result<PersonQuery> query = person_.query((*learned)->installation);
    if (!query) return query.error();
    return yes_ ? erase(**learned, *query, *data) : count(services, *query);
  }

 private:
  Result<void> count(const Services& services, const PersonQuery& query) const {
    const Result<PersonRows> rows = find_person(services, query);
    if (!rows) return rows.error();
    if (json_)
      std::cout << to_text(Json{{"verdicts", rows->verdicts.size()},
                                {"reports", rows->reports.size()},
                                {"erased", false}})
                << '\n';
    else
      std::cout << rows->verdicts.size() << " verdicts, " << rows->reports.size()
                << " reports; nothing was erased, --yes erases them for good\n";
    return {};
  }

  Result<void> erase(Learned& learned, const PersonQuery& query, const std::filesystem::path& data) const {
    const Result<Erased> erased = erase_person(learned.services, query);
    if (!erased) return erased.error();
    std::error_code failed;  // where winnowd runs it writes another, of what is left
    std::filesystem::remove(data / "memory.snapshot", failed);
    Cleaner cleaner(*learned.installation.store, *learned.installation.concealment, {}, data, now);
    if (Result<void> scrubbed = cleaner.scrub(); !scrubbed)
      return Error{scrubbed.error().kind,
                   "it is erased, but not gone from the files yet, which winnowd tries again: " +
                       scrubbed.error().message,
                   ""};
    Result<void> noted = learned.installation.store->put_act(
        {0, now(), 0, 0, "command line", "privacy.delete", query.site,
         to_text(Json{{"verdicts", erased->verdicts}, {"reports", erased->reports}}), ""});
    if (!noted) return noted;
    if (json_)
      std::cout << to_text(
                       Json{{"verdicts", erased->verdicts}, {"reports", erased->reports}, {"erased", true}})
                << '\n';
    else
      std::cout << "erased " << erased->verdicts << " verdicts and " << erased->reports
                << " reports; they are gone from the database's files\n";
    return {};
  }

  PersonOptions person_;
  bool yes_ = false;
  bool json_ = false;
};

class PrivacyRotateCommand final : public Command {
 public:
  void declare(CLI::App&) override {}

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    if (installation->concealment->kept() != PersonalData::kHashed)
      return Error{ErrorKind::kConflict,
                   "personal_data is " + std::string(to_string(installation->concealment->kept())) +
                       ": there are no pseudonyms to change",
                   ""};
    const Result<bool> began = installation->concealment->rotate(now(), 0);
    if (!began) return began.error();
    Result<void> noted = installation->store->put_cleanup({0, now(), CleanupWhat::kRotate, 0, 0});
    if (!noted) return noted;
    std::cout << "epoch " << installation->concealment->epoch()
              << " has begun; keys before the last one are destroyed\n";
    return {};
  }
};

class PrivacyLogCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("--last", last_, "At most so many, the newest first")->check(CLI::Range(1, 20'000));
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const Result<std::vector<Cleanup>> cleanups = installation->store->cleanups(0, last_);
    if (!cleanups) return cleanups.error();
    Json list = Json::array();
    std::vector<TableRow> table;
    for (const Cleanup& each : *cleanups) {
      list.push_back({{"at", iso_time(each.at)},
                      {"what", to_string(each.what)},
                      {"verdicts", each.verdicts},
                      {"reports", each.reports}});
      table.push_back({time_text(each.at), std::string(to_string(each.what)), std::to_string(each.verdicts),
                       std::to_string(each.reports)});
    }
    if (json_)
      std::cout << to_text(list) << '\n';
    else
      print_table(std::cout, {"when", "what", "verdicts", "reports"}, table);
    return {};
  }

 private:
  std::size_t last_ = 50;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_privacy_export() {
  return std::make_unique<PrivacyExportCommand>();
}
std::unique_ptr<Command> make_privacy_erase() {
  return std::make_unique<PrivacyEraseCommand>();
}
std::unique_ptr<Command> make_privacy_rotate() {
  return std::make_unique<PrivacyRotateCommand>();
}
std::unique_ptr<Command> make_privacy_log() {
  return std::make_unique<PrivacyLogCommand>();
}

}  // namespace winnow::cli
