#include "tools/training/dataset.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <set>

namespace winnow {
namespace {

class TemporaryFile {
 public:
  explicit TemporaryFile(std::string_view text)
      : path_(std::filesystem::temp_directory_path() /
              ("winnow-dataset-" + std::to_string(::getpid()) + ".jsonl")) {
    std::ofstream(path_) << text;
  }
  ~TemporaryFile() { std::filesystem::remove(path_); }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

Row row(const std::string& id, bool spam, const std::string& content, const std::string& author = "") {
  Row out{id, "s", "en", spam, {}};
  out.comment.content = content;
  out.comment.author = author;
  return out;
}

TEST_CASE("rows are read with their fields; what a row does not name gets a name from the file") {
  const TemporaryFile file(
      "{\"id\":\"a\",\"source\":\"x\",\"lang\":\"de\",\"label\":\"spam\",\"content\":\"eins\",\"author\":"
      "\"Ann\",\"date\":\"1999\"}\n"
      "\n"
      "{\"label\":\"ham\",\"content\":\"zwei\",\"author_url\":null}\n");
  const Result<Dataset> data = read_dataset({file.path()});
  REQUIRE(data);
  REQUIRE(data->rows.size() == 2);
  CHECK(data->rows[0].spam);
  CHECK(data->rows[0].lang == "de");
  CHECK(data->rows[0].comment.author == "Ann");
  CHECK(data->rows[1].source == file.path().stem().string());
  CHECK(data->rows[1].id == file.path().filename().string() + ":3");
  CHECK(data->files[0].spam == 1);
  CHECK(data->files[0].ham == 1);
  CHECK(data->files[0].sha256.size() == 64);
  CHECK(read_dataset({file.path()}, {"a"})->rows.size() == 1);
}

TEST_CASE("a bad row is refused with file and line") {
  for (const char* line : {"{\"content\":\"x\"}", "{\"label\":\"junk\",\"content\":\"x\"}",
                           "{\"label\":\"ham\",\"content\":1}", "[1]", "{"}) {
    CAPTURE(line);
    const TemporaryFile file("{\"label\":\"ham\",\"content\":\"x\"}\n" + std::string(line) + "\n");
    const Result<Dataset> data = read_dataset({file.path()});
    REQUIRE_FALSE(data);
    CHECK(data.error().message.find(file.path().string() + ":2: ") == 0);
  }
  CHECK(read_dataset({"/no/such/file.jsonl"}).error().kind == ErrorKind::kNotFound);
}

TEST_CASE("near-duplicates share a group, other comments do not") {
  const std::string campaign =
      "the best place to buy cheap watches online with free shipping to every country in the whole wide "
      "world today and tomorrow ";
  const std::vector<Row> rows = {
      row("a", true, campaign + "http://one.com"), row("b", true, campaign + "http://two.com"),
      row("c", true, "THE BEST place to buy"), row("d", true, "the best, place: to buy!"),
      row("e", false, "my tomatoes never turn red before the first frost comes down from the hills")};
  const std::vector<int> groups = near_duplicate_groups(rows);
  CHECK(groups[0] == groups[1]);
  CHECK(groups[2] == groups[3]);
  CHECK(groups[0] != groups[2]);
  CHECK(std::set<int>(groups.begin(), groups.end()).size() == 3);
}

TEST_CASE("groups and sources are capped, by label") {
  std::vector<Row> rows;
  for (int i = 0; i < 20; ++i)
    rows.push_back(row("dup" + std::to_string(i), true, "the very same text of spam each time"));
  for (int i = 0; i < 20; ++i)
    rows.push_back(
        row("h" + std::to_string(i), false, "ham" + std::to_string(i) + " word" + std::to_string(i * 7)));
  PreparationOptions options;
  options.max_per_group = 3;
  options.max_per_source = 10;
  const std::vector<Row> prepared = prepare(rows, options);
  CHECK(std::count_if(prepared.begin(), prepared.end(), [](const Row& r) { return r.spam; }) == 3);
  CHECK(std::count_if(prepared.begin(), prepared.end(), [](const Row& r) { return !r.spam; }) == 10);
  CHECK(prepared.size() == prepare(rows, options).size());
  options.minor_sources = {rows[0].source};
  options.max_per_minor_source = 4;
  CHECK(prepare(rows, options).size() == 3 + 4);
}

TEST_CASE(
    "fields are dropped from the share of rows that was asked for, and the blog's owner loses the name") {
  std::vector<Row> rows;
  for (int i = 0; i < 1000; ++i) {
    rows.push_back(row("r" + std::to_string(i), i % 2 == 0, "text" + std::to_string(i * 31),
                       i % 4 == 1 ? "Owner" : "N" + std::to_string(i)));
    rows.back().comment.author_url = "http://a.example";
  }
  PreparationOptions options;
  options.drop_author = 0.25;
  options.drop_author_url = 0;
  int named = 0, owner = 0, linked = 0;
  for (const Row& r : prepare(rows, options)) {
    named += !r.comment.author.empty();
    owner += r.comment.author == "Owner";
    linked += !r.comment.author_url.empty();
  }
  CHECK(owner == 0);
  CHECK(linked == 750);
  CHECK(named > 500);
  CHECK(named < 620);
}

}  // namespace
}  // namespace winnow
