// winnow feedback report|list|withdraw
#include "service/feedback.h"

#include <algorithm>
#include <deque>
#include <iostream>
#include <map>

#include "classifier/json.h"
#include "service/report_log.h"
#include "tools/winnow/checks.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/learned.h"
#include "tools/winnow/table.h"

namespace winnow::cli {
namespace {

class ReportCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("--site", site_, "Address of the site that the comment was written on")
        ->required()
        ->type_name("URL")
        ->check(check_site_address);
    app.add_option("--label", label_, "What the comment is")
        ->required()
        ->check(CLI::IsMember({"spam", "ham"}));
    CLI::Option* id = app.add_option("--id", report_.verdict_id, "The verdict it is about")->type_name("ID");
    CLI::Option* content =
        app.add_option("--content", report_.comment.content, "The comment, if no id is known");
    content->excludes(id);
    app.add_option("--author", report_.comment.author, "Name of its author")->needs(content);
    app.add_option("--author-email", report_.comment.author_email, "Their e-mail address")->needs(content);
    app.add_option("--author-url", report_.comment.author_url, "Their web address")->needs(content);
    app.add_option("--reporter", report_.reporter, "Who says so")->capture_default_str();
    app.add_flag("--json", json_, kJsonHelp);
    app.callback([id, content] {
      if (id->count() + content->count() == 0)
        throw CLI::ValidationError("--id", "or --content must say what the report is about");
    });
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<std::unique_ptr<Learned>> learned = Learned::open(options);
    if (!learned) return learned.error();
    const Result<Site> site = (*learned)->installation.known_site(site_);
    if (!site) return site.error();
    report_.label = label_ == "spam" ? Label::kSpam : Label::kHam;
    report_.origin = "cli";
    Caller caller;
    caller.site = *site;
    caller.is_curator = true;  // who has the database has the say
    const Result<ReportReply> reply = winnow::report((*learned)->services, caller, report_);
    if (!reply) return reply.error();
    const std::string effect(to_string(reply->effect));
    if (json_)
      std::cout << to_text(Json{{"id", reply->id}, {"verdict_id", reply->verdict_id}, {"effect", effect}})
                << '\n';
    else
      std::cout << "report " << reply->id << ": " << effect << '\n';
    return {};
  }

 private:
  std::string site_;
  std::string label_;
  Report report_;
  bool json_ = false;
};

class ListCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("--site", site_, "Only reports of this site")->type_name("URL")->check(check_site_address);
    app.add_option("--last", last_, "So many of the newest")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000000));
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    SiteId only = 0;
    if (!site_.empty()) {
      const Result<Site> site = installation->known_site(site_);
      if (!site) return site.error();
      only = site->id;
    }
    const Result<std::vector<Site>> sites = installation->store->sites();
    if (!sites) return sites.error();
    for (const Site& site : *sites) urls_[site.id] = site.url;
    Result<std::deque<FeedbackEvent>> events = newest(*installation->store, only);
    if (!events) return events.error();
    json_ ? print_json(*events) : print_people(*events);
    return {};
  }

 private:
  Result<std::deque<FeedbackEvent>> newest(Store& store, SiteId only) const {
    const Result<LogEnd> end = store.log_end();
    if (!end) return end.error();
    const std::int64_t behind = only != 0 ? 0 : end->event - static_cast<std::int64_t>(last_);
    std::deque<FeedbackEvent> events;
    const Result<void> read = for_each_logged(store, std::max<std::int64_t>(0, behind),
                                              [&](const LoggedEvent& logged) -> Result<void> {
                                                if (only != 0 && logged.event.site != only) return {};
                                                events.push_back(logged.event);
                                                if (events.size() > last_) events.pop_front();
                                                return {};
                                              });
    if (!read) return read.error();
    return events;
  }

  static std::string state_of(const FeedbackEvent& event) {
    if (event.withdrawn)
      return "withdrawn " + time_text(event.withdrawn->at) +
             (event.withdrawn->by.empty() ? "" : " by " + event.withdrawn->by);
    if (event.is_test) return "test";
    return event.curator ? "counts everywhere" : "counts";
  }

  void print_json(const std::deque<FeedbackEvent>& events) const {
    Json array = Json::array();
    for (const FeedbackEvent& event : events)
      array.push_back({{"id", event.id},
                       {"at", iso_time(event.at)},
                       {"site", urls_.at(event.site)},
                       {"label", to_string(event.label)},
                       {"reporter", event.reporter},
                       {"origin", event.origin},
                       {"verdict_id", event.verdict_id},
                       {"curator", event.curator},
                       {"is_test", event.is_test},
                       {"withdrawn", event.withdrawn ? Json{{"at", iso_time(event.withdrawn->at)},
                                                            {"by", event.withdrawn->by}}
                                                     : Json(nullptr)}});
    std::cout << to_pretty_text(array) << '\n';
  }

  void print_people(const std::deque<FeedbackEvent>& events) const {
    std::vector<TableRow> rows;
    rows.reserve(events.size());
    for (const FeedbackEvent& event : events)
      rows.push_back({event.id, time_text(event.at), urls_.at(event.site),
                      std::string(to_string(event.label)), event.reporter, event.origin, state_of(event)});
    print_table(std::cout, {"ID", "AT", "SITE", "LABEL", "REPORTER", "FROM", "STATE"}, rows);
  }

  std::string site_;
  std::size_t last_ = 50;
  std::map<SiteId, std::string> urls_;
  bool json_ = false;
};

class WithdrawCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("id", id_, "Id of the report, see: winnow feedback list")->required()->type_name("ID");
    app.add_option("--by", by_, "Who takes it back, for the log");
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const Result<void> done = installation->store->withdraw_feedback(id_, {now(), 0, by_});
    if (!done) return done.error();
    if (json_)
      std::cout << to_text(Json{{"id", id_}, {"withdrawn", true}}) << '\n';
    else
      std::cout << "withdrew report " << id_ << "; it counts for nothing now\n";
    return {};
  }

 private:
  std::string id_;
  std::string by_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_feedback_report() {
  return std::make_unique<ReportCommand>();
}
std::unique_ptr<Command> make_feedback_list() {
  return std::make_unique<ListCommand>();
}
std::unique_ptr<Command> make_feedback_withdraw() {
  return std::make_unique<WithdrawCommand>();
}

}  // namespace winnow::cli
