// TextModel: a trained two-label fastText model, folded.
//
// With two labels and softmax loss a supervised fastText model is additive: its log-odds are the mean over the input
// rows of a line (words and their character n-grams) of (w_spam - w_ham) . row (Joulin et al. 2017; the identity is
// tested in tests/unit/classifier/text_model_test.cpp against libfasttext itself). So each row is folded to one
// number, a model of megabytes instead of hundreds, and the share of each word in a verdict is exact. Training, which
// needs libfasttext, is tools/training/text_model_trainer.h; judging does not.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "classifier/result.h"

namespace winnow {

struct WordShare {
  std::string word;   // as in the line
  double points = 0;  // its exact share of the line's log-odds
};

// Thread rule: const methods may be called from any number of threads at once.
class TextModel {
 public:
  struct Shape {
    int min_ngram = 0;  // characters; 0 = no character n-grams
    int max_ngram = 0;
    std::uint32_t buckets = 0;  // rows for hashed n-grams
  };
  // What is folded from one row of the input matrix: a word's own row.
  struct WordRow {
    std::string word;
    float value = 0;
  };

  TextModel() = default;
  // `bucket_values` has shape.buckets entries. `eos_value`: the row of the end-of-line token that fastText adds to every line.
  TextModel(Shape shape, std::vector<WordRow> words, std::vector<float> bucket_values, float eos_value);

  // Reads what serialize() wrote. kCorrupt if it is not that, with the reason.
  static Result<TextModel> parse(std::string_view bytes);
  // Little-endian; bucket values are kept as 16-bit fixed point, words as 32-bit floats.
  std::string serialize() const;

  // Log-odds (spam against ham) of a line of blank-separated words; linear in its length. An empty line has the
  // end-of-line row alone.
  double log_odds(std::string_view line) const;

  // The `count` words of the line with the largest |share|; shares of all words and the end of line sum to log_odds(line).
  std::vector<WordShare> explain(std::string_view line, std::size_t count) const;

  std::size_t word_count() const { return words_.size(); }
  const Shape& shape() const { return shape_; }

 private:
  struct Sum {
    double total = 0;
    int rows = 0;
  };
  struct TransparentHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  Sum word_sum(std::string_view word) const;
  Sum ngram_sum(std::string_view word) const;

  Shape shape_;
  float eos_value_ = 0;
  std::unordered_map<std::string, float, TransparentHash, std::equal_to<>> words_;
  std::vector<float> buckets_;
};

}  // namespace winnow
