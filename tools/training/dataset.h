// Dataset: labelled comments from JSONL files, and what must be done to them before they teach.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <unordered_set>
#include <vector>

#include "classifier/comment.h"
#include "classifier/result.h"

namespace winnow {

struct Row {
  std::string id;
  std::string source;  // the set that it comes from; the file's stem where the row names none
  std::string lang;    // ISO 639-1, or "und"
  bool spam = false;
  Comment comment;
};

// One file that rows were read from, for the manifest.
struct DataFile {
  std::string name;  // file name without directory
  std::string sha256;
  int spam = 0;
  int ham = 0;
};

struct Dataset {
  std::vector<Row> rows;
  std::vector<DataFile> files;
};

// Reads files of one JSON object a line: label ("spam" or "ham"), content, and where known id, source, lang
// and the fields of Comment. Blank lines are passed over. kNotFound; kInvalid names file and line. `ids`: if
// not empty, only rows with these ids.
Result<Dataset> read_dataset(const std::vector<std::filesystem::path>& files,
                             const std::unordered_set<std::string>& ids = {});

// The *.jsonl of a directory in the order of their names; none if it cannot be read.
std::vector<std::filesystem::path> jsonl_files(const std::filesystem::path& dir);

// Groups of near-duplicates: a number for each row, the same for rows whose simhashes differ in at most three
// bits (directly or through others) or whose texts are equal. Rows of fewer than four words are grouped by
// equal text alone.
std::vector<int> near_duplicate_groups(const std::vector<Row>& rows);

struct PreparationOptions {
  int max_per_group = 3;       // rows of one label kept of each near-duplicate group
  int max_per_source = 20000;  // rows of one label kept of each source
  // Sources of another medium than comments on pages (chats, messages, videos), and the rows of one label
  // kept of each: enough to know their words, too few to set the tone.
  std::set<std::string> minor_sources;
  int max_per_minor_source = 3000;
  double drop_author = 0.3;  // shares of rows whose field is blanked, so that its presence teaches nothing
  double drop_author_url = 0.4;
  double drop_author_email = 0.5;
  int max_author_ham =
      10;  // ham rows of one source by one name beyond which the name is blanked: the blog's owner
  std::uint64_t seed = 1;  // chooses which; the choice depends on the row's id and this alone
};

// The rows that teach, with the fields dropped; the order is that of the input.
std::vector<Row> prepare(const std::vector<Row>& rows, const PreparationOptions& options);

}  // namespace winnow
