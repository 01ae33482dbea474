#include "tools/import/jsonl.h"

#include <algorithm>
#include <utility>

#include "classifier/comment_json.h"
#include "classifier/unicode.h"
#include "tools/import/written_at.h"

namespace winnow {
namespace {

constexpr std::size_t kReportIdDigits = 32;

bool is_report_id(std::string_view id) {
  return id.size() == kReportIdDigits &&
         std::ranges::all_of(id, [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

Result<Standing> standing_of(const Json& row) {
  const auto label = row.find("label");
  if (label == row.end() || label->is_null() || *label == "") return Standing::kWaiting;
  if (*label == "spam") return Standing::kSpam;
  if (*label == "ham") return Standing::kHam;
  return Error{ErrorKind::kInvalid, "label must be \"spam\" or \"ham\"", "label"};
}

void set_provenance(ImportedComment& imported, const Json& row) {
  const std::string id = to_valid_utf8(string_or(row, "id"));
  if (!id.empty()) imported.source_id = "id:" + id;
  imported.at = parse_time(string_or(row, "date"));
  if (!imported.at) imported.at = parse_time(imported.comment.date_gmt);
  const auto provenance = row.find("provenance");
  if (provenance == row.end() || !provenance->is_object()) return;
  if (const std::optional<std::int64_t> at = parse_time(string_or(*provenance, "at")); at) imported.at = at;
  // A label that was changed by hand is a report of its own.
  const std::string label = string_or(row, "label");
  if (!is_report_id(id) || string_or(*provenance, "label", label) != label) return;
  imported.report_id = id;
  imported.report_site = string_or(row, "source");
}

Result<ImportedComment> comment_of(std::string_view line) {
  const Result<Json> row = parse_json(line);
  if (!row) return row.error();
  if (!row->is_object()) return Error{ErrorKind::kInvalid, "a row is a JSON object", ""};
  const Result<Standing> standing = standing_of(*row);
  if (!standing) return standing.error();
  Result<Comment> comment = comment_from_json(*row);
  if (!comment) return comment.error();
  ImportedComment imported;
  imported.comment = *std::move(comment);
  imported.standing = *standing;
  set_provenance(imported, *row);
  return imported;
}

// Hands on the comment of one line.
Result<void> take(const Input& input, std::string_view line, std::uint64_t number, bool is_too_long,
                  const VisitComment& visit) {
  if (is_too_long) {
    ImportedComment skipped;
    skipped.standing = Standing::kSkipped;
    skipped.why = kTooLong;
    return visit(std::move(skipped));
  }
  if (line.find_first_not_of(" \t\r") == std::string_view::npos) return {};
  Result<ImportedComment> imported = comment_of(line);
  if (!imported) return input.wrong_at(number, imported.error().message);
  return visit(*std::move(imported));
}

}  // namespace

Result<void> read_jsonl(Input& input, const VisitComment& visit) {
  std::string line;  // so far
  bool is_too_long = false;
  std::uint64_t number = 1;
  while (true) {
    const Result<std::string_view> piece = input.next();
    if (!piece) return piece.error();
    if (piece->empty()) return take(input, line, number, is_too_long, visit);
    for (std::string_view rest = *piece; !rest.empty();) {
      const std::size_t end = rest.find('\n');
      const std::string_view part = rest.substr(0, end);
      is_too_long = is_too_long || line.size() + part.size() > kMaxRecordBytes;
      if (!is_too_long) line += part;
      if (end == std::string_view::npos) break;
      if (Result<void> taken = take(input, line, number, is_too_long, visit); !taken) return taken;
      rest.remove_prefix(end + 1);
      line.clear();
      is_too_long = false;
      ++number;
    }
  }
}

}  // namespace winnow
