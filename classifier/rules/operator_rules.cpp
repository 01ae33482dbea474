#include "classifier/rules/operator_rules.h"

#include <re2/re2.h>

#include <algorithm>
#include <array>
#include <optional>
#include <sstream>

#include "classifier/model.h"
#include "classifier/rules/catalogue.h"
#include "classifier/toml.h"

namespace winnow {
namespace {

// RE2 keeps to these, what it makes of a pattern while it matches included. Most patterns need a few KiB.
constexpr std::size_t kPatternMemory = 256 << 10;
constexpr std::size_t kMaxPatternMemory = 1 << 20;
constexpr std::size_t kMaxMemory = 256 << 20;
constexpr double kMaxPoints = 20;

enum class Part {
  kContent,
  kAuthor,
  kAuthorEmail,
  kAuthorUrl,
  kDomain,
  kUserAgent,
  kUserIp,
  kReferrer,
  kType
};
constexpr std::array<std::pair<std::string_view, Part>, 9> kParts = {{{"content", Part::kContent},
                                                                      {"author", Part::kAuthor},
                                                                      {"author_email", Part::kAuthorEmail},
                                                                      {"author_url", Part::kAuthorUrl},
                                                                      {"domain", Part::kDomain},
                                                                      {"user_agent", Part::kUserAgent},
                                                                      {"user_ip", Part::kUserIp},
                                                                      {"referrer", Part::kReferrer},
                                                                      {"type", Part::kType}}};

std::optional<Part> part_named(std::string_view name) {
  for (const auto& [known, part] : kParts)
    if (known == name) return part;
  return std::nullopt;
}

bool is_id(std::string_view id) {
  const auto good = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
  };
  return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), good);
}

}  // namespace

struct OperatorRules::Rule {
  std::string id, sentence, part_name, pattern_text;
  double points = 0;
  Part part = Part::kContent;
  std::unique_ptr<re2::RE2> pattern;
  std::size_t memory = 0;  // bytes that the pattern may take

  // Compiles it in as little memory as it fits into.
  void compile() {
    re2::RE2::Options options;
    options.set_log_errors(false);
    for (const std::size_t most : {kPatternMemory, kMaxPatternMemory}) {
      memory = most;
      options.set_max_mem(static_cast<std::int64_t>(most));
      pattern = std::make_unique<re2::RE2>(pattern_text, options);
      if (pattern->error_code() != re2::RE2::ErrorPatternTooLarge) return;
    }
  }

  // Reads and compiles one [[rule]] table of `file`.
  static Result<std::shared_ptr<const Rule>> read(const toml::table& table, std::string_view file);

  bool matches(std::string_view text) const {
    return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *pattern);
  }

  bool matches(const Features& f) const {
    switch (part) {
      case Part::kContent:
        return matches(std::string_view(f.content.plain)) || matches(std::string_view(f.content.folded));
      case Part::kAuthor:
        return matches(std::string_view(f.author.plain)) || matches(std::string_view(f.author.folded));
      case Part::kAuthorEmail:
        return matches(f.comment.author_email);
      case Part::kAuthorUrl:
        return matches(f.comment.author_url);
      case Part::kDomain:
        return (f.has_author_link() && matches(f.author_link.host)) ||
               std::any_of(f.links.links.begin(), f.links.links.end(),
                           [this](const Link& link) { return matches(link.host); });
      case Part::kUserAgent:
        return matches(f.comment.user_agent);
      case Part::kUserIp:
        return matches(f.comment.user_ip);
      case Part::kReferrer:
        return matches(f.comment.referrer);
      case Part::kType:
        return matches(f.comment.type);
    }
    return false;
  }

  // An example as a comment that has `text` in the rule's field.
  Comment example(std::string_view text) const {
    Comment comment;
    switch (part) {
      case Part::kContent:
      case Part::kDomain:
        comment.content = text;
        break;
      case Part::kAuthor:
        comment.author = text;
        break;
      case Part::kAuthorEmail:
        comment.author_email = text;
        break;
      case Part::kAuthorUrl:
        comment.author_url = text;
        break;
      case Part::kUserAgent:
        comment.user_agent = text;
        break;
      case Part::kUserIp:
        comment.user_ip = text;
        break;
      case Part::kReferrer:
        comment.referrer = text;
        break;
      case Part::kType:
        comment.type = text;
        break;
    }
    return comment;
  }
};

