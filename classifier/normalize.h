// Text as a reader would see it, kept beside counts of what had to be undone to get there: the disguise itself is
// a signal. Pure, thread-safe, linear in the size of the input.
#pragma once

#include <string>
#include <string_view>

namespace winnow {

// How much was undone. All are counts within one text.
struct Disguise {
  int entities = 0;        // HTML character references decoded (&amp; &#x41;)
  int tags = 0;            // HTML tags removed
  int bbcode = 0;          // BBCode tags removed ([url], [b], ...)
  int invisible = 0;       // zero-width, bidi and tag characters removed (a ZWJ between emoji or in Indic/Arabic text is not counted)
  int compatibility = 0;   // letters and digits that NFKC replaced by plain ones: mathematical, circled, full-width outside CJK text
  int look_alikes = 0;     // letters of another script replaced because their word mixes scripts
  int stacked_marks = 0;   // combining marks beyond two on one letter (zalgo), removed
  int leet_words = 0;      // words with digits or signs inside letters that read as a word (v1agra, c@sino)
  int spaced_words = 0;    // words whose letters were spaced or dotted out (c a s i n o)
};

struct NormalizedText {
  std::string plain;   // tags, entities and invisible characters undone, NFKC, blanks folded; case kept
  std::string folded;  // `plain` with case folded, look-alike letters, spaced-out letters and stacked marks undone: what rules and model read
  Disguise disguise;
};

// `text`: valid UTF-8 in whatever markup. Never fails. Block-level tags and <br> become a blank.
// Backslashes that WordPress puts before quotes and backslashes (\" \' \\) are removed first.
// Content of <script> and <style> is dropped; content of other tags is kept.
NormalizedText normalize(std::string_view text);

// Only the unslashing step: \" -> ", \' -> ', \\ -> \ .
std::string unslash(std::string_view text);

}  // namespace winnow
