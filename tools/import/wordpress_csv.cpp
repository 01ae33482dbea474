#include "tools/import/wordpress_csv.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "tools/import/wordpress.h"

namespace winnow {
namespace {

// Of wp_comments, in the order of the table (WordPress 2.9 to 7.1).
constexpr std::array<std::string_view, 15> kColumns = {
    "comment_ID",        "comment_post_ID", "comment_author",   "comment_author_email", "comment_author_url",
    "comment_author_IP", "comment_date",    "comment_date_gmt", "comment_content",      "comment_karma",
    "comment_approved",  "comment_agent",   "comment_type",     "comment_parent",       "user_id"};
constexpr std::size_t kApproved = 10;

bool is_number(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

Result<std::vector<std::string>> columns_of(const Input& input, const CsvRecord& first) {
  if (!is_wordpress_header(first)) {
    if (is_wordpress_row(first)) return std::vector<std::string>(kColumns.begin(), kColumns.end());
    return input.wrong_at(first.line,
                          "is neither a header with comment_content and comment_approved nor a row of "
                          "wp_comments with its 15 columns");
  }
  return first.fields;
}

}  // namespace

bool is_wordpress_header(const CsvRecord& first) {
  return std::ranges::find(first.fields, "comment_content") != first.fields.end() &&
         std::ranges::find(first.fields, "comment_approved") != first.fields.end();
}

bool is_wordpress_row(const CsvRecord& first) {
  constexpr std::array<std::string_view, 5> kStatuses = {"0", "1", "spam", "trash", "post-trashed"};
  return first.fields.size() == kColumns.size() && is_number(first.fields[0]) && is_number(first.fields[1]) &&
         std::ranges::find(kStatuses, first.fields[kApproved]) != kStatuses.end();
}

Result<void> read_wordpress_csv(Input& input, const CsvDialect& dialect, const VisitComment& visit) {
  CsvReader reader(input, dialect);
  CsvRecord record;
  std::optional<std::vector<std::string>> columns;
  while (true) {
    const Result<bool> is_more = reader.next(record);
    if (!is_more) return is_more.error();
    if (!*is_more) return {};
    if (!columns) {
      Result<std::vector<std::string>> found = columns_of(input, record);
      if (!found) return found.error();
      columns = *std::move(found);
      if (is_wordpress_header(record)) continue;
    }
    ImportedComment imported;
    if (record.is_too_long) {
      imported.standing = Standing::kSkipped;
      imported.why = kTooLong;
    } else if (record.fields.size() != columns->size()) {
      return input.wrong_at(record.line, "has " + std::to_string(record.fields.size()) +
                                             " fields instead of " + std::to_string(columns->size()));
    } else {
      WordPressRow row;
      for (std::size_t i = 0; i < columns->size(); ++i) row[(*columns)[i]] = std::move(record.fields[i]);
      imported = from_wordpress(std::move(row));
    }
    if (Result<void> visited = visit(std::move(imported)); !visited) return visited;
  }
}

}  // namespace winnow
