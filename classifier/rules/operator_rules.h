// Rules that an operator adds without a rebuild: TOML files of RE2 patterns over named fields. See
// data/rules/README.md.
//
//   [[rule]]
//   id = "local.watches"
//   sentence = "speaks of replica watches"
//   points = 2.5
//   field = "content"          # content, author, author_email, author_url, domain, user_agent, user_ip,
//   referrer, type pattern = '(?i)\breplica watch' spam = ["best replica watches here"]   # optional
//   examples, checked when the file is loaded ham = ["a review of my watch"]
//
// The only file that knows RE2 is operator_rules.cpp: matching is linear in the text whatever the pattern,
// and all patterns together take at most 256 MiB.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/features.h"
#include "classifier/result.h"
#include "classifier/rules/rule.h"
#include "classifier/signal.h"

namespace winnow {

inline constexpr std::size_t kMaxRuleFileBytes = 1 << 20;
inline constexpr std::size_t kMaxRuleFiles = 100;

// Thread rule: const methods may be called from any number of threads at once. Copies share the compiled
// patterns.
class OperatorRules {
 public:
  OperatorRules();
  ~OperatorRules();
  OperatorRules(const OperatorRules&);
  OperatorRules(OperatorRules&&) noexcept;
  OperatorRules& operator=(const OperatorRules&);
  OperatorRules& operator=(OperatorRules&&) noexcept;

  // Adds the rules of one file. kInvalid with "NAME:LINE: reason" for what is not TOML, an unknown key or
  // field, a missing key, an id that is taken or belongs to the built-in catalogue, points outside -20..20, a
  // pattern that RE2 refuses or that needs more than 1 MiB compiled, an example that the rule gets wrong,
  // more than kMaxRuleFileBytes, or more rules than there is memory for (256 KiB are set aside for each, 1
  // MiB for those that do not fit); then nothing of the file is added.
  Result<void> add_file(std::string_view text, std::string_view name);

  // All *.toml of a directory in name order; kNotFound if there is no such directory, kInvalid also for more
  // than kMaxRuleFiles.
  static Result<OperatorRules> load(const std::filesystem::path& dir);

  // Appends a Signal for every rule that matches and is not off.
  void judge(const Features& features, std::vector<Signal>& signals, const RulesOff& off = {}) const;

  // What each rule signals when it matches, in the order of judging.
  std::vector<Signal> all() const;
  std::size_t size() const;
  // What rules_version hashes: ids, points, fields and patterns as one text.
  std::string describe() const;

 private:
  struct Rule;
  std::vector<std::shared_ptr<const Rule>> rules_;
};

}  // namespace winnow
