// TextModel: what each word, character n-gram and pair of words of a line says, as one number a row.
//
// It holds a trained two-label fastText model, folded, or a logistic regression over the same rows
// (tools/training/linear_text_trainer.h).
//
// With two labels and softmax loss a supervised fastText model is additive: its log-odds are the mean over
// the input rows of a line (words and their character n-grams) of (w_spam - w_ham) . row (Joulin et al. 2017,
// "Bag of Tricks for Efficient Text Classification"; tests/unit/classifier/text_model_test.cpp compares with
// libfasttext itself). So each row is folded to one number: megabytes instead of hundreds, and the share of
// each word in a verdict is exact. Training needs libfasttext and is tools/training/text_model_trainer.h;
// judging does not.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "classifier/line_words.h"
#include "classifier/result.h"
#include "classifier/text_rows.h"
#include "classifier/word_table.h"

namespace winnow {

struct WordShare {
  std::string word;   // as in the line; "one two" for a pair of neighbours
  double points = 0;  // its exact share of the line's log-odds
};

// What the model says of one line.
struct TextScore {
  double log_odds = 0;  // spam against ham, natural log
  int words = 0;        // words in the line
  int known = 0;  // of them, words that the model saw often enough in training to have a row of their own
};

// The same, with what each word and pair says, repeated ones added up.
struct TextReading {
  // Before the line's length is taken off. `rows`: how many rows it has; of one without any nothing is known.
  struct Part {
    double total = 0;
    int rows = 0;
  };
  TextScore score;
  std::vector<Part> words;  // as LineWords::words()
  std::vector<Part> pairs;  // as LineWords::pairs()
  double length = 1;        // a share of score.log_odds is a total by this
};

// The log-odds of a line, place by place.
struct LineShares {
  std::vector<double> words;  // of each word, in the order of the line
  double end_of_line = 0;
};

// Thread rule: const methods may be called from any number of threads at once.
class TextModel {
 public:
  using Shape = TextShape;
  struct WordRow {
    std::string word;
    float value = 0;  // its own row, folded
  };

  TextModel();
  // `buckets` has shape.buckets entries. `end_of_line`: the row of the token that fastText adds to every
  // line.
  TextModel(Shape shape, const std::vector<WordRow>& words, std::vector<float> buckets, float end_of_line);

  // Reads what serialize() wrote. kCorrupt with the reason if it is not that.
  static Result<TextModel> parse(std::string_view bytes);
  // Little-endian; n-gram rows as 16-bit fixed point, words as 32-bit floats. Words are written in byte
  // order.
  std::string serialize() const;

  // Judges a line of blank-separated words; linear in its length. An empty line has the end-of-line row
  // alone.
  TextScore score(std::string_view line) const;

  // The same as score() and explain() of the line with these words, to the last bit, and quicker: each word
  // is looked up once.
  TextReading read(const LineWords& line) const;

  // Models with the same words that cut lines alike may share one table, in which a row holds what each of
  // them says: it is fetched once for both, and fetching is most of the work. What they say stays the same;
  // others are left as they are.
  static void lay_together(TextModel& one, TextModel& other);
  // read() of both; of those that lie together it costs little more than of one.
  static std::pair<TextReading, TextReading> read_both(const TextModel& one, const TextModel& other,
                                                       const LineWords& line);

  // The `count` words of the line with the largest |share|, repeated words added up. The shares of all words
  // and of the end of line sum to score(line).log_odds.
  std::vector<WordShare> explain(std::string_view line, std::size_t count) const;

  // The exact share of every word of a line, repeated ones each by itself. What a pair of neighbours says
  // goes half to each; the last word's other neighbour is the end of line. All shares together sum to
  // score(line).log_odds.
  LineShares shares(std::span<const std::string_view> words) const;

  const Shape& shape() const { return shape_; }
  std::size_t word_count() const { return table_->words.size(); }

 private:
  struct Sum {
    double total = 0;
    int rows = 0;
    void add(double value) {
      total += value;
      ++rows;
    }
    void add(const Sum& other) {
      total += other.total;
      rows += other.rows;
    }
  };
  // What a row says by itself, and what some say together, by column: each model of a table has its own.
  static constexpr std::size_t kColumns = 2;
  using Row = std::array<float, kColumns>;
  struct Sums {
    std::array<double, kColumns> totals{};
    int rows = 0;
    void add(const Row& row) {
      for (std::size_t i = 0; i < kColumns; ++i) totals[i] += static_cast<double>(row[i]);
      ++rows;
    }
  };
  struct Word {
    Row own{};  // the word's own row
    Sums sum;   // own row and n-gram rows
  };
  struct Table {
    std::shared_ptr<const std::string> text;  // what the words are views of
    WordTable<Word> words;
    std::vector<Row> buckets;
  };
  // What a table says of a line.
  struct Found {
    std::vector<Sums> words;  // as LineWords::words()
    std::vector<bool> is_known;
    std::vector<Sums> pairs;  // as LineWords::pairs()
  };

  Sum column(const Sums& sums) const { return {sums.totals[column_], sums.rows}; }
  Sum pair_sum(std::string_view first, std::string_view second) const;
  Sum word_sum(std::string_view word, bool& known) const;
  Found find(const LineWords& line) const;
  TextReading reading(const Found& found, const LineWords& line) const;
  double length_of(int rows) const;

  Shape shape_;
  float end_of_line_ = 0;
  // Copies share it; lay_together() alone writes to it, where it is not shared.
  std::shared_ptr<Table> table_;
  std::size_t column_ = 0;  // of table_, this model's
};

}  // namespace winnow
