// File format, little-endian:
//   "WNTM" u32 version: 1, or 2 if length_power is not 1
//   u32 min_ngram, u32 max_ngram, u32 buckets, u32 word_pairs (0 or 1), u32 words
//   f32 end_of_line, f32 scale, in version 2 f32 length_power
//   words times: u16 length, bytes, f32 value       in byte order of the words
//   buckets times: i16 value                        times scale
#include "classifier/text_model.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "classifier/bytes.h"

namespace winnow {
namespace {

constexpr std::string_view kMagic = "WNTM";
constexpr std::uint32_t kVersion = 1, kPowerVersion = 2;
constexpr std::uint32_t kMaxNgram = 16;
constexpr std::uint32_t kMaxRows = 1u << 24;
constexpr float kMaxValue = 1e6F;  // of a row, of either sign: all rows of any line have a finite sum
constexpr std::size_t kWordsAtOnce = 64;

// Adds the n-grams of each word to its sum. Rows are all over the memory: first it is gathered which are
// wanted, and each is on its way by the time that it is added.
template <typename Row, typename Sums>
void add_ngrams(const TextShape& shape, const std::vector<Row>& buckets,
                const std::vector<std::pair<std::string_view, Sums*>>& words) {
  std::vector<std::uint32_t> wanted;
  std::vector<std::size_t> ends;
  ends.reserve(words.size());
  for (const auto& [word, sum] : words) {
    for_each_ngram(shape, word, [&](std::uint32_t bucket) {
      __builtin_prefetch(&buckets[bucket]);
      wanted.push_back(bucket);
    });
    ends.push_back(wanted.size());
  }
  std::size_t next = 0;
  for (std::size_t i = 0; i < words.size(); ++i)
    for (; next < ends[i]; ++next) words[i].second->add(buckets[wanted[next]]);
}

}  // namespace

TextModel::TextModel() : table_(std::make_shared<Table>()) {}

TextModel::TextModel(Shape shape, const std::vector<WordRow>& words, std::vector<float> buckets,
                     float end_of_line)
    : shape_(shape), end_of_line_(end_of_line) {
  const auto table = std::make_shared<Table>();
  std::string text;
  for (const WordRow& row : words) text += row.word;
  table->text = std::make_shared<const std::string>(std::move(text));
  table->buckets.reserve(buckets.size());
  for (const float value : buckets) table->buckets.push_back({value});
  buckets = {};
  table->words.reserve(words.size());  // so that its sums stay where they are
  std::string_view rest = *table->text;
  std::vector<std::pair<std::string_view, Sums*>> waiting;
  for (const WordRow& row : words) {
    const std::string_view name = rest.substr(0, row.word.size());
    rest.remove_prefix(row.word.size());
    if (table->words.contains(name)) continue;
    Word& word = table->words[name];
    word.own = {row.value};
    word.sum.add(word.own);
    waiting.emplace_back(name, &word.sum);
    if (waiting.size() < kWordsAtOnce) continue;
    add_ngrams(shape, table->buckets, waiting);
    waiting.clear();
  }
  add_ngrams(shape, table->buckets, waiting);
  table_ = table;
}

void TextModel::lay_together(TextModel& one, TextModel& other) {
  const auto cuts_alike = [](Shape a, Shape b) {
    a.length_power = b.length_power;
    return a == b;
  };
  const Table& second = *other.table_;
  const auto word_of = [](const auto& entry) { return entry.word.view(); };
  if (one.table_ == other.table_ || !cuts_alike(one.shape_, other.shape_) ||
      !std::ranges::equal(one.table_->words.entries(), second.words.entries(), {}, word_of, word_of))
    return;
  const auto take_in = [&](auto& row, const auto& of_other) {
    row = {row[one.column_], of_other[other.column_]};
  };
  if (one.table_.use_count() > 1) one.table_ = std::make_shared<Table>(*one.table_);
  Table& both = *one.table_;
  for (std::size_t i = 0; i < both.words.size(); ++i) {
    Word& word = both.words.entries()[i].value;
    const Word& of_other = second.words.entries()[i].value;
    take_in(word.own, of_other.own);
    take_in(word.sum.totals, of_other.sum.totals);
  }
  for (std::size_t i = 0; i < both.buckets.size(); ++i) take_in(both.buckets[i], second.buckets[i]);
  other.table_ = one.table_;
  one.column_ = 0;
  other.column_ = 1;
}

TextModel::Sum TextModel::word_sum(std::string_view word, bool& known) const {
  const Word* const found = table_->words.find(word);
  known = found != nullptr;
  if (found) return column(found->sum);
  Sum sum;
  for_each_ngram(shape_, word, [&](std::uint32_t bucket) {
    sum.add(static_cast<double>(table_->buckets[bucket][column_]));
  });
  return sum;
}

TextModel::Sum TextModel::pair_sum(std::string_view first, std::string_view second) const {
  if (!has_pairs(shape_)) return {};
  return {static_cast<double>(table_->buckets[pair_bucket(shape_, first, second)][column_]), 1};
}

// What a sum of so many rows is divided by.
double TextModel::length_of(int rows) const {
  return shape_.length_power == 1 ? rows : std::pow(rows, static_cast<double>(shape_.length_power));
}

TextScore TextModel::score(std::string_view line) const {
  Sum sum{static_cast<double>(end_of_line_), 1};
  TextScore score;
  std::string_view last;
  for_each_word(line, [&](std::string_view word) {
    bool known = false;
    sum.add(word_sum(word, known));
    if (!last.empty()) sum.add(pair_sum(last, word));
    last = word;
    ++score.words;
    score.known += known ? 1 : 0;
  });
  if (!last.empty()) sum.add(pair_sum(last, kEndOfLine));
  score.log_odds = sum.total / length_of(sum.rows);
  return score;
}

TextModel::Found TextModel::find(const LineWords& line) const {
  const Table& table = *table_;
  table.words.prefetch(line.hashes());
  std::vector<std::uint32_t> pairs;
  if (has_pairs(shape_)) {
    pairs.reserve(line.pairs().size());
    const std::vector<std::uint32_t>& hashes = line.text_hashes();
    const std::uint32_t end = text_hash(kEndOfLine);
    for (const LineWords::Pair pair : line.pairs()) {
      pairs.push_back(pair_bucket(shape_, hashes[pair.first],
                                  pair.second == LineWords::kEnd ? end : hashes[pair.second]));
      __builtin_prefetch(&table.buckets[pairs.back()]);
    }
  }
  const std::vector<std::string_view>& words = line.words();
  Found found{std::vector<Sums>(words.size()), std::vector<bool>(words.size()),
              std::vector<Sums>(line.pairs().size())};
  std::vector<std::pair<std::string_view, Sums*>> strange;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const Word* const known = table.words.find(words[i], line.hashes()[i]);
    found.is_known[i] = known != nullptr;
    if (known)
      found.words[i] = known->sum;
    else
      strange.emplace_back(words[i], &found.words[i]);
  }
  add_ngrams(shape_, table.buckets, strange);
  for (std::size_t i = 0; i < pairs.size(); ++i) found.pairs[i].add(table.buckets[pairs[i]]);
  return found;
}

