// Trains the linear model: logistic regression over the rows that the text model has, too.
//
// fastText counts every line alike and takes the mean of a line's rows; this weighs each line as the sum's
// fit does and lets a long line say more. They err on different comments, so that the sum of both is better
// than either (the model card has the figures).
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "classifier/result.h"
#include "classifier/text_model.h"
#include "tools/training/text_model_trainer.h"

namespace winnow {

struct WeighedLine {
  std::string_view line;  // blank-separated words (model_line())
  bool spam = false;
  double weight = 1;
};

struct LinearTextOptions {
  double pull = 0.05;          // penalty pull/2 * number^2
  double length_power = 0.45;  // TextShape::length_power
  int min_lines = 2;           // a row that fewer lines have says nothing
  int max_steps = 12;          // stopping early is a pull of its own
};

// Rows and buckets are those of `text`. The model has no end of line: what every line starts with is fitted
// and left to the sum's prior. Lines without words are passed over. kInvalid without a line of each label.
// Same lines, same model. `progress`: as with train_text_model(). Costs about 2 * max_steps passes over the
// rows of all lines, and eight bytes for each.
Result<TextModel> train_linear_text(const std::vector<WeighedLine>& lines, const LinearTextOptions& options,
                                    const TextModelOptions& text,
                                    const std::function<void(double)>& progress = nullptr);

}  // namespace winnow
