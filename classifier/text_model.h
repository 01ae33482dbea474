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

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
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

  TextModel() = default;
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

  // The `count` words of the line with the largest |share|, repeated words added up. The shares of all words
  // and of the end of line sum to score(line).log_odds.
  std::vector<WordShare> explain(std::string_view line, std::size_t count) const;

  // The exact share of every word of a line, repeated ones each by itself. What a pair of neighbours says
  // goes half to each; the last word's other neighbour is the end of line. All shares together sum to
  // score(line).log_odds.
  LineShares shares(std::span<const std::string_view> words) const;

  const Shape& shape() const { return shape_; }
  std::size_t word_count() const { return words_.size(); }

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
  struct Word {
    float own = 0;  // the word's own row
    Sum sum;        // own row and n-gram rows
  };

  void add_ngrams(std::string_view word, Sum& sum) const;
  Sum pair_sum(std::uint32_t first, std::uint32_t second) const;
  Sum pair_sum(std::string_view first, std::string_view second) const {
    return pair_sum(text_hash(first), text_hash(second));
  }
  Sum word_sum(std::string_view word, std::uint64_t hash, bool& known) const;
  Sum word_sum(std::string_view word, bool& known) const { return word_sum(word, word_hash(word), known); }
  double length_of(int rows) const;

  Shape shape_;
  float end_of_line_ = 0;
  std::shared_ptr<const std::string> text_;  // what the words are views of; copies share it
  WordTable<Word> words_;
  std::vector<float> buckets_;
};

}  // namespace winnow
