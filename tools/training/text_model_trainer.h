// Trains a TextModel. The only file that knows libfasttext is text_model_trainer.cpp.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "classifier/result.h"
#include "classifier/text_model.h"

namespace winnow {

struct LabelledLine {
  std::string line;  // blank-separated words (Features::model_line)
  bool spam = false;
};

// Options of fastText's supervised mode, loss softmax. One thread and a fixed seed: same lines, same model.
struct TextModelOptions {
  int dim = 4;  // of the vectors; folded away at the end
  int epochs = 5;
  double learning_rate = 0.5;
  int min_count = 3;  // a rarer word has no row of its own
  int min_ngram = 3;  // characters
  int max_ngram = 5;
  int buckets = 1 << 20;   // rows for hashed n-grams
  bool word_pairs = true;  // each two neighbouring words have a row, too
  // Take each row's random start off, so that only what training taught speaks: an n-gram that no row had
  // would otherwise vote by chance, the louder the shorter the vectors.
  bool drop_start = true;
  int seed = 1;
  int runs = 1;  // models trained with seeds from `seed` on, whose rows are averaged: less is left to chance
};

// How a model of these options cuts a line into rows.
TextShape shape_of(const TextModelOptions& options);

// `progress` is called now and then with the share done, 0..1. Needs at least one line of each label, else
// kInvalid. Writes a temporary file of the lines and removes it. Costs about runs * dim * epochs * n-grams.
Result<TextModel> train_text_model(const std::vector<LabelledLine>& lines, const TextModelOptions& options,
                                   const std::function<void(double)>& progress = nullptr);

}  // namespace winnow