TextReading TextModel::read(const LineWords& line) const {
  return reading(find(line), line);
}

std::pair<TextReading, TextReading> TextModel::read_both(const TextModel& one, const TextModel& other,
                                                         const LineWords& line) {
  const Found found = one.find(line);
  return {one.reading(found, line),
          one.table_ == other.table_ ? other.reading(found, line) : other.read(line)};
}

TextReading TextModel::reading(const Found& found, const LineWords& line) const {
  TextReading reading;
  reading.words.resize(found.words.size());
  reading.pairs.resize(found.pairs.size());
  Sum sum{static_cast<double>(end_of_line_), 1};
  const auto hear = [&sum](const Sum& own, TextReading::Part& part) {
    sum.add(own);
    part.total += own.total;
    part.rows += own.rows;
  };
  // In the order of score(): sums of numbers that are rounded depend on it.
  const std::span<const std::uint32_t> word_at = line.word_at(), pair_at = line.pair_at();
  for (std::size_t i = 0; i < word_at.size(); ++i) {
    hear(column(found.words[word_at[i]]), reading.words[word_at[i]]);
    if (i > 0) hear(column(found.pairs[pair_at[i - 1]]), reading.pairs[pair_at[i - 1]]);
    reading.score.known += found.is_known[word_at[i]] ? 1 : 0;
  }
  if (!pair_at.empty()) hear(column(found.pairs[pair_at.back()]), reading.pairs[pair_at.back()]);
  reading.score.words = static_cast<int>(word_at.size());
  reading.length = length_of(sum.rows);
  reading.score.log_odds = sum.total / reading.length;
  return reading;
}

std::vector<WordShare> TextModel::explain(std::string_view line, std::size_t count) const {
  std::map<std::string, double> totals;
  int rows = 1;
  const auto add = [&](std::string text, const Sum& part) {
    if (part.rows == 0) return;
    totals[std::move(text)] += part.total;
    rows += part.rows;
  };
  std::string_view last;
  for_each_word(line, [&](std::string_view word) {
    bool known = false;
    add(std::string(word), word_sum(word, known));
    if (!last.empty()) add(std::string(last) + " " + std::string(word), pair_sum(last, word));
    last = word;
  });
  if (!last.empty()) add(std::string(last) + " (end)", pair_sum(last, kEndOfLine));
  std::vector<WordShare> shares;
  shares.reserve(totals.size());
  const double length = length_of(rows);
  for (const auto& [word, total] : totals) shares.push_back({word, total / length});
  std::stable_sort(shares.begin(), shares.end(), [](const WordShare& a, const WordShare& b) {
    return std::abs(a.points) > std::abs(b.points);
  });
  if (shares.size() > count) shares.resize(count);
  return shares;
}

