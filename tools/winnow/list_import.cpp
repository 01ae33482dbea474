// winnow list import: one pattern a line; blank lines, and # with what is behind it, are passed over.
#include <fstream>
#include <iostream>
#include <memory>

#include "tools/winnow/commands.h"
#include "tools/winnow/list_options.h"

namespace winnow::cli {
namespace {

constexpr std::size_t kShownErrors = 20;
constexpr std::size_t kMostLineBytes = 4096;
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

// Without comment and outer blanks.
std::string pattern_of(std::string line) {
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '#' || (i > 0 && line[i - 1] != ' ' && line[i - 1] != '\t')) continue;
    line.resize(i);
    break;
  }
  const std::size_t first = line.find_first_not_of(" \t\r");
  if (first == std::string::npos) return "";
  return line.substr(first, line.find_last_not_of(" \t\r") - first + 1);
}

class ListImportCommand final : public Command {
 public:
  void declare(CLI::App& app) override {
    options_.declare(app);
    app.add_option("file", file_, "Text file with one pattern a line, # begins a comment")
        ->required()
        ->type_name("FILE")
        ->check(CLI::ExistingFile);
    app.add_flag("--dry-run", dry_run_, "Read the file and say what would be added, and add nothing");
  }

  Result<void> run(const GlobalOptions& options) override {
    const Result<Installation> installation = Installation::open(options);
    if (!installation) return installation.error();
    Result<ListRequest> request = options_.request(*installation, "");
    if (!request) return request.error();
    if (Result<void> read = read_file(*std::move(request)); !read) return read;
    if (dry_run_) {
      std::cout << entries_.size() << " patterns would go to the " << options_.list() << " list\n";
      return {};
    }
    const Result<std::size_t> added = installation->store->add_list_entries(entries_);
    if (!added) return added.error();
    std::cout << *added << " entries added to the " << options_.list() << " list";
    if (*added < entries_.size()) std::cout << ", " << entries_.size() - *added << " were there already";
    std::cout << '\n';
    return {};
  }

 private:
  // Fills entries_. Names what is wrong with each line on stderr.
  Result<void> read_file(ListRequest request) {
    std::ifstream in(file_, std::ios::binary);
    if (!in) return Error{ErrorKind::kUnavailable, file_ + ": it cannot be read", ""};
    std::size_t number = 0, wrong = 0;
    const UnixMillis at = now();
    for (std::string line; std::getline(in, line);) {
      ++number;
      if (number == 1 && line.starts_with(kByteOrderMark)) line.erase(0, kByteOrderMark.size());
      const bool too_long = line.size() > kMostLineBytes;
      request.pattern = too_long ? line : pattern_of(std::move(line));
      if (request.pattern.empty()) continue;
      Result<KeptEntry> kept = list_entry_of(request, kByCommandLine, at);
      if (!kept && kept.error().field != "pattern") return kept.error();
      if (!kept) {
        if (++wrong <= kShownErrors)
          std::cerr << file_ << ':' << number << ": " << kept.error().message << '\n';
        continue;
      }
      entries_.push_back(*std::move(kept));
      if (entries_.size() > static_cast<std::size_t>(kMostListEntries))
        return Error{ErrorKind::kTooLarge,
                     file_ + ":" + std::to_string(number) + ": the lists hold at most " +
                         std::to_string(kMostListEntries) + " entries; nothing was added",
                     ""};
    }
    if (in.bad()) return Error{ErrorKind::kUnavailable, file_ + ": it cannot be read to its end", ""};
    if (wrong == 0) return {};
    if (wrong > kShownErrors) std::cerr << "... and " << wrong - kShownErrors << " more\n";
    return Error{
        ErrorKind::kInvalid,
        std::to_string(wrong) + (wrong == 1 ? " line is" : " lines are") + " no pattern; nothing was added",
        "pattern"};
  }

  ListOptions options_;
  std::string file_;
  bool dry_run_ = false;
  std::vector<KeptEntry> entries_;
};

}  // namespace

std::unique_ptr<Command> make_list_import() {
  return std::make_unique<ListImportCommand>();
}

}  // namespace winnow::cli
