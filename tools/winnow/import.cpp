// winnow import
#include <filesystem>
#include <iostream>
#include <optional>
#include <unordered_set>
#include <utility>

#include "classifier/json.h"
#include "tools/import/formats.h"
#include "tools/winnow/checks.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/import_counts.h"
#include "tools/winnow/imported_report.h"
#include "tools/winnow/installation.h"
#include "tools/winnow/interrupt.h"
#include "tools/winnow/model_option.h"
#include "tools/winnow/progress.h"

namespace winnow::cli {
namespace {

// Of reports that are written in one transaction; bytes bound the memory where comments are long.
constexpr std::size_t kBatch = 1000;
constexpr std::size_t kBatchBytes = 16 << 20;

// Ends the reading; what is read by then is stored.
const Error kInterrupted{ErrorKind::kUnavailable,
                         "interrupted; what is counted as added is stored, and the same command goes on from "
                         "there",
                         ""};

// Takes labelled comments into the log of one site, in batches.
class Importer {
 public:
  // `engine`: null for a dry run, which stores nothing.
  Importer(const Installation& installation, const Engine* engine, Site site, std::string blog)
      : store_(*installation.store),
        concealment_(*installation.concealment),
        engine_(engine),
        site_(std::move(site)),
        blog_(std::move(blog)) {}

  Result<void> take(ImportedComment imported) {
    if (imported.standing == Standing::kWaiting) ++counts_.waiting;
    if (imported.standing == Standing::kSkipped) ++counts_.skipped[imported.why];
    if (imported.standing == Standing::kWaiting || imported.standing == Standing::kSkipped) return {};
    if (imported.comment.content.empty()) {
      ++counts_.skipped["without a text"];
      return {};
    }
    const bool is_spam = imported.standing == Standing::kSpam;
    const std::string id = report_id(site_, imported);
    const Result<bool> known = is_known(id);
    if (!known) return known.error();
    ++(is_spam ? counts_.spam : counts_.ham);
    if (*known) {
      ++counts_.known;
      return {};
    }
    if (engine_ == nullptr) return {};
    FeedbackEvent event = report_of(site_, blog_, std::move(imported), now());
    event.points = points_of(event.comment);
    event.comment = concealment_.concealed(std::move(event.comment));
    batch_bytes_ += event.comment.content.size();
    batch_.push_back(std::move(event));
    return batch_.size() < kBatch && batch_bytes_ < kBatchBytes ? Result<void>() : flush();
  }

  // Stores what was taken since the last.
  Result<void> flush() {
    if (batch_.empty()) return {};
    const Result<std::size_t> added = store_.put_feedbacks(batch_);
    if (!added) {
      for (const FeedbackEvent& event : batch_) --(event.label == Label::kSpam ? counts_.spam : counts_.ham);
    } else {
      counts_.known += batch_.size() - *added;
    }
    batch_.clear();
    in_batch_.clear();
    batch_bytes_ = 0;
    return added ? Result<void>() : added.error();
  }

  const ImportCounts& counts() const { return counts_; }

 private:
  Result<bool> is_known(const std::string& id) {
    if (!in_batch_.insert(id).second) return true;
    if (engine_ == nullptr && in_batch_.size() > kBatch) in_batch_.clear();
    if (site_.id == 0) return false;
    const Result<std::optional<FeedbackEvent>> found = store_.find_feedback(id);
    if (!found) return found.error();
    return found->has_value();
  }

  // What the judge makes of it without its memory, as with any report: memory learns where it was wrong.
  double points_of(const Comment& comment) const {
    double points = 0;
    for (const Signal& signal : engine_->judge(comment, NoHistory()).signals) points += signal.points;
    return points;
  }

  Store& store_;
  const Concealment& concealment_;
  const Engine* engine_;
  Site site_;
  std::string blog_;
  ImportCounts counts_;
  std::vector<FeedbackEvent> batch_;
  std::unordered_set<std::string> in_batch_;
  std::size_t batch_bytes_ = 0;
};

std::uint64_t bytes_of(const std::vector<std::string>& files) {
  std::uint64_t sum = 0;
  for (const std::string& file : files) {
    std::error_code failure;
    const std::uintmax_t size = std::filesystem::file_size(file, failure);
    if (failure) return 0;  // a pipe
    sum += size;
  }
  return sum;
}

class ImportCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("files", files_, "Files to read")->required()->type_name("FILE")->check(CLI::ExistingFile);
    app.add_option("--site", site_, "Address of the site that the comments are of, made if it is new")
        ->required()
        ->type_name("URL")
        ->check(check_site_address);
    app.add_option(
           "--format", format_,
           "wxr (WordPress' export, which leaves out spam), disqus, wordpress-csv (the table wp_comments, "
           "with spam), csv (with --columns) or jsonl; told from the file if not given")
        ->type_name("FORMAT")
        ->check(CLI::IsMember({"wxr", "disqus", "wordpress-csv", "csv", "jsonl"}));
    app.add_option(
           "--columns", columns_,
           "csv: which column has what, \"content=body,author=name,label=status,id=nr,date=when\"; fields as "
           "of `winnow check`; columns by name or, counted from 1, number")
        ->type_name("MAP")
        ->check([](const std::string& text) {
          const auto parsed = parse_columns(text);
          return parsed ? "" : parsed.error().message;
        });
    app.add_option("--spam-value", options_.map.spam_values, "csv: what the label's column has for spam")
        ->type_name("TEXT")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    app.add_option("--ham-value", options_.map.ham_values, "csv: what the label's column has for ham")
        ->type_name("TEXT")
        ->expected(1)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
    app.add_option("--escape", escape_,
                   "csv and wordpress-csv: how quotes stand in a field, told from the file if not given")
        ->type_name("HOW")
        ->check(CLI::IsMember({"backslash", "double"}));
    app.add_flag("--dry-run", dry_run_, "Read and count, and store nothing");
    model_.declare(app);
    app.add_flag("--json", json_, kJsonHelp);
  }

