#include "classifier/features.h"

namespace winnow {
namespace {

constexpr int kMaxWords = 1000;
constexpr std::size_t kMaxWordBytes = 48;
constexpr std::size_t kMaxLinksRead = 15;
constexpr std::size_t kMaxNameWords = 12;

bool is_pair_script(char32_t c) {
  const Script script = script_of(c);
  return script == Script::kHan || script == Script::kKana || script == Script::kThai;
}

// Builds the line word by word and stops at its limit.
class Line {
 public:
  bool full() const { return words_ >= kMaxWords; }

  void add(std::string_view mark, std::string_view word) {
    word = clip_utf8(word, kMaxWordBytes);
    if (word.empty() || full()) return;
    if (!text_.empty()) text_ += ' ';
    text_.append(mark).append(word);
    ++words_;
  }

  // A word; where it is written without blanks, as overlapping pairs of its characters.
  void add_text(std::string_view mark, std::string_view word) {
    std::size_t pos = 0;
    if (!is_pair_script(next_code_point(word, pos)) || pos == word.size()) return add(mark, word);
    for (std::size_t first = 0, second = pos; second < word.size() && !full();) {
      std::size_t end = second;
      next_code_point(word, end);
      add(mark, word.substr(first, end - first));
      first = second;
      second = end;
    }
  }

  // A host by its labels and their parts: "best-pills.example.com" -> best pills example com.
  void add_host(std::string_view mark, std::string_view host) {
    std::size_t start = 0;
    for (std::size_t pos = 0; pos <= host.size(); ++pos) {
      if (pos < host.size() && host[pos] != '.' && host[pos] != '-') continue;
      add(mark, host.substr(start, pos - start));
      start = pos + 1;
    }
  }

  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  int words_ = 0;
};

void add_path(Line& line, std::string_view mark, std::string_view path) {
  const std::string folded = fold(clip_utf8(path, 200));
  std::string spaced;
  for (const char c : folded)
    spaced += (c == '/' || c == '?' || c == '=' || c == '&' || c == '-' || c == '_') ? ' ' : c;
  for (const std::string_view word : split_words(spaced)) line.add_text(mark, word);
}

}  // namespace

std::string model_line(const Features& features) {
  Line line;
  for (std::size_t i = 0; i < features.author_words.size() && i < kMaxNameWords; ++i)
    line.add_text("a:", features.author_words[i]);
  if (features.has_author_link()) {
    line.add_host("u:", features.author_link.host);
    add_path(line, "u:", features.author_link.path);
  }
  if (!features.email_domain.empty()) line.add("e:", features.email_domain);
  for (std::size_t i = 0; i < features.links.links.size() && i < kMaxLinksRead; ++i) {
    line.add_host("l:", features.links.links[i].host);
    add_path(line, "l:", features.links.links[i].path);
  }
  for (const std::string_view word : features.words) {
    if (line.full()) break;
    line.add_text("", word);
  }
  return line.take();
}

}  // namespace winnow
