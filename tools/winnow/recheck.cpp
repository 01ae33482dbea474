// winnow recheck
#include <unistd.h>

#include <filesystem>
#include <iostream>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <unordered_set>
#include <utility>

#include "classifier/lists/lists.h"
#include "service/check.h"
#include "service/secret.h"
#include "tools/import/jsonl.h"
#include "tools/import/written_at.h"
#include "tools/winnow/checks.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/installation.h"
#include "tools/winnow/interrupt.h"
#include "tools/winnow/learned.h"
#include "tools/winnow/model_option.h"
#include "tools/winnow/progress.h"
#include "tools/winnow/recheck_counts.h"
#include "tools/winnow/verdict_text.h"

namespace winnow::cli {
namespace {

constexpr std::size_t kPage = 200;
constexpr std::size_t kMostWatches = 1'000'000;
// Changes that are named one by one.
constexpr std::size_t kShownChanges = 20;
constexpr std::size_t kAllChanges = std::numeric_limits<std::size_t>::max();

const Error kInterrupted{ErrorKind::kUnavailable, "interrupted; the figures are of what was judged till then",
                         ""};

// Which of the stored verdicts are judged anew.
struct Wanted {
  VerdictQuery query;
  std::optional<Outcome> outcome;
  std::uint64_t limit = 0;  // 0: none
};

// Goes through stored verdicts, newest first, and judges their comments anew.
class Rejudging {
 public:
  Rejudging(const Services& services, Wanted wanted, bool apply, std::size_t named)
      : services_(services), store_(services.store), wanted_(wanted), apply_(apply), counts_(named) {}

  Result<void> run() {
    const Interrupt interrupt;
    if (Result<void> noted = note_watched(); !noted) return noted;
    const Result<std::uint64_t> total = store_.count_verdicts(wanted_.query);
    if (!total) return total.error();
    Progress progress("judging", wanted_.limit == 0 ? *total : std::min(*total, wanted_.limit));
    std::int64_t before = 0;
    while (!is_done()) {
      const Result<std::vector<LoggedVerdict>> page = store_.verdicts(wanted_.query, before, kPage);
      if (!page) return page.error();
      if (page->empty()) break;
      for (const LoggedVerdict& logged : *page) {
        before = logged.seq;
        if (Interrupt::is_asked()) return interrupted();
        look_at(logged.verdict);
        progress.set(wanted_.limit == 0 ? ++seen_ : counts_.judged());
        if (is_done()) break;
      }
      if (Result<void> stored = store_changes(); !stored) return stored;
    }
    return {};
  }

  const RecheckCounts& counts() const { return counts_; }

 private:
  bool is_done() const { return wanted_.limit != 0 && counts_.judged() >= wanted_.limit; }

  Result<void> interrupted() {
    if (Result<void> stored = store_changes(); !stored) return stored;
    return kInterrupted;
  }

  // winnowd judges these again itself, and tells their sites.
  Result<void> note_watched() {
    if (!apply_) return {};
    constexpr UnixMillis kEver = std::numeric_limits<UnixMillis>::max();
    const Result<std::vector<Watch>> watches = store_.watches_due(kEver, kMostWatches);
    if (!watches) return watches.error();
    for (const Watch& watch : *watches) watched_.insert(watch.verdict_id);
    return {};
  }

  void look_at(const StoredVerdict& stored) {
    // Newer ones come first, so what replaced a verdict is known before it.
    if (!stored.supersedes.empty()) replaced_.insert(stored.supersedes);
    if (replaced_.contains(stored.id)) return;
    const Outcome was = stored.verdict.outcome;
    if (wanted_.outcome && *wanted_.outcome != was) return;
    if (stored.text_deleted_at) {
      ++counts_.without_text;
      return;
    }
    if (was_decided_by_hidden(stored.verdict.signals)) {
      ++counts_.hidden;
      return;
    }
    if (watched_.contains(stored.id)) {
      ++counts_.watched;
      return;
    }
    StoredVerdict again = stored;
    again.verdict = judge(services_, stored.site, stored.comment);
    counts_.count(stored, again.verdict);
    if (!apply_ || again.verdict.outcome == was) return;
    again.id = random_id();
    again.comment = services_.as_kept(again.comment);
    again.at = now();
    again.supersedes = stored.id;
    changed_.push_back(std::move(again));
  }

  Result<void> store_changes() {
    if (changed_.empty()) return {};
    Result<void> put = store_.put_verdicts(changed_);
    if (put) counts_.stored += changed_.size();
    changed_.clear();
    return put;
  }