namespace {

// Reads one [[rule]] table; the first thing that is wrong becomes the error.
class RuleReader {
 public:
  RuleReader(const toml::table& table, std::string_view file) : table_(table), file_(file) {}

  Error error(std::string_view why, const toml::node* where = nullptr) const {
    const toml::node& node = where ? *where : table_;
    return {ErrorKind::kInvalid,
            std::string(file_) + ":" + std::to_string(node.source().begin.line) + ": " + std::string(why),
            ""};
  }

  std::optional<Error> unknown_key() const {
    for (const auto& [key, value] : table_) {
      constexpr std::array<std::string_view, 7> kKeys = {"id",      "sentence", "points", "field",
                                                         "pattern", "spam",     "ham"};
      if (std::find(kKeys.begin(), kKeys.end(), key.str()) == kKeys.end())
        return error("unknown key \"" + std::string(key.str()) +
                         "\"; known are id, sentence, points, field, pattern, spam, ham",
                     &value);
    }
    return std::nullopt;
  }

  std::optional<std::string> text(std::string_view key) const { return table_[key].value<std::string>(); }
  std::optional<double> number(std::string_view key) const { return table_[key].value<double>(); }
  const toml::node* node(std::string_view key) const { return table_.get(key); }

  // Strings of an array, none if there is no such key; nothing at all if it is something else.
  std::optional<std::vector<std::string>> texts(std::string_view key) const {
    std::vector<std::string> out;
    const toml::node* node = table_.get(key);
    if (!node) return out;
    const toml::array* array = node->as_array();
    if (!array) return std::nullopt;
    for (const toml::node& element : *array) {
      const auto value = element.value<std::string>();
      if (!value) return std::nullopt;
      out.push_back(*value);
    }
    return out;
  }

 private:
  const toml::table& table_;
  std::string_view file_;
};

}  // namespace

OperatorRules::OperatorRules() = default;
OperatorRules::~OperatorRules() = default;
OperatorRules::OperatorRules(const OperatorRules&) = default;
OperatorRules::OperatorRules(OperatorRules&&) noexcept = default;
OperatorRules& OperatorRules::operator=(const OperatorRules&) = default;
OperatorRules& OperatorRules::operator=(OperatorRules&&) noexcept = default;

Result<std::shared_ptr<const OperatorRules::Rule>> OperatorRules::Rule::read(const toml::table& table,
                                                                             std::string_view file) {
  const RuleReader reader(table, file);
  if (const auto unknown = reader.unknown_key()) return *unknown;
  const auto id = reader.text("id"), sentence = reader.text("sentence"), field = reader.text("field"),
             pattern = reader.text("pattern");
  const auto points = reader.number("points");
  if (!id || !is_id(*id))
    return reader.error("a rule needs an id of a-z, 0-9, '.', '_' and '-'", reader.node("id"));
  if (find_rule(*id))
    return reader.error("the id \"" + *id + "\" belongs to a built-in rule", reader.node("id"));
  if (!sentence || sentence->empty())
    return reader.error("rule " + *id + " needs a sentence", reader.node("sentence"));
  if (!points || !(*points >= -kMaxPoints && *points <= kMaxPoints))
    return reader.error("rule " + *id + " needs points from -20 to 20", reader.node("points"));
  const auto part = field ? part_named(*field) : std::nullopt;
  if (!part) {
    return reader.error("rule " + *id +
                            " needs a field: content, author, author_email, author_url, domain, user_agent, "
                            "user_ip, referrer or type",
                        reader.node("field"));
  }
  if (!pattern || pattern->empty())
    return reader.error("rule " + *id + " needs a pattern", reader.node("pattern"));

  auto rule = std::make_shared<Rule>();
  rule->id = *id;
  rule->sentence = *sentence;
  rule->part_name = *field;
  rule->pattern_text = *pattern;
  rule->points = *points;
  rule->part = *part;
  rule->compile();
  if (!rule->pattern->ok())
    return reader.error("rule " + *id + ": the pattern is not one: " + rule->pattern->error(),
                        reader.node("pattern"));

  for (const auto& [key, wanted] : {std::pair("spam", *points > 0), std::pair("ham", *points <= 0)}) {
    const auto examples = reader.texts(key);
    if (!examples) return reader.error("rule " + *id + ": " + key + " is a list of texts", reader.node(key));
    for (const std::string& text : *examples) {
      const Comment comment = rule->example(text);
      if (rule->matches(Features(comment)) != wanted)
        return reader.error("rule " + *id + " gets its " + key + " example wrong: \"" + text + "\"",
                            reader.node(key));
    }
  }
  return std::shared_ptr<const Rule>(std::move(rule));
}