  Result<void> run(const GlobalOptions& options) override {
    if (!columns_.empty()) options_.map.columns = *parse_columns(columns_);
    if (!escape_.empty()) options_.backslash = escape_ == "backslash";
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    const Result<Site> site = dry_run_ ? known_site(*installation) : site_for(*installation, site_);
    if (!site) return site.error();
    std::optional<Engine> engine;
    if (!dry_run_) {
      Result<Engine> loaded = model_.load(options);
      if (!loaded) return loaded.error();
      engine.emplace(*std::move(loaded));
    }
    Importer importer(*installation, engine ? &*engine : nullptr, *site, site_);
    Result<void> done = read_all(importer);
    if (const Result<void> flushed = importer.flush(); !flushed && done) done = flushed;
    print(*site, importer.counts(), done.ok());
    return done;
  }

 private:
  // As it is or, with id 0, would be.
  Result<Site> known_site(const Installation& installation) const {
    const Result<std::string> canonical = canonical_site(site_, installation.site_form);
    if (!canonical) return canonical.error();
    const Result<std::optional<Site>> found = installation.store->find_site(*canonical);
    if (!found) return found.error();
    return found->value_or(Site{0, *canonical, 0});
  }

  Result<void> read_all(Importer& importer) {
    const Interrupt interrupt;
    Progress progress("reading", bytes_of(files_));
    std::uint64_t before = 0;  // bytes of the files before
    for (const std::string& file : files_) {
      Result<Input> input = Input::open(file);
      if (!input) return input.error();
      std::uint64_t read = 0;
      input->watch([&](std::uint64_t bytes) -> Result<void> {
        read = bytes;
        return Interrupt::is_asked() ? kInterrupted : Result<void>();
      });
      Result<void> done = read_file(*input, [&](ImportedComment imported) -> Result<void> {
        progress.set(before + read);
        if (Interrupt::is_asked()) return kInterrupted;
        return importer.take(std::move(imported));
      });
      if (!done) return done;
      before += read;
      progress.set(before);
    }
    return {};
  }

  Result<void> read_file(Input& input, const VisitComment& visit) {
    const ImportFormat* format = format_.empty() ? nullptr : find_import_format(format_);
    if (format == nullptr) {
      const Result<const ImportFormat*> guessed = guess_import_format(input, options_);
      if (!guessed) return guessed.error();
      format = *guessed;
    }
    formats_.push_back(format->name);
    return format->read(input, options_, visit);
  }

  void print(const Site& site, const ImportCounts& counts, bool complete) const {
    if (json_) {
      Json json = {{"site", site.url}, {"dry_run", dry_run_}, {"complete", complete}};
      json.update(counts_json(counts));
      std::cout << to_text(json) << '\n';
      return;
    }
    print_counts(std::cout, counts);
    std::cout << '\n';
    const std::string added = std::to_string(counts.added()) + (counts.added() == 1 ? " report" : " reports");
    if (dry_run_)
      std::cout << "dry run: " << added << " would be added to " << site.url << '\n';
    else
      std::cout << "added " << added << " to " << site.url << '\n';
    const bool is_wxr = std::ranges::find(formats_, "wxr") != formats_.end();
    if (complete && is_wxr && counts.spam == 0 && counts.ham > 0)
      std::cout << "WordPress leaves spam out of its export; the table wp_comments as CSV has it\n";
  }

  std::vector<std::string> files_;
  std::string site_;
  std::string format_;
  std::string columns_;
  std::string escape_;
  ImportOptions options_;
  ModelOption model_;
  std::vector<std::string_view> formats_;  // of the files read
  bool dry_run_ = false;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_import() {
  return std::make_unique<ImportCommand>();
}

}  // namespace winnow::cli