  const Services& services_;
  Store& store_;
  const Wanted wanted_;
  const bool apply_;
  RecheckCounts counts_;
  std::uint64_t seen_ = 0;
  std::unordered_set<std::string> replaced_;
  std::unordered_set<std::string> watched_;
  std::vector<StoredVerdict> changed_;  // not stored yet
};

// The first of a verdict's reasons, which is the largest.
std::string first_reason(const Verdict& verdict) {
  if (verdict.signals.empty()) return "";
  const Signal& first = verdict.signals.front();
  return first.detail.empty() ? first.id : first.id + ": " + first.detail;
}

class RecheckCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    CLI::Option* data =
        app.add_option("--data", data_,
                       "Instead of stored verdicts, comments that were never judged, one JSON "
                       "object a line: prints what each would get")
            ->type_name("FILE")
            ->check(CLI::ExistingFile);
    app.add_option("--site", site_, "Address of the one site whose verdicts, or reports, are used (else all)")
        ->type_name("URL")
        ->check(check_site_address);
    app.add_option("--since", since_, "Only verdicts given on or after this day: 2026-01-31, or with a time")
        ->type_name("DATE")
        ->check([](const std::string& text) {
          return parse_time(text) ? "" : text + " is no date like 2026-01-31";
        })
        ->excludes(data);
    app.add_option("--outcome", outcome_, "Only verdicts with this outcome")
        ->check(CLI::IsMember({"ham", "unsure", "spam", "discard"}))
        ->excludes(data);
    app.add_option("--limit", limit_, "At most so many, the newest first")->check(CLI::PositiveNumber);
    app.add_flag("--apply", apply_, "Store each verdict that changes, in place of the old one")
        ->excludes(data);
    model_.declare(app);
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<std::unique_ptr<Learned>> learned = Learned::open(options, model_);
    if (!learned) return learned.error();
    SiteId site = 0;
    if (!site_.empty()) {
      const Result<Site> found = (*learned)->installation.known_site(site_);
      if (!found) return found.error();
      site = found->id;
    }
    const Services& services = (*learned)->services;
    return data_.empty() ? judge_stored(services, site) : judge_file(services, site);
  }

 private:
  Result<void> judge_stored(const Services& services, SiteId site) const {
    Wanted wanted;
    wanted.query = {site, since_.empty() ? 0 : *parse_time(since_)};
    wanted.outcome = outcome_.empty() ? std::nullopt : outcome_of(outcome_);
    wanted.limit = limit_;
    Rejudging rejudging(services, wanted, apply_, json_ ? kAllChanges : kShownChanges);
    Result<void> done = rejudging.run();
    const RecheckCounts& counts = rejudging.counts();
    if (json_) {
      Json json = {{"model", services.engine()->model().id},
                   {"rules_version", services.engine()->rules_version_without(*services.house->rules_off())},
                   {"complete", done.ok()}};
      json.update(counts_json(counts));
      std::cout << to_text(json) << '\n';
    } else {
      print_counts(std::cout, counts);
      if (counts.changed() > 0 && !apply_) std::cout << "\nnothing was stored; --apply stores what changes\n";
    }
    return done;
  }

  Result<void> judge_file(const Services& services, SiteId site) const {
    const Interrupt interrupt;
    Result<Input> input = Input::open(data_);
    if (!input) return input.error();
    std::error_code unknown;
    const std::uintmax_t size = std::filesystem::file_size(data_, unknown);
    std::optional<Progress> progress;  // on a terminal the verdicts themselves are seen to go on
    if (isatty(STDOUT_FILENO) == 0) progress.emplace("judging", unknown ? 0 : size);
    input->watch([&](std::uint64_t bytes) -> Result<void> {
      if (progress) progress->set(bytes);
      return Interrupt::is_asked() ? kInterrupted : Result<void>();
    });
    std::map<Outcome, std::uint64_t> counts;
    std::uint64_t judged = 0;
    const Error enough{ErrorKind::kConflict, "", ""};
    const Result<void> read = read_jsonl(*input, [&](const ImportedComment& imported) -> Result<void> {
      if (limit_ != 0 && judged == limit_) return enough;
      if (Interrupt::is_asked()) return kInterrupted;
      ++judged;
      const Verdict verdict = judge(services, site, imported.comment);
      ++counts[verdict.outcome];
      print_verdict(imported, judged, verdict);
      return {};
    });
    if (!json_) print_outcomes(std::cout, counts);
    const bool is_done = read.ok() || (read.error().kind == enough.kind && read.error().message.empty());
    return is_done ? Result<void>() : read;
  }

  // `number`: of the comment in the file, for one without an id.
  void print_verdict(const ImportedComment& imported, std::uint64_t number, const Verdict& verdict) const {
    const std::string id = imported.source_id.empty() ? "" : imported.source_id.substr(3);  // behind "id:"
    if (json_) {
      std::cout << verdict_line(id.empty() ? Json() : Json(id), verdict);
      return;
    }
    std::string outcome(to_string(verdict.outcome));
    outcome.resize(7, ' ');
    std::cout << outcome << "  " << score_text(verdict.score) << "  "
              << (id.empty() ? "#" + std::to_string(number) : id) << "  " << first_reason(verdict) << '\n';
  }

  std::string data_;
  std::string site_;
  std::string since_;
  std::string outcome_;
  std::uint64_t limit_ = 0;
  ModelOption model_;
  bool apply_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_recheck() {
  return std::make_unique<RecheckCommand>();
}

}  // namespace winnow::cli
