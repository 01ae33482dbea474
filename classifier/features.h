// Features: everything that a rule or the text model may know about a comment, computed once.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/comment.h"
#include "classifier/links.h"
#include "classifier/normalize.h"
#include "classifier/unicode.h"
#include "classifier/vocabulary.h"

namespace winnow {

// Counts over NormalizedText::plain of the content.
struct Shape {
  int letters = 0;
  int upper = 0;  // upper-case letters
  int digits = 0;
  int emoji = 0;
  int exclamations = 0;                     // '!' and its full-width form
  int questions = 0;                        // '?' and its kin
  int lines = 0;                            // lines of the field as sent
  std::array<int, kScriptCount> scripts{};  // letters by script

  // The script of most letters; kNone without letters.
  Script main_script() const;
};

// Holds a reference to the comment and views into itself: stays where it was made. Immutable afterwards, so
// any thread may read it. Construction is linear in the size of the comment.
struct Features {
  explicit Features(const Comment& from);
  Features(const Features&) = delete;
  Features& operator=(const Features&) = delete;

  const Comment& comment;

  NormalizedText content;
  NormalizedText author;
  LinkList links;            // of the content
  Link author_link;          // of the URL field; empty host if there is none
  LinkList name_links;       // hidden in the author's name
  std::string email_local;   // lower case
  std::string email_domain;  // lower case

  Shape shape;
  std::vector<std::string_view> words;         // of content.folded
  std::vector<std::string_view> author_words;  // of author.folded
  TopicCounts topics;                          // in the content
  TopicCounts author_topics;                   // in the author's name
  TopicCounts target_topics;  // in the hosts and paths that the URL field and the links point to
  int distinct_words = 0;
  int distinct_domains = 0;    // registrable domains of the links
  int most_of_one_domain = 0;  // links to the commonest of them
  int title_words =
      0;  // distinct words of at least four letters that the content shares with the post's title or tags

  bool has_author_link() const { return !author_link.host.empty(); }
  // A pingback or trackback: sent by a page, so its title stands where a name would and its address where a
  // home would.
  bool is_pingback = false;
};

// The line that the text model reads: words of the content, and of the other fields with a mark before them
// ("a:" author, "u:" URL field, "l:" links, "e:" e-mail domain). At most 1,000 words of at most 48 bytes.
// Runs of Han, Kana and Thai are written as overlapping pairs of characters. The post's title is left out: it
// tells the site, not the comment.
std::string model_line(const Features& features);

}  // namespace winnow
