#include "tools/import/mapped_csv.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "classifier/comment_json.h"
#include "tools/import/written_at.h"

namespace winnow {
namespace {

constexpr std::array<std::string_view, 3> kOtherFields = {"label", "id", "date"};

const CommentField* comment_field(std::string_view name) {
  const auto fields = comment_fields();
  const auto found = std::ranges::find(fields, name, &CommentField::name);
  return found == fields.end() ? nullptr : &*found;
}

bool is_field(std::string_view name) {
  return comment_field(name) != nullptr || std::ranges::find(kOtherFields, name) != kOtherFields.end();
}

// The number that `column` is; none for a name.
std::optional<std::size_t> number_of(std::string_view column) {
  std::size_t number = 0;
  const auto [end, failed] = std::from_chars(column.data(), column.data() + column.size(), number);
  if (failed != std::errc() || end != column.data() + column.size() || number == 0) return std::nullopt;
  return number;
}

bool has_numbers_alone(const ColumnMap& map) {
  return !map.columns.empty() && std::ranges::all_of(map.columns, [](const auto& pair) {
    return number_of(pair.second).has_value();
  });
}

// Field -> place in a record.
using Places = std::map<std::string, std::size_t>;

Result<std::size_t> place_of(const Input& input, const CsvRecord& header, const std::string& column) {
  const auto found = std::ranges::find(header.fields, column);
  if (found != header.fields.end()) return static_cast<std::size_t>(found - header.fields.begin());
  if (const std::optional<std::size_t> number = number_of(column); number && *number <= header.fields.size())
    return *number - 1;
  return input.wrong_at(header.line, "there is no column \"" + column + "\"");
}

Result<Places> places_of(const Input& input, const CsvRecord& first, const ColumnMap& map) {
  Places places;
  if (map.columns.empty()) {
    for (std::size_t i = 0; i < first.fields.size(); ++i)
      if (is_field(first.fields[i])) places.emplace(first.fields[i], i);
  }
  for (const auto& [field, column] : map.columns) {
    const Result<std::size_t> place = place_of(input, first, column);
    if (!place) return place.error();
    places.emplace(field, *place);
  }
  for (const char* needed : {"content", "label"}) {
    if (!places.contains(needed))
      return input.wrong_at(first.line, std::string("no column is named for the ") + needed +
                                            "; name it with --columns " + needed + "=COLUMN");
  }
  return places;
}

void set_standing(ImportedComment& imported, const ColumnMap& map, const std::string& label) {
  if (std::ranges::find(map.spam_values, label) != map.spam_values.end()) {
    imported.standing = Standing::kSpam;
  } else if (std::ranges::find(map.ham_values, label) != map.ham_values.end()) {
    imported.standing = Standing::kHam;
  } else if (!label.empty()) {
    imported.standing = Standing::kSkipped;
    imported.why = "of a label that is neither the spam nor the ham value";
  }
}

ImportedComment comment_of(CsvRecord& record, const Places& places, const ColumnMap& map) {
  ImportedComment imported;
  for (const auto& [name, place] : places) {
    std::string& text = record.fields[place];
    if (const CommentField* field = comment_field(name); field != nullptr)
      imported.comment.*field->member = text;
    else if (name == "label")
      set_standing(imported, map, text);
    else if (name == "date")
      imported.at = parse_time(text);
    else if (!text.empty())
      imported.source_id = "id:" + text;
  }
  if (!imported.at) imported.at = parse_time(imported.comment.date_gmt);
  if (imported.at) imported.comment.date_gmt = iso_text(*imported.at);
  return imported;
}

}  // namespace

Result<std::map<std::string, std::string>> parse_columns(const std::string& text) {
  std::map<std::string, std::string> columns;
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find(',', start), text.size());
    const std::string pair = text.substr(start, end - start);
    start = end + 1;
    const std::size_t equals = pair.find('=');
    if (equals == std::string::npos || equals == 0 || equals + 1 == pair.size())
      return Error{ErrorKind::kInvalid, "columns are named as FIELD=COLUMN,FIELD=COLUMN", "columns"};
    const std::string field = pair.substr(0, equals);
    if (!is_field(field))
      return Error{ErrorKind::kInvalid,
                   "there is no field \"" + field +
                       "\"; see `winnow check --help` for those of a comment, and "
                       "label, id, date",
                   "columns"};
    if (!columns.emplace(field, pair.substr(equals + 1)).second)
      return Error{ErrorKind::kInvalid, "the field \"" + field + "\" is named twice", "columns"};
  }
  return columns;
}

Result<void> read_mapped_csv(Input& input, const CsvDialect& dialect, const ColumnMap& map,
                             const VisitComment& visit) {
  CsvReader reader(input, dialect);
  CsvRecord record;
  std::optional<Places> places;
  std::size_t width = 0;
  while (true) {
    const Result<bool> is_more = reader.next(record);
    if (!is_more) return is_more.error();
    if (!*is_more) return {};
    if (!places) {
      Result<Places> found = places_of(input, record, map);
      if (!found) return found.error();
      places = *std::move(found);
      width = record.fields.size();
      if (!has_numbers_alone(map)) continue;
    }
    ImportedComment imported;
    if (record.is_too_long) {
      imported.standing = Standing::kSkipped;
      imported.why = kTooLong;
    } else if (record.fields.size() != width) {
      return input.wrong_at(record.line, "has " + std::to_string(record.fields.size()) +
                                             " fields instead of " + std::to_string(width));
    } else {
      imported = comment_of(record, *places, map);
    }
    if (Result<void> visited = visit(std::move(imported)); !visited) return visited;
  }
}

}  // namespace winnow