Result<void> OperatorRules::add_file(std::string_view text, std::string_view name) {
  if (text.size() > kMaxRuleFileBytes)
    return Error{ErrorKind::kInvalid, std::string(name) + ": a file of rules has at most 1 MiB", ""};
  const Result<toml::table> table = parse_toml(text, name);
  if (!table) return table.error();
  std::size_t memory = 0;
  for (const auto& rule : rules_) memory += rule->memory;
  std::vector<std::shared_ptr<const Rule>> added;
  for (const auto& [key, node] : *table) {
    const RuleReader file(*table, name);
    const toml::array* rules = node.as_array();
    if (key.str() != "rule" || !rules || !rules->is_array_of_tables())
      return file.error("only [[rule]] tables may stand here", &node);
    for (const toml::node& element : *rules) {
      auto rule = Rule::read(*element.as_table(), name);
      if (!rule) return rule.error();
      const auto same_id = [&](const auto& other) { return other->id == (*rule)->id; };
      if (std::any_of(rules_.begin(), rules_.end(), same_id) ||
          std::any_of(added.begin(), added.end(), same_id))
        return file.error("the id \"" + (*rule)->id + "\" is taken", &element);
      memory += (*rule)->memory;
      if (memory > kMaxMemory)
        return file.error("too many rules: together their patterns may take more than 256 MiB", &element);
      added.push_back(*rule);
    }
  }
  rules_.insert(rules_.end(), added.begin(), added.end());
  return {};
}

Result<OperatorRules> OperatorRules::load(const std::filesystem::path& dir) {
  std::error_code failure;
  if (!std::filesystem::is_directory(dir, failure))
    return Error{ErrorKind::kNotFound, dir.string() + ": there is no such directory", ""};
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(dir, failure))
    if (entry.path().extension() == ".toml") files.push_back(entry.path());
  if (files.size() > kMaxRuleFiles)
    return Error{ErrorKind::kInvalid, dir.string() + ": has more than 100 files of rules", ""};
  std::sort(files.begin(), files.end());
  OperatorRules rules;
  for (const std::filesystem::path& file : files) {
    // Refused before it is read.
    if (std::filesystem::file_size(file, failure) > kMaxRuleFileBytes && !failure)
      return Error{ErrorKind::kInvalid, file.string() + ": a file of rules has at most 1 MiB", ""};
    const Result<std::string> text = read_file(file);
    if (!text) return text.error();
    if (const Result<void> added = rules.add_file(*text, file.string()); !added) return added.error();
  }
  return rules;
}

void OperatorRules::judge(const Features& features, std::vector<Signal>& signals, const RulesOff& off) const {
  for (const auto& rule : rules_)
    if (!off.contains(rule->id) && rule->matches(features))
      signals.push_back({rule->id, rule->points, rule->sentence});
}

std::vector<Signal> OperatorRules::all() const {
  std::vector<Signal> signals;
  signals.reserve(rules_.size());
  for (const auto& rule : rules_) signals.push_back({rule->id, rule->points, rule->sentence});
  return signals;
}

std::size_t OperatorRules::size() const {
  return rules_.size();
}

std::string OperatorRules::describe() const {
  std::ostringstream out;
  for (const auto& rule : rules_)
    out << rule->id << '\t' << rule->points << '\t' << rule->part_name << '\t' << rule->pattern_text << '\n';
  return out.str();
}

}  // namespace winnow
