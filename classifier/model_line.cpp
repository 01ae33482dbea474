#include "classifier/features.h"

namespace winnow {
namespace {

constexpr int kMaxWords = 1000;
constexpr std::size_t kMaxWordBytes = 48;

bool is_pair_script(char32_t c) {
  const Script script = script_of(c);
  return script == Script::kHan || script == Script::kKana || script == Script::kThai;
}

// Hands out the line word by word and stops at its limit.
template <typename Take>
class Line {
 public:
  explicit Line(Take take) : take_(std::move(take)) {}

  bool full() const { return words_ >= kMaxWords; }

  // A word; where it is written without blanks, as overlapping pairs of its characters.
  void add(std::string_view word) {
    if (!is_read_in_pairs(word)) return add_whole(word);
    std::size_t pos = 0;
    next_code_point(word, pos);
    for (std::size_t first = 0, second = pos; second < word.size() && !full();) {
      std::size_t end = second;
      next_code_point(word, end);
      add_whole(word.substr(first, end - first));
      first = second;
      second = end;
    }
  }

 private:
  void add_whole(std::string_view word) {
    word = clip_utf8(word, kMaxWordBytes);
    if (word.empty() || full()) return;
    take_(word);
    ++words_;
  }

  Take take_;
  int words_ = 0;
};

template <typename Take>
void for_each_model_word(const Features& features, Take take) {
  Line<Take> line(std::move(take));
  for (const std::string_view word : features.words) {
    if (line.full()) break;
    line.add(word);
  }
}

}  // namespace

bool is_read_in_pairs(std::string_view word) {
  std::size_t pos = 0;
  return is_pair_script(next_code_point(word, pos)) && pos < word.size();
}

std::string model_line(const Features& features) {
  std::string line;
  for_each_model_word(features, [&line](std::string_view word) {
    if (!line.empty()) line += ' ';
    line.append(word);
  });
  return line;
}

std::vector<std::string_view> model_words(const Features& features) {
  std::vector<std::string_view> words;
  for_each_model_word(features, [&words](std::string_view word) { words.push_back(word); });
  return words;
}

}  // namespace winnow
