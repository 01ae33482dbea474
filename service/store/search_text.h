// A comment's words as a search finds them, and what a person typed in the same form: text as a reader sees
// it (classifier/normalize.h), where words are parted by anything but letters and digits. Texts written
// without blanks (Han, Kana, Thai) stand as overlapping pairs of characters, the last character of a run
// alone: so every part of them is found.
//
// Pure, thread-safe, linear in the input.
#pragma once

#include <string>
#include <string_view>

#include "classifier/comment.h"

namespace winnow {

// Changes with what search_text() gives, so that what was stored by another is made anew.
inline constexpr int kSearchForm = 2;

// What is searched of one field; the rest is cut off.
inline constexpr std::size_t kMaxSearchedBytes = 32 * 1024;

struct SearchText {
  std::string text;
  std::string author;
  std::string email;   // of a concealed comment the pseudonym's name as one word
  std::string domain;  // hosts linked to: their labels, and the host and what it is below as one word each
  std::string page;    // the permalink without its host, and the post's title
};
SearchText search_text(const Comment& comment);

// Typed words in the form of SearchText.
struct SearchedWords {
  std::string words;
  bool is_open = false;  // the last word may go on: a single character of a text without blanks
  bool is_empty = true;  // no letter or digit to look for
};
SearchedWords searched_words(std::string_view typed);

// `name` as one word that no text has: dots and all else that parts words are spelt out.
std::string as_one_word(std::string_view name);

}  // namespace winnow
