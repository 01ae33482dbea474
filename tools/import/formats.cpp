#include "tools/import/formats.h"

#include <algorithm>
#include <array>
#include <memory>
#include <sstream>

#include "tools/import/disqus.h"
#include "tools/import/jsonl.h"
#include "tools/import/wordpress_csv.h"
#include "tools/import/wxr.h"

namespace winnow {
namespace {

Result<CsvDialect> dialect_of(Input& input, const ImportOptions& options) {
  const Result<std::string_view> head = input.head();
  if (!head) return head.error();
  CsvDialect dialect = guess_dialect(*head);
  dialect.backslash = options.backslash.value_or(dialect.backslash);
  return dialect;
}

Result<void> wxr(Input& input, const ImportOptions&, const VisitComment& visit) {
  return read_wxr(input, visit);
}
Result<void> disqus(Input& input, const ImportOptions&, const VisitComment& visit) {
  return read_disqus(input, visit);
}
Result<void> jsonl(Input& input, const ImportOptions&, const VisitComment& visit) {
  return read_jsonl(input, visit);
}
Result<void> wordpress_csv(Input& input, const ImportOptions& options, const VisitComment& visit) {
  const Result<CsvDialect> dialect = dialect_of(input, options);
  if (!dialect) return dialect.error();
  return read_wordpress_csv(input, *dialect, visit);
}
Result<void> csv(Input& input, const ImportOptions& options, const VisitComment& visit) {
  const Result<CsvDialect> dialect = dialect_of(input, options);
  if (!dialect) return dialect.error();
  return read_mapped_csv(input, *dialect, options.map, visit);
}

constexpr std::array<ImportFormat, 5> kFormats = {{
    {"wxr", wxr},
    {"disqus", disqus},
    {"wordpress-csv", wordpress_csv},
    {"csv", csv},
    {"jsonl", jsonl},
}};

// The format of separated values that begin with `head`: by the first record alone.
std::string_view format_of_records(std::string_view head, const ImportOptions& options) {
  if (!options.map.columns.empty()) return "csv";
  Input beginning(std::make_unique<std::istringstream>(std::string(head)), "");
  CsvDialect dialect = guess_dialect(head);
  dialect.backslash = options.backslash.value_or(dialect.backslash);
  CsvRecord first;
  const Result<bool> is_read = CsvReader(beginning, dialect).next(first);
  if (!is_read || !*is_read) return "";
  if (is_wordpress_header(first) || is_wordpress_row(first)) return "wordpress-csv";
  return std::ranges::find(first.fields, "content") == first.fields.end() ? "" : "csv";
}

std::string_view format_of(std::string_view head, const ImportOptions& options) {
  if (head.starts_with("\xEF\xBB\xBF")) head.remove_prefix(3);
  const std::size_t first = head.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "";
  if (head[first] == '{') return "jsonl";
  if (head[first] != '<') return format_of_records(head, options);
  const std::size_t disqus = head.find("<disqus");
  return disqus != std::string_view::npos && disqus < head.find("<rss") ? "disqus"
         : head.find("<rss") != std::string_view::npos                  ? "wxr"
                                                                        : "";
}

}  // namespace

std::span<const ImportFormat> import_formats() {
  return kFormats;
}

const ImportFormat* find_import_format(std::string_view name) {
  const auto found = std::ranges::find(kFormats, name, &ImportFormat::name);
  return found == kFormats.end() ? nullptr : &*found;
}

Result<const ImportFormat*> guess_import_format(Input& input, const ImportOptions& options) {
  const Result<std::string_view> head = input.head();
  if (!head) return head.error();
  const std::string_view name = format_of(*head, options);
  if (!name.empty()) return find_import_format(name);
  return Error{ErrorKind::kInvalid,
               input.name() + ": its format cannot be told from how it begins; name it with --format", ""};
}

}  // namespace winnow
