#include "tools/import/formats.h"

#include <filesystem>

#include "tests/unit/tools/import/reading.h"

namespace winnow {
namespace {

std::string guess(const std::string& text, const ImportOptions& options = {}) {
  Input input = test::input_of(text);
  const auto format = guess_import_format(input, options);
  return format ? std::string((*format)->name) : format.error().message;
}

TEST_CASE("the format is told by how a file begins") {
  CHECK(guess("<?xml version=\"1.0\"?>\n<!-- x -->\n<rss version=\"2.0\">") == "wxr");
  CHECK(guess("\xEF\xBB\xBF<?xml version=\"1.0\"?><disqus xmlns=\"x\"><thread>&lt;rss</thread>") == "disqus");
  CHECK(guess("\n {\"content\":\"x\"}") == "jsonl");
  CHECK(guess("comment_ID,comment_content,comment_approved\n") == "wordpress-csv");
  CHECK(guess("1\t1\ta\t\t\t\t\t\tx\t0\t1\t\t\t0\t0\n") == "wordpress-csv");
  CHECK(guess("label;content\nham;x\n") == "csv");
  ImportOptions mapped;
  mapped.map.columns = {{"content", "body"}, {"label", "status"}};
  CHECK(guess("body,status\n", mapped) == "csv");
  for (const char* text : {"", "<html>", "name,body\n", "\x1f\x8b\x08"}) {
    CAPTURE(text);
    CHECK(guess(text) == "file: its format cannot be told from how it begins; name it with --format");
  }
}

TEST_CASE("guessing takes nothing away from what is read") {
  Input input = test::input_of("{\"label\":\"ham\",\"content\":\"x\"}\n");
  const auto format = guess_import_format(input, {});
  REQUIRE(format);
  int seen = 0;
  CHECK((*format)->read(input, {}, [&](const ImportedComment&) -> Result<void> {
    ++seen;
    return {};
  }));
  CHECK(seen == 1);
}

TEST_CASE("what cannot be opened is named") {
  CHECK(Input::open("/no/such/file").error().kind == ErrorKind::kNotFound);
  CHECK(Input::open("/no/such/file").error().message.find("/no/such/file: ") == 0);
  CHECK(Input::open(std::filesystem::temp_directory_path()).error().kind == ErrorKind::kInvalid);
}

TEST_CASE("who watches is told how far it is, and may end it") {
  Input input = test::input_of(std::string(200'000, '\n'));
  std::vector<std::uint64_t> told;
  input.watch([&](std::uint64_t bytes) -> Result<void> {
    told.push_back(bytes);
    if (bytes > 100'000) return Error{ErrorKind::kUnavailable, "enough", ""};
    return {};
  });
  const Result<void> read =
      find_import_format("jsonl")->read(input, {}, [](const ImportedComment&) { return Result<void>(); });
  CHECK(told == std::vector<std::uint64_t>{0, 65536, 131072});
  CHECK(read.error().message == "enough");
}

TEST_CASE("an error of the visitor ends every reader") {
  const std::vector<std::pair<std::string, std::string>> files = {
      {"wxr", "<rss><channel><item><wp:comment/><wp:comment/></item></channel></rss>"},
      {"disqus", "<disqus><post/><post/></disqus>"},
      {"wordpress-csv", "comment_content,comment_approved\nx,1\nx,1\n"},
      {"csv", "content,label\nx,ham\nx,ham\n"},
      {"jsonl", "{}\n{}\n"}};
  REQUIRE(files.size() == import_formats().size());
  for (const auto& [format, text] : files) {
    CAPTURE(format);
    Input input = test::input_of(text);
    int seen = 0;
    const Result<void> read =
        find_import_format(format)->read(input, {}, [&](const ImportedComment&) -> Result<void> {
          ++seen;
          return Error{ErrorKind::kConflict, "stop", ""};
        });
    CHECK(seen == 1);
    CHECK_FALSE(read);
    CHECK(read.error().message == "stop");
  }
}

}  // namespace
}  // namespace winnow
