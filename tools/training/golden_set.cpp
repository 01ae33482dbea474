#include "tools/training/golden_set.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "classifier/comment_json.h"
#include "classifier/fingerprint.h"
#include "classifier/model.h"
#include "classifier/normalize.h"
#include "classifier/rules/catalogue.h"
#include "tools/training/dataset.h"
#include "tools/training/row_lines.h"

namespace winnow::embedded {
const std::vector<std::pair<std::string_view, std::string_view>>& golden_rows();
}

namespace winnow::golden {
namespace {

constexpr std::array<std::string_view, 5> kMembers = {"id", "trap", "outcome", "reason", "comment"};
constexpr std::string_view kMissed = "missed";  // may be left out
// Signals that stand in no catalogue and speak without a history.
constexpr std::array<std::string_view, 1> kOtherSignals = {"text.model"};
constexpr std::size_t kShortText = 20;

bool is_signal(std::string_view id) {
  return find_rule(id) != nullptr ||
         std::find(kOtherSignals.begin(), kOtherSignals.end(), id) != kOtherSignals.end();
}

bool is_comment_field(std::string_view name) {
  const auto fields = comment_fields();
  return name == "context" || std::any_of(fields.begin(), fields.end(),
                                          [&](const CommentField& field) { return field.name == name; });
}

Error wrong(const std::string& message) {
  return Error{ErrorKind::kInvalid, message, ""};
}

Result<std::vector<std::string>> read_reasons(const Json& reason) {
  std::vector<std::string> reasons;
  for (const Json& one : reason.is_array() ? reason : Json::array({reason})) {
    if (!one.is_string()) return wrong("reason must be a signal's id or a list of them");
    reasons.push_back(one.get<std::string>());
    if (!is_signal(reasons.back())) return wrong("no signal is called " + reasons.back());
  }
  if (reasons.empty()) return wrong("reason is an empty list");
  return reasons;
}

Result<GoldenRow> read_row(std::string_view line) {
  const Result<Json> json = parse_json(line);
  if (!json) return json.error();
  if (!json->is_object()) return wrong("a row is a JSON object");
  for (const auto& [name, value] : json->items())
    if (name != kMissed && std::find(kMembers.begin(), kMembers.end(), name) == kMembers.end())
      return wrong("a row has no member " + name);
  for (const std::string_view name : kMembers)
    if (!json->contains(name)) return wrong("the row lacks " + std::string(name));

  const std::string outcome = string_or(*json, "outcome");
  if (outcome != "spam" && outcome != "ham") return wrong("outcome must be \"spam\" or \"ham\"");
  if (string_or(*json, "id").empty()) return wrong("id must be a string that is not empty");
  if (string_or(*json, "trap").empty()) return wrong("trap must be a string that is not empty");
  Result<std::vector<std::string>> reasons = read_reasons((*json)["reason"]);
  if (!reasons) return reasons.error();

  const Json& fields = (*json)["comment"];
  if (!fields.is_object()) return wrong("comment must be an object");
  for (const auto& [name, value] : fields.items())
    if (!is_comment_field(name)) return wrong("a comment has no field " + name);
  Result<Comment> comment = comment_from_json(fields);
  if (!comment) return comment.error();
  if (json->contains(kMissed) && (*json)[kMissed] != Json(true)) return wrong("missed is true or left out");
  return GoldenRow{string_or(*json, "id"), string_or(*json, "trap"), outcome == "spam",
                   *std::move(reasons),    *std::move(comment),      json->contains(kMissed)};
}

void read_rows(const std::string& name, std::string_view text, GoldenSet& set) {
  for_each_row_line(text, [&](std::string_view line, int number) {
    Result<GoldenRow> row = read_row(line);
    if (row)
      set.rows.push_back(*std::move(row));
    else
      set.mistakes.push_back(name + ":" + std::to_string(number) + ": " + row.error().message);
    return true;
  });
}

void read_file_of_rows(const std::filesystem::path& path, GoldenSet& set) {
  const Result<std::string> text = read_file(path);
  if (!text) return set.mistakes.push_back(text.error().message);
  read_rows(path.filename().string(), *text, set);
}

// Two texts that are the same have the same key; see read_golden_set().
std::string key_of(const std::string& content) {
  if (content.size() < kShortText) return content;
  return "#" + std::to_string(text_key(normalize(content).folded));
}

void look_for_seed(const std::filesystem::path& seed_dir, GoldenSet& set) {
  const Result<Dataset> seed = read_dataset(jsonl_files(seed_dir));
  if (!seed) return set.mistakes.push_back(seed.error().message);
  if (seed->rows.empty()) set.mistakes.push_back(seed_dir.string() + " has no rows to compare with");
  std::map<std::string, std::string> ids;
  for (const Row& row : seed->rows) ids.emplace(key_of(row.comment.content), row.id);
  for (const GoldenRow& row : set.rows)
    if (const auto found = ids.find(key_of(row.comment.content)); found != ids.end())
      set.mistakes.push_back(row.id + " has the text of " + found->second + ", which trains the model");
}

}  // namespace

GoldenSet read_golden_set(const std::filesystem::path& dir, const std::filesystem::path& seed_dir) {
  GoldenSet set;
  for (const std::filesystem::path& path : jsonl_files(dir)) read_file_of_rows(path, set);
  std::set<std::string_view> ids;
  for (const GoldenRow& row : set.rows)
    if (!ids.insert(row.id).second) set.mistakes.push_back("the id " + row.id + " is given twice");
  const auto held = static_cast<std::size_t>(
      std::count_if(set.rows.begin(), set.rows.end(), [](const GoldenRow& row) { return !row.missed; }));
  if (held < kFewestRows)
    set.mistakes.push_back("there are " + std::to_string(held) + " rows; a set that tells " +
                           "anything has at least " + std::to_string(kFewestRows));
  look_for_seed(seed_dir, set);
  return set;
}

GoldenSet built_in_golden_set() {
  GoldenSet set;
  for (const auto& [stem, text] : embedded::golden_rows()) read_rows(std::string(stem) + ".jsonl", text, set);
  return set;
}

}  // namespace winnow::golden
