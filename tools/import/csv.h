// Csv: records of separated values, as spreadsheets and databases write them.
//
//   RFC 4180     a field in double quotes may hold separators, line ends and, doubled, quotes
//   backslash    MySQL's INTO OUTFILE and `mysql --batch`: \" \\ \n \t \0 \Z, and \N alone for NULL
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/result.h"
#include "tools/import/input.h"

namespace winnow {

struct CsvDialect {
  char separator = ',';
  bool backslash = false;
};

// How the file that begins with `head` is written: the separator (comma, semicolon or tab) is the commonest
// of the first line; there are backslash escapes if a \N or an escaped quote is seen, or if tabs separate and
// nothing is quoted.
CsvDialect guess_dialect(std::string_view head);

struct CsvRecord {
  std::vector<std::string> fields;  // valid UTF-8; NULL is empty
  std::uint64_t line = 0;           // on which it begins
  bool is_too_long = false;         // over kMaxRecordBytes or kMaxCsvFields; `fields` is empty then
};

inline constexpr std::size_t kMaxCsvFields = 1000;

// Thread rule: one thread. `input` outlives it.
class CsvReader {
 public:
  CsvReader(Input& input, CsvDialect dialect) : input_(input), dialect_(dialect) {}

  // Reads the next record; false at the end. Blank lines are passed over. kInvalid, with file and line, for a
  // quoted field that goes on behind its quote or never ends.
  Result<bool> next(CsvRecord& record);

 private:
  enum class State { kFieldStart, kBare, kQuoted, kQuoteInQuoted };

  Result<bool> more();
  void take_plain();
  Result<void> take(char c, CsvRecord& record);
  void keep(std::string_view text);
  void end_field(CsvRecord& record);
  bool end_record(CsvRecord& record);

  Input& input_;
  CsvDialect dialect_;
  std::string_view piece_;
  bool is_begun_ = false;
  std::uint64_t line_ = 1;
  // Of the record that is being read.
  State state_ = State::kFieldStart;
  bool is_escaped_ = false;  // the last character was a backslash
  bool is_null_ = false;     // the field is \N so far
  bool was_quoted_ = false;
  bool is_ended_ = false;
  std::uint64_t quote_line_ = 0;
  std::string field_;
  std::size_t record_bytes_ = 0;
};

}  // namespace winnow
