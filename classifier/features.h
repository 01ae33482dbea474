// Features: everything that a rule or the text model may know about a comment, computed once.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/comment.h"
#include "classifier/links.h"
#include "classifier/normalize.h"
#include "classifier/pseudonym.h"
#include "classifier/searched_text.h"
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
  SearchedText folded_text;  // content.folded
  NormalizedText author;
  LinkList links;             // of the content, but for those that lead to the site itself
  std::size_t own_links = 0;  // of the content that lead to the site itself
  Link author_link;           // of the URL field; empty host if there is none
  LinkList name_links;        // hidden in the author's name
  EmailFacts email;           // of the author's address, also where a pseudonym stands for it

  Shape shape;
  std::vector<std::string_view> words;         // of content.folded
  std::vector<std::uint64_t> word_hashes;      // word_hash() of each of them
  std::vector<std::string_view> author_words;  // of author.folded
  TopicCounts topics;                          // in the content
  TopicCounts author_topics;                   // in the author's name
  TopicCounts target_topics;  // in the hosts and paths that the URL field and the links point to
  int distinct_words = 0;
  int distinct_domains = 0;    // registrable domains of the links
  int most_of_one_domain = 0;  // links to the commonest of them
  // Distinct words of at least four letters that the content shares with the post's title, tags or address.
  int title_words = 0;
  // Of the content and of the post's title, ISO 639-1; "" if not clear (language_of).
  std::string_view language;
  std::string_view title_language;
  bool ends_with_link = false;  // the content's last words are a link

  int given_names = 0;  // words of the author's name that are given names

  bool has_author_link() const { return !author_link.host.empty(); }
  // The comment leads somewhere: a link in the text or an address in the URL field.
  bool has_target() const { return links.total > 0 || has_author_link(); }
  // A pingback or trackback: sent by a page, so its title stands where a name would and its address where a
  // home would.
  bool is_pingback = false;
};

// The line that the text model reads: words of the content. At most 1,000 words of at most 48 bytes. Runs of
// Han, Kana and Thai are written as overlapping pairs of characters. Other fields are for rules: of the sets
// at hand, name and address tell the set more than the label (the model card has the figures).
std::string model_line(const Features& features);
// The words of that line, as views into content.folded.
std::vector<std::string_view> model_words(const Features& features);
// True for a word of Features::words of which the line has the pairs of its characters.
bool is_read_in_pairs(std::string_view word);

}  // namespace winnow
