// Holds data/seed to what its data sheet (data/README.md) says.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>

#include "classifier/comment_json.h"
#include "classifier/normalize.h"
#include "classifier/vocabulary.h"
#include "tests/source_dir.h"
#include "tools/training/dataset.h"

namespace winnow {
namespace {

std::vector<std::filesystem::path> seed_files() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(source_dir()) / "data" / "seed"))
    files.push_back(entry.path());
  return files;
}

TEST_CASE(
    "the seed has at least 10,000 comments, most of them ham, in at least 40 languages with both labels") {
  const Result<Dataset> seed = read_dataset(seed_files());
  REQUIRE(seed);
  std::size_t ham = 0;
  std::map<std::string, std::set<bool>> labels;
  for (const Row& row : seed->rows) {
    ham += row.spam ? 0 : 1;
    labels[row.lang].insert(row.spam);
  }
  CHECK(seed->rows.size() >= 10000);
  CHECK(ham * 10 >= seed->rows.size() * 5);
  CHECK(ham * 10 <= seed->rows.size() * 7);
  CHECK(labels.size() >= 40);
  for (const auto& [lang, kinds] : labels) {
    CAPTURE(lang);
    CHECK(kinds.size() == 2);
  }
}

TEST_CASE("every seed comment has an id of its own, a family that tells its label, and no date") {
  std::set<std::string> ids;
  for (const std::filesystem::path& file : seed_files()) {
    std::ifstream in(file);
    std::string line;
    while (std::getline(in, line)) {
      const Result<Json> row = parse_json(line);
      REQUIRE(row);
      const std::string id = string_or(*row, "id");
      CAPTURE(id);
      CHECK(ids.insert(id).second);
      CHECK(string_or(*row, "source") == "seed");
      CHECK(string_or(*row, "family").starts_with(string_or(*row, "label") + "-"));
      CHECK_FALSE(row->contains("date"));
      CHECK_FALSE(string_or(*row, "content").empty());
    }
  }
}

TEST_CASE("no two seed comments have the same letters, but for very short ones") {
  const Result<Dataset> seed = read_dataset(seed_files());
  REQUIRE(seed);
  std::map<std::string, std::string> seen;
  for (const Row& row : seed->rows) {
    std::string letters;
    const std::string folded = normalize(row.comment.content).folded;
    const auto words = split_words(folded);
    for (const std::string_view word : words) letters += word;
    if (words.size() <= 3) continue;
    CAPTURE(row.id);
    CAPTURE(seen[letters]);
    CHECK(seen[letters].empty());
    seen[letters] = row.id;
  }
}

TEST_CASE("which fields are present does not tell the label") {
  const Result<Dataset> seed = read_dataset(seed_files());
  REQUIRE(seed);
  for (const CommentField& field : comment_fields()) {
    if (field.name == "content" || field.name == "author") continue;
    std::map<bool, double> with, all;
    for (const Row& row : seed->rows) {
      ++all[row.spam];
      with[row.spam] += (row.comment.*field.member).empty() ? 0 : 1;
    }
    CAPTURE(field.name);
    // A share of 10 % or less either way may differ as it likes; beyond that no label has it more than 2.5
    // times as often.
    const double spam = with[true] / all[true], ham = with[false] / all[false];
    if (spam > 0.1 || ham > 0.1) {
      CHECK(spam < 2.5 * ham);
      CHECK(ham < 2.5 * spam);
    }
  }
}

}  // namespace
}  // namespace winnow
