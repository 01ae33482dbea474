#include "tools/import/csv.h"

#include <algorithm>
#include <array>

#include "classifier/unicode.h"
#include "tools/import/imported_comment.h"

namespace winnow {
namespace {

constexpr std::string_view kMark = "\xEF\xBB\xBF";  // a byte order mark

// What stands for `c` behind a backslash (MySQL manual, LOAD DATA).
char unescaped(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'b':
      return '\b';
    case '0':
      return '\0';
    case 'Z':
      return '\x1A';
    default:
      return c;
  }
}

char commonest_separator(std::string_view line) {
  constexpr std::array<char, 3> kSeparators = {',', ';', '\t'};
  return *std::ranges::max_element(kSeparators, {}, [&](char c) { return std::ranges::count(line, c); });
}

// True if a quote of a quoted field stands behind a backslash and before what could not follow the field's
// end.
bool has_escaped_quote(std::string_view head, char separator) {
  for (std::size_t at = head.find("\\\""); at != std::string_view::npos; at = head.find("\\\"", at + 2)) {
    if (at + 2 >= head.size()) return false;
    const char next = head[at + 2];
    if (next != separator && next != '\n' && next != '\r' && next != '"') return true;
  }
  return false;
}

bool has_null(std::string_view head, char separator) {
  for (std::size_t at = head.find("\\N"); at != std::string_view::npos; at = head.find("\\N", at + 2)) {
    const bool begins = at == 0 || head[at - 1] == separator || head[at - 1] == '\n';
    const bool ends =
        at + 2 < head.size() && (head[at + 2] == separator || head[at + 2] == '\n' || head[at + 2] == '\r');
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace

CsvDialect guess_dialect(std::string_view head) {
  if (head.starts_with(kMark)) head.remove_prefix(kMark.size());
  CsvDialect dialect;
  dialect.separator = commonest_separator(head.substr(0, head.find('\n')));
  const bool is_unquoted_tabs =
      dialect.separator == '\t' && !head.starts_with('"') && head.find("\t\"") == std::string_view::npos;
  dialect.backslash =
      is_unquoted_tabs || has_null(head, dialect.separator) || has_escaped_quote(head, dialect.separator);
  return dialect;
}

Result<bool> CsvReader::more() {
  if (!piece_.empty()) return true;
  const Result<std::string_view> piece = input_.next();
  if (!piece) return piece.error();
  piece_ = *piece;
  if (!is_begun_ && piece_.starts_with(kMark)) piece_.remove_prefix(kMark.size());
  is_begun_ = true;
  return !piece_.empty();
}

void CsvReader::keep(std::string_view text) {
  record_bytes_ += text.size();
  if (record_bytes_ <= kMaxRecordBytes) field_ += text;
}

// Takes what means nothing but itself, as far as it goes inside a field.
void CsvReader::take_plain() {
  if (is_escaped_ || (state_ != State::kBare && state_ != State::kQuoted)) return;
  const auto end = std::ranges::find_if(
      piece_, [&](char c) { return c == '"' || c == '\\' || c == '\n' || c == dialect_.separator; });
  const auto length = static_cast<std::size_t>(end - piece_.begin());
  if (length == 0) return;
  is_null_ = false;
  keep(piece_.substr(0, length));
  piece_.remove_prefix(length);
}

void CsvReader::end_field(CsvRecord& record) {
  if (record.fields.size() >= kMaxCsvFields) record_bytes_ = kMaxRecordBytes + 1;
  if (record_bytes_ <= kMaxRecordBytes) record.fields.push_back(is_null_ ? "" : to_valid_utf8(field_));
  field_.clear();
  is_null_ = was_quoted_ = false;
  state_ = State::kFieldStart;
}

// False if it was a blank line.
bool CsvReader::end_record(CsvRecord& record) {
  const bool is_blank = record.fields.empty() && field_.empty() && !was_quoted_;
  end_field(record);
  record.is_too_long = record_bytes_ > kMaxRecordBytes;
  if (record.is_too_long || is_blank) record.fields.clear();
  record_bytes_ = 0;
  return !is_blank;
}

Result<void> CsvReader::take(char c, CsvRecord& record) {
  if (c == '\n') ++line_;
  if (is_escaped_) {
    is_escaped_ = false;
    is_null_ = c == 'N' && field_.empty() && state_ == State::kBare && !is_null_;
    const char meant = unescaped(c);
    keep({&meant, 1});
    return {};
  }
  if (dialect_.backslash && c == '\\' && state_ != State::kQuoteInQuoted) {
    is_escaped_ = true;
    if (state_ == State::kFieldStart) state_ = State::kBare;
    return {};
  }
  if (state_ == State::kQuoted) {
    if (c == '"')
      state_ = State::kQuoteInQuoted;
    else
      keep({&c, 1});
    return {};
  }
  if (c == '"' && state_ == State::kQuoteInQuoted) {
    keep({&c, 1});
    state_ = State::kQuoted;
    return {};
  }
  if (c == '"' && state_ == State::kFieldStart) {
    state_ = State::kQuoted;
    was_quoted_ = true;
    quote_line_ = line_;
    return {};
  }
  if (c == dialect_.separator) {
    end_field(record);
  } else if (c == '\n') {
    if (!was_quoted_ && field_.ends_with('\r')) field_.pop_back();
    is_ended_ = true;
  } else if (state_ == State::kQuoteInQuoted) {
    if (c != '\r')
      return input_.wrong_at(line_, dialect_.backslash
                                        ? "text follows the closing quote of a field"
                                        : "text follows the closing quote of a field; if the file escapes "
                                          "quotes with backslashes, say --escape backslash");
  } else {
    is_null_ = false;
    state_ = State::kBare;
    keep({&c, 1});
  }
  return {};
}

Result<bool> CsvReader::next(CsvRecord& record) {
  record = {{}, line_, false};
  while (true) {
    const Result<bool> is_more = more();
    if (!is_more) return is_more.error();
    if (!*is_more) break;
    take_plain();
    if (piece_.empty()) continue;
    const char c = piece_.front();
    piece_.remove_prefix(1);
    if (const Result<void> taken = take(c, record); !taken) return taken.error();
    if (!is_ended_) continue;
    is_ended_ = false;
    if (end_record(record)) return true;
    record.line = line_;
  }
  if (state_ == State::kQuoted)
    return input_.wrong_at(quote_line_, "a quoted field begins here and never ends");
  if (record.fields.empty() && field_.empty() && !was_quoted_ && record_bytes_ == 0) return false;
  return end_record(record);
}

}  // namespace winnow
