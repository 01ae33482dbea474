// winnow export
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <optional>

#include "classifier/json.h"
#include "tools/winnow/checks.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/commands.h"
#include "tools/winnow/installation.h"
#include "tools/winnow/interrupt.h"
#include "tools/winnow/progress.h"
#include "tools/winnow/training_set.h"

namespace winnow::cli {
namespace {

// A file that is there whole or not at all: written beside, then renamed. Only its owner may read it.
class WholeFile {
 public:
  explicit WholeFile(std::filesystem::path path) : path_(std::move(path)), part_(path_.string() + ".part") {}
  ~WholeFile() {
    std::error_code ignored;
    if (!is_done_) std::filesystem::remove(part_, ignored);
  }
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;

  Result<std::ostream*> open() {
    out_.open(part_, std::ios::binary | std::ios::trunc);
    if (!out_) return failed();
    std::error_code failure;
    std::filesystem::permissions(
        part_, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write, failure);
    if (failure) return failed();
    return &out_;
  }

  Result<void> finish() {
    out_.close();
    std::error_code failure;
    if (out_) std::filesystem::rename(part_, path_, failure);
    if (!out_ || failure) return failed();
    is_done_ = true;
    return {};
  }

 private:
  Error failed() const {
    return Error{ErrorKind::kUnavailable, path_.string() + ": cannot be written", "out"};
  }

  std::filesystem::path path_;
  std::filesystem::path part_;
  std::ofstream out_;
  bool is_done_ = false;
};

class ExportCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    app.add_option("--site", site_, "Address of the one site whose reports are wanted (else all)")
        ->type_name("URL")
        ->check(check_site_address);
    app.add_option("--out", out_, "File to write, readable by its owner alone (else standard output)")
        ->type_name("FILE");
    app.add_flag("--json", json_, "JSON, one object a line, is the only form there is");
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
    if (out_.empty()) {
      const Result<std::uint64_t> written = write(*installation, only, std::cout);
      return written ? Result<void>() : written.error();
    }
    WholeFile file(out_);
    const Result<std::ostream*> opened = file.open();
    if (!opened) return opened.error();
    const Result<std::uint64_t> written = write(*installation, only, **opened);
    if (!written) return written.error();
    if (Result<void> finished = file.finish(); !finished) return finished;
    std::cout << "wrote " << *written << (*written == 1 ? " report to " : " reports to ") << out_ << '\n';
    return {};
  }

 private:
  static Result<std::uint64_t> write(const Installation& installation, SiteId only, std::ostream& out) {
    const Interrupt interrupt;
    const Result<LogEnd> end = installation.store->log_end();
    if (!end) return end.error();
    std::optional<Progress> progress;  // on a terminal the rows themselves are seen to go on
    if (&out != &std::cout || isatty(STDOUT_FILENO) == 0)
      progress.emplace("exporting", 2 * static_cast<std::uint64_t>(end->event));
    std::uint64_t written = 0;
    const Result<void> done = for_each_report_that_counts(
        *installation.store, only,
        [&](const Site& site, const FeedbackEvent& event) -> Result<void> {
          out << to_text(training_row(site, event)) << '\n';
          ++written;
          if (!out) return Error{ErrorKind::kUnavailable, "the training set cannot be written", ""};
          return {};
        },
        [&](std::uint64_t steps) -> Result<void> {
          if (progress) progress->set(steps);
          if (Interrupt::is_asked()) return Error{ErrorKind::kUnavailable, "interrupted", ""};
          return {};
        });
    if (!done) return done.error();
    return written;
  }

  std::string site_;
  std::string out_;
  bool json_ = false;
};

}  // namespace

std::unique_ptr<Command> make_export() {
  return std::make_unique<ExportCommand>();
}

}  // namespace winnow::cli
