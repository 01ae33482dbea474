#include "tools/training/linear_text_trainer.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>

#include "classifier/score.h"
#include "tools/training/minimise.h"

namespace winnow {
namespace {

constexpr double kStartPull = 1e-3;
constexpr double kStill = 0.01;

// Words that have a row of their own, in byte order.
class Vocabulary {
 public:
  Vocabulary(const std::vector<WeighedLine>& lines, int min_count) {
    std::unordered_map<std::string_view, int> counts;
    for (const WeighedLine& one : lines)
      for_each_word(one.line, [&](std::string_view word) { ++counts[word]; });
    for (const auto& [word, count] : counts)
      if (count >= min_count) words_.push_back(word);
    std::sort(words_.begin(), words_.end());
    for (std::size_t i = 0; i < words_.size(); ++i) places_[words_[i]] = static_cast<std::uint32_t>(i);
  }

  const std::vector<std::string_view>& words() const { return words_; }
  // words().size() for a word that has none.
  std::uint32_t place(std::string_view word) const {
    const auto found = places_.find(word);
    return found == places_.end() ? static_cast<std::uint32_t>(words_.size()) : found->second;
  }

 private:
  std::vector<std::string_view> words_;
  std::unordered_map<std::string_view, std::uint32_t> places_;
};

struct Cell {
  std::uint32_t row = 0;  // then the place of its variable
  float value = 0;
};

// The rows of a line, buckets first, then words, each once with its share of the log-odds.
std::vector<Cell> cells_of(std::string_view line, const TextShape& shape, const Vocabulary& vocabulary) {
  std::vector<std::uint32_t> rows;
  std::string_view last;
  for_each_word(line, [&](std::string_view word) {
    if (const std::uint32_t place = vocabulary.place(word); place < vocabulary.words().size())
      rows.push_back(shape.buckets + place);
    for_each_ngram(shape, word, [&](std::uint32_t bucket) { rows.push_back(bucket); });
    if (has_pairs(shape) && !last.empty()) rows.push_back(pair_bucket(shape, last, word));
    last = word;
  });
  if (has_pairs(shape) && !last.empty()) rows.push_back(pair_bucket(shape, last, kEndOfLine));
  // One more for the end of line, which TextModel counts.
  const auto unit = static_cast<float>(
      std::pow(static_cast<double>(rows.size() + 1), -static_cast<double>(shape.length_power)));
  std::sort(rows.begin(), rows.end());
  std::vector<Cell> cells;
  for (const std::uint32_t row : rows) {
    if (cells.empty() || cells.back().row != row) cells.push_back({row, 0});
    cells.back().value += unit;
  }
  cells.shrink_to_fit();
  return cells;
}

class Fit {
 public:
  Fit(const std::vector<WeighedLine>& lines, const LinearTextOptions& options, const TextShape& shape,
      const Vocabulary& vocabulary)
      : options_(options) {
    std::vector<int> counts(shape.buckets + vocabulary.words().size());
    for (const WeighedLine& line : lines) {
      if (line.line.empty()) continue;
      examples_.push_back({cells_of(line.line, shape, vocabulary), line.spam ? 1.0 : 0.0, line.weight});
      for (const Cell& cell : examples_.back().cells) ++counts[cell.row];
    }
    std::vector<std::uint32_t> variables(counts.size());
    for (std::size_t row = 0; row < counts.size(); ++row) {
      if (counts[row] < options.min_lines) continue;
      variables[row] = static_cast<std::uint32_t>(rows_.size());
      rows_.push_back(static_cast<std::uint32_t>(row));
    }
    for (Example& one : examples_) {
      std::erase_if(one.cells, [&](const Cell& cell) { return counts[cell.row] < options.min_lines; });
      for (Cell& cell : one.cells) cell.row = variables[cell.row];
    }
  }

  // One number for each row of the shape, then for each word.
  std::vector<float> run(std::size_t size, const std::function<void(double)>& progress) const {
    const std::size_t start = rows_.size();
    std::vector<double> curvature(start + 1, options_.pull);
    curvature[start] = kStartPull;
    for (const Example& one : examples_) {
      for (const Cell& cell : one.cells)
        curvature[cell.row] += 0.25 * one.weight * static_cast<double>(cell.value * cell.value);
      curvature[start] += 0.25 * one.weight;
    }
    int passes = 0;
    const std::vector<double> found = minimise(
        [&](std::span<const double> at, std::vector<double>& gradient) {
          if (progress) progress(std::min(1.0, ++passes / (2.0 * options_.max_steps)));
          return loss(at, gradient);
        },
        std::vector<double>(start + 1), curvature, {options_.max_steps, kStill});
    std::vector<float> values(size);
    for (std::size_t i = 0; i < rows_.size(); ++i) values[rows_[i]] = static_cast<float>(found[i]);
    return values;
  }

 private:
  struct Example {
    std::vector<Cell> cells;
    double wanted = 0;
    double weight = 0;
  };

  double loss(std::span<const double> at, std::vector<double>& gradient) const {
    const std::size_t start = rows_.size();
    double sum = 0;
    for (std::size_t i = 0; i < at.size(); ++i) {
      gradient[i] = (i == start ? kStartPull : options_.pull) * at[i];
      sum += gradient[i] * at[i] / 2;
    }
    for (const Example& one : examples_) {
      double points = at[start];
      for (const Cell& cell : one.cells) points += at[cell.row] * static_cast<double>(cell.value);
      // ln(1 + e^points), without overflow.
      const double soft = std::max(points, 0.0) + std::log1p(std::exp(-std::abs(points)));
      sum += one.weight * (soft - one.wanted * points);
      const double slope = one.weight * (sigmoid(points) - one.wanted);
      for (const Cell& cell : one.cells) gradient[cell.row] += slope * static_cast<double>(cell.value);
      gradient[start] += slope;
    }
    return sum;
  }

  LinearTextOptions options_;
  std::vector<Example> examples_;
  std::vector<std::uint32_t> rows_;  // of each variable but the last, which is the start
};

}  // namespace

Result<TextModel> train_linear_text(const std::vector<WeighedLine>& lines, const LinearTextOptions& options,
                                    const TextModelOptions& text,
                                    const std::function<void(double)>& progress) {
  const auto is_spam = [](const WeighedLine& line) { return line.spam; };
  if (std::all_of(lines.begin(), lines.end(), is_spam) || std::none_of(lines.begin(), lines.end(), is_spam))
    return Error{ErrorKind::kInvalid, "training needs both spam and ham", "label"};
  TextShape shape = shape_of(text);
  shape.length_power = static_cast<float>(options.length_power);
  const Vocabulary vocabulary(lines, text.min_count);
  std::vector<float> values =
      Fit(lines, options, shape, vocabulary).run(shape.buckets + vocabulary.words().size(), progress);
  std::vector<TextModel::WordRow> words;
  for (std::size_t i = 0; i < vocabulary.words().size(); ++i)
    words.push_back({std::string(vocabulary.words()[i]), values[shape.buckets + i]});
  values.resize(shape.buckets);
  return TextModel(shape, words, std::move(values), 0);
}

}  // namespace winnow
