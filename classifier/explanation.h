// Explanation: which words of a comment counted, by how much, in the text as a person reads it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "classifier/comment.h"
#include "classifier/engine.h"
#include "classifier/history.h"
#include "classifier/normalize.h"

namespace winnow {

// A word of the text that counted; in scripts without blanks a character.
struct Mark {
  std::size_t begin = 0;  // UTF-16 units of the plain text, as JavaScript counts them
  std::size_t end = 0;
  double points = 0;
};

inline constexpr std::size_t kMostMarks = 5000;
inline constexpr double kLeastMarked = 0.02;  // points, of either sign

struct Explanation {
  std::string model_id;  // the words are weighed by this model, whatever judged the comment
  NormalizedText text;
  std::vector<Mark> marks;  // in the order of the text, without overlaps
  // Points of the text model that the end of the line has, which is no word.
  double end_of_line = 0;
  // Points of words that have no mark: they are below kLeastMarked, or where they stand in the plain text
  // cannot be told.
  double unmarked = 0;
};

// A mark's points are the sum of what was learned of its word, each an exact part of a signal:
//   text.model   its share (TextModel::shares), times what the sum takes the log-odds with. Where these are
//                beyond kMaxTextLogOdds, all shares are less by the same factor.
//   delta.*      what the model's layers have for it
//   memory.learned*  what the learners have for it
// of the last two, words that are repeated share alike, and sequences of four characters go to the words that
// they are part of. Without reports and layers marks, `unmarked` and `end_of_line` sum to the text.model
// signal. Pure and thread-safe as far as `history` is; linear in the comment.
Explanation explain(const Engine& engine, const Comment& comment, const HistoryView& history);

}  // namespace winnow