LineShares TextModel::shares(std::span<const std::string_view> words) const {
  LineShares shares{std::vector<double>(words.size()), static_cast<double>(end_of_line_)};
  int rows = 1;
  for (std::size_t i = 0; i < words.size(); ++i) {
    bool known = false;
    const Sum own = word_sum(words[i], known);
    const bool is_last = i + 1 == words.size();
    const Sum pair = pair_sum(words[i], is_last ? kEndOfLine : words[i + 1]);
    shares.words[i] += own.total + pair.total / 2;
    (is_last ? shares.end_of_line : shares.words[i + 1]) += pair.total / 2;
    rows += own.rows + pair.rows;
  }
  const double length = length_of(rows);
  for (double& share : shares.words) share /= length;
  shares.end_of_line /= length;
  return shares;
}

std::string TextModel::serialize() const {
  float largest = 0;
  for (const Row& row : table_->buckets) largest = std::max(largest, std::abs(row[column_]));
  const float scale = largest > 0 ? largest / 32767 : 1;
  const std::map<std::string_view, const Word*> ordered = [this] {
    std::map<std::string_view, const Word*> map;
    for (const auto& [word, row] : table_->words.entries()) map.emplace(word.view(), &row);
    return map;
  }();

  std::string out(kMagic);
  const bool is_mean = shape_.length_power == 1;
  put(out, is_mean ? kVersion : kPowerVersion);
  put(out, shape_.min_ngram);
  put(out, shape_.max_ngram);
  put(out, shape_.buckets);
  put(out, std::uint32_t{shape_.word_pairs});
  put(out, static_cast<std::uint32_t>(ordered.size()));
  put(out, end_of_line_);
  put(out, scale);
  if (!is_mean) put(out, shape_.length_power);
  for (const auto& [word, row] : ordered) {
    put(out, static_cast<std::uint16_t>(word.size()));
    out.append(word);
    put(out, row->own[column_]);
  }
  for (const Row& row : table_->buckets)
    put(out, static_cast<std::int16_t>(std::lround(row[column_] / scale)));
  return out;
}

Result<TextModel> TextModel::parse(std::string_view bytes) {
  const auto corrupt = [](std::string_view why) {
    return Error{ErrorKind::kCorrupt, "not a text model: " + std::string(why), ""};
  };
  ByteReader reader(bytes);
  if (reader.take_bytes(kMagic.size()) != kMagic) return corrupt("it does not begin with WNTM");
  const auto version = reader.take<std::uint32_t>();
  if (version != kVersion && version != kPowerVersion) return corrupt("its format version is unknown");
  Shape shape;
  const auto min_ngram = reader.take<std::uint32_t>(), max_ngram = reader.take<std::uint32_t>();
  const auto buckets = reader.take<std::uint32_t>(), word_pairs = reader.take<std::uint32_t>();
  const auto words = reader.take<std::uint32_t>();
  const auto end_of_line = reader.take<float>(), scale = reader.take<float>();
  const auto power = version == kPowerVersion ? reader.take<float>() : 1.0F;
  if (!scale || !power) return corrupt("it is cut short");
  if (*max_ngram > kMaxNgram || *min_ngram > *max_ngram || *buckets > kMaxRows || *word_pairs > 1 ||
      *words > kMaxRows || !(std::abs(*end_of_line) <= kMaxValue) ||
      !(std::abs(*scale) <= kMaxValue / 32768) || !(*power >= 0 && *power <= 1)) {
    return corrupt("a number in its head is out of range");
  }
  shape = {*min_ngram, *max_ngram, *buckets, *word_pairs == 1, *power};

  std::vector<WordRow> rows;
  rows.reserve(std::min<std::size_t>(*words, bytes.size() / 6));
  for (std::uint32_t i = 0; i < *words; ++i) {
    const auto length = reader.take<std::uint16_t>();
    const auto word = length ? reader.take_bytes(*length) : std::nullopt;
    const auto value = word ? reader.take<float>() : std::nullopt;
    if (!value || !(std::abs(*value) <= kMaxValue)) return corrupt("its list of words is damaged");
    rows.push_back({std::string(*word), *value});
  }
  if (reader.left() != std::size_t{shape.buckets} * sizeof(std::int16_t)) return corrupt("its size is wrong");
  std::vector<float> values(shape.buckets);
  for (float& value : values) value = static_cast<float>(*reader.take<std::int16_t>()) * *scale;
  return TextModel(shape, rows, std::move(values), *end_of_line);
}

}  // namespace winnow
