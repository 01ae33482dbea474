// ListOptions: which list, field and site, as the commands of `winnow list` take them.
#pragma once

#include <optional>
#include <string>

#include "service/lists.h"
#include "tools/winnow/cli.h"
#include "tools/winnow/installation.h"

namespace winnow::cli {

// For which site an entry holds, or which site's entries are shown.
class SiteOption {
 public:
  void declare(CLI::App& app, const char* help);
  // The site that was named; none if none was. kNotFound says how to add it.
  Result<std::optional<Site>> site(const Installation& installation) const;

 private:
  std::string url_;
};

// What is the same for all entries that a command adds.
class ListOptions {
 public:
  // The words LIST and FIELD, and --site, --note, --until.
  void declare(CLI::App& app);
  // An entry with this pattern; `by` the command line.
  Result<ListRequest> request(const Installation& installation, const std::string& pattern) const;
  const std::string& list() const { return list_; }

 private:
  std::string list_;
  std::string field_;
  SiteOption site_;
  std::string note_;
  std::string until_;
};

inline constexpr const char* kByCommandLine = "command line";

}  // namespace winnow::cli
