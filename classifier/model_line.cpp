#include "classifier/features.h"

namespace winnow {
namespace {

constexpr int kMaxWords = 1000;
constexpr std::size_t kMaxWordBytes = 48;

bool is_pair_script(char32_t c) {
  const Script script = script_of(c);
  return script == Script::kHan || script == Script::kKana || script == Script::kThai;
}

// Builds the line word by word and stops at its limit.
class Line {
 public:
  bool full() const { return words_ >= kMaxWords; }

  // A word; where it is written without blanks, as overlapping pairs of its characters.
  void add(std::string_view word) {
    std::size_t pos = 0;
    if (!is_pair_script(next_code_point(word, pos)) || pos == word.size()) return add_whole(word);
    for (std::size_t first = 0, second = pos; second < word.size() && !full();) {
      std::size_t end = second;
      next_code_point(word, end);
      add_whole(word.substr(first, end - first));
      first = second;
      second = end;
    }
  }

  std::string take() { return std::move(text_); }

 private:
  void add_whole(std::string_view word) {
    word = clip_utf8(word, kMaxWordBytes);
    if (word.empty() || full()) return;
    if (!text_.empty()) text_ += ' ';
    text_.append(word);
    ++words_;
  }

  std::string text_;
  int words_ = 0;
};

}  // namespace

std::string model_line(const Features& features) {
  Line line;
  for (const std::string_view word : features.words) {
    if (line.full()) break;
    line.add(word);
  }
  return line.take();
}

}  // namespace winnow
