#include "tools/import/csv.h"

#include "tests/unit/tools/import/reading.h"
#include "tools/import/imported_comment.h"

namespace winnow {
namespace {

using Records = std::vector<std::vector<std::string>>;

struct Read {
  Records records;
  std::vector<std::uint64_t> lines;
  std::string failure;
};

Read read_csv(const std::string& text, CsvDialect dialect) {
  Input input = test::input_of(text);
  CsvReader reader(input, dialect);
  Read read;
  CsvRecord record;
  while (true) {
    const Result<bool> more = reader.next(record);
    if (!more) read.failure = more.error().message;
    if (!more || !*more) return read;
    read.records.push_back(record.fields);
    read.lines.push_back(record.line);
  }
}

TEST_CASE("quoted fields hold separators, line ends and doubled quotes (RFC 4180)") {
  const Read read = read_csv("a,b\r\n\"x,\"\"y\"\"\",\"one\r\ntwo\"\r\n\r\n,\n\"\",z", {});
  CHECK(read.failure.empty());
  CHECK(read.records == Records{{"a", "b"}, {"x,\"y\"", "one\r\ntwo"}, {"", ""}, {"", "z"}});
  CHECK(read.lines == std::vector<std::uint64_t>{1, 2, 5, 6});
}

TEST_CASE("backslash escapes and NULL as MySQL writes them") {
  const CsvDialect tabs{'\t', true};
  CHECK(read_csv("1\t\\N\ta\\tb\\nc\\\\d\\\ne\n", tabs).records == Records{{"1", "", "a\tb\nc\\d\ne"}});
  CHECK(read_csv("\\N\n", tabs).records == Records{{""}});
  CHECK(read_csv("\\Nx\tx\\N\t\\\\N\n", tabs).records == Records{{"Nx", "xN", "\\N"}});
  CHECK(read_csv("\"say \\\"hi\\\", you\",\\N,\"\\\\\"\n", {',', true}).records ==
        Records{{"say \"hi\", you", "", "\\"}});
  CHECK(read_csv("\"C:\\\",x\n", {',', false}).records == Records{{"C:\\", "x"}});
}

TEST_CASE("a record may lie across the pieces of a file") {
  const std::string filler(65530, 'f');
  const Read read = read_csv(filler + ",\"q\"\"uote\",\"a\nb\"\n" + filler + "\n", {});
  CHECK(read.records == Records{{filler, "q\"uote", "a\nb"}, {filler}});
}

TEST_CASE("ill-formed bytes become U+FFFD, a byte order mark goes") {
  CHECK(read_csv("\xEF\xBB\xBF\"a\",b\xFF\n", {}).records == Records{{"a", "b\xEF\xBF\xBD"}});
}

TEST_CASE("what cannot be read is named with its line") {
  CHECK(read_csv("a\nb,\"c\nd\n", {}).failure == "file:2: a quoted field begins here and never ends");
  CHECK(read_csv("a\n\"say \\\"hi\\\"\"\n", {}).failure.find("file:2: text follows the closing quote") == 0);
}

TEST_CASE("a record over a megabyte is not kept, and what follows is read") {
  const Read read = read_csv(std::string(kMaxRecordBytes, 'x') + ",y\nnext\n", {});
  CHECK(read.records == Records{{}, {"next"}});
  CHECK(read_csv(std::string(kMaxCsvFields + 5, ',') + "\nnext\n", {}).records == Records{{}, {"next"}});
}

TEST_CASE("the dialect is told by the beginning") {
  struct Row {
    const char* head;
    char separator;
    bool backslash;
  };
  for (const Row& row : {
           Row{"id,text\n1,\"C:\\\"\n", ',', false},
           Row{"id;text\n1;\"a, b\"\n", ';', false},
           Row{"1\tplain\t\\N\n", '\t', true},
           Row{"id\ttext\n1\tplain\n", '\t', true},
           Row{"\"id\"\t\"text\"\n", '\t', false},
           Row{"1,\"say \\\"hi\\\", you\"\n", ',', true},
           Row{"1,\\N,\"x\"\n", ',', true},
           Row{"\xEF\xBB\xBF\"id\",\"text\"\n", ',', false},
       }) {
    CAPTURE(row.head);
    const CsvDialect dialect = guess_dialect(row.head);
    CHECK(dialect.separator == row.separator);
    CHECK(dialect.backslash == row.backslash);
  }
}

}  // namespace
}  // namespace winnow
