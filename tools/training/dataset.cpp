#include "tools/training/dataset.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <optional>
#include <unordered_map>
#include <utility>

#include "classifier/comment_json.h"
#include "classifier/fingerprint.h"
#include "classifier/model.h"
#include "classifier/normalize.h"
#include "classifier/vocabulary.h"
#include "tools/training/row_lines.h"

namespace winnow {
namespace {

constexpr int kSameSimhashBits = 3;
constexpr std::size_t kMinWordsForSimhash = 4;

Result<Row> read_row(std::string_view line, const std::string& default_source) {
  const Result<Json> json = parse_json(line);
  if (!json) return json.error();
  if (!json->is_object()) return Error{ErrorKind::kInvalid, "a row is a JSON object", ""};
  const std::string label = string_or(*json, "label");
  if (label != "spam" && label != "ham")
    return Error{ErrorKind::kInvalid, "label must be \"spam\" or \"ham\"", "label"};
  Result<Comment> comment = comment_from_json(*json);
  if (!comment) return comment.error();
  return Row{string_or(*json, "id"), string_or(*json, "source", default_source),
             string_or(*json, "lang", "und"), label == "spam", *std::move(comment)};
}

Result<DataFile> read_rows(const std::filesystem::path& path, const std::unordered_set<std::string>& ids,
                           std::vector<Row>& rows) {
  const Result<std::string> text = read_file(path);
  if (!text) return text.error();
  DataFile file{path.filename().string(), sha256_hex(*text), 0, 0};
  std::optional<Error> failure;
  for_each_row_line(*text, [&](std::string_view line, int number) {
    const std::string place = ":" + std::to_string(number);
    Result<Row> row = read_row(line, path.stem().string());
    if (!row) {
      failure = {row.error().kind, path.string() + place + ": " + row.error().message, row.error().field};
      return false;
    }
    if (!ids.empty() && !ids.contains(row->id)) return true;
    if (row->id.empty()) row->id = file.name + place;
    ++(row->spam ? file.spam : file.ham);
    rows.push_back(*std::move(row));
    return true;
  });
  if (failure) return *failure;
  return file;
}

class UnionFind {
 public:
  explicit UnionFind(std::size_t size) : parent_(size) { std::iota(parent_.begin(), parent_.end(), 0); }
  int find(int x) {
    while (parent_[index(x)] != x) x = parent_[index(x)] = parent_[index(parent_[index(x)])];
    return x;
  }
  void join(int a, int b) { parent_[index(find(b))] = find(a); }

 private:
  static std::size_t index(int x) { return static_cast<std::size_t>(x); }
  std::vector<int> parent_;
};

// A number in 0..1 that depends on these alone.
double chance(std::string_view id, std::string_view purpose, std::uint64_t seed) {
  std::uint64_t hash = 14695981039346656037ull ^ (seed * 0x9E3779B97F4A7C15ull);
  for (const std::string_view part : {id, purpose})
    for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ull;
  hash ^= hash >> 31;
  hash *= 0xBF58476D1CE4E5B9ull;
  hash ^= hash >> 29;
  return static_cast<double>(hash >> 11) / 9007199254740992.0;
}

}  // namespace

std::vector<std::filesystem::path> jsonl_files(const std::filesystem::path& dir) {
  std::vector<std::filesystem::path> files;
  std::error_code failure;
  for (const auto& entry : std::filesystem::directory_iterator(dir, failure))
    if (entry.path().extension() == ".jsonl") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

Result<Dataset> read_dataset(const std::vector<std::filesystem::path>& files,
                             const std::unordered_set<std::string>& ids) {
  Dataset dataset;
  for (const std::filesystem::path& path : files) {
    Result<DataFile> file = read_rows(path, ids, dataset.rows);
    if (!file) return file.error();
    dataset.files.push_back(*std::move(file));
  }
  return dataset;
}

std::vector<int> near_duplicate_groups(const std::vector<Row>& rows) {
  // Two 64-bit hashes at most three bits apart agree in at least one of four 16-bit quarters: only rows that
  // share a quarter are compared, and of a crowded quarter only neighbours in order of hash.
  constexpr std::size_t kCrowd = 200;
  UnionFind groups(rows.size());
  std::unordered_map<std::uint64_t, int> by_text;
  std::vector<std::uint64_t> hashes(rows.size());
  std::array<std::unordered_map<std::uint32_t, std::vector<int>>, 4> quarters;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const int row = static_cast<int>(i);
    const std::string folded = normalize(rows[i].comment.content).folded;
    std::string text;  // without addresses: a campaign changes them first
    const std::vector<std::string_view> words = split_words(folded);
    for (const std::string_view word : words) text.append(word).append(" ");
    if (const auto [same, is_new] = by_text.try_emplace(text_key(text.empty() ? folded : text), row);
        !is_new) {
      groups.join(same->second, row);
      continue;
    }
    if (words.size() < kMinWordsForSimhash) continue;
    hashes[i] = simhash(text);
    for (std::size_t quarter = 0; quarter < 4; ++quarter) {
      std::vector<int>& others =
          quarters[quarter][static_cast<std::uint32_t>(hashes[i] >> (16 * quarter)) & 0xFFFF];
      const std::size_t first = others.size() > kCrowd ? others.size() - kCrowd : 0;
      for (std::size_t k = first; k < others.size(); ++k)
        if (hamming_distance(hashes[i], hashes[static_cast<std::size_t>(others[k])]) <= kSameSimhashBits)
          groups.join(others[k], row);
      others.push_back(row);
    }
  }
  std::vector<int> found(rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) found[i] = groups.find(static_cast<int>(i));
  return found;
}

std::vector<Row> prepare(const std::vector<Row>& rows, const PreparationOptions& options) {
  const std::vector<int> groups = near_duplicate_groups(rows);
  // Which rows are kept of a crowd is drawn by lot, not by order: files are sorted by date.
  std::vector<std::size_t> order(rows.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return chance(rows[a].id, "keep", options.seed) < chance(rows[b].id, "keep", options.seed);
  });
  std::map<std::pair<int, bool>, int> of_group;
  std::map<std::pair<std::string, bool>, int> of_source;
  std::vector<bool> kept(rows.size());
  for (const std::size_t i : order) {
    if (of_group[{groups[i], rows[i].spam}] >= options.max_per_group) continue;
    const int most = options.minor_sources.contains(rows[i].source) ? options.max_per_minor_source
                                                                    : options.max_per_source;
    if (of_source[{rows[i].source, rows[i].spam}] >= most) continue;
    ++of_group[{groups[i], rows[i].spam}];
    ++of_source[{rows[i].source, rows[i].spam}];
    kept[i] = true;
  }

  std::map<std::pair<std::string, std::string>, int> ham_by_author;
  for (const Row& row : rows)
    if (!row.spam) ++ham_by_author[{row.source, row.comment.author}];

  std::vector<Row> prepared;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (!kept[i]) continue;
    Row row = rows[i];
    const bool is_owner =
        !row.spam && ham_by_author[{row.source, row.comment.author}] > options.max_author_ham;
    if (is_owner || chance(row.id, "author", options.seed) < options.drop_author) row.comment.author.clear();
    if (is_owner || chance(row.id, "author_url", options.seed) < options.drop_author_url)
      row.comment.author_url.clear();
    if (is_owner || chance(row.id, "author_email", options.seed) < options.drop_author_email)
      row.comment.author_email.clear();
    prepared.push_back(std::move(row));
  }
  return prepared;
}

}  // namespace winnow
