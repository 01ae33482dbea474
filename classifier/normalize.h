// Text as a reader would see it, kept beside counts of what had to be undone to get there: the disguise
// itself is a signal. Pure, thread-safe, linear in the size of the input.
#pragma once

#include <string>
#include <string_view>

namespace winnow {

// How much was undone. All are counts within one text.
struct Disguise {
  int entities = 0;  // HTML character references decoded (&amp; &#x41;)
  int tags = 0;      // HTML tags removed
  int bbcode = 0;    // BBCode tags removed ([url], [b], ...)
  // Zero-width, bidi and tag characters removed. Not counted: joiners of emoji and of scripts that need them
  // (kept), bidi marks in Arabic and Hebrew, a leading byte order mark, zero-width spaces of Thai, Khmer and
  // their like.
  int invisible = 0;
  // Letters and digits shown as mathematical, circled, squared, regional, raised or full-width ones outside
  // CJK text.
  int compatibility = 0;
  int look_alikes = 0;  // letters of another script replaced because their word mixes scripts
  int stacked_marks =
      0;                 // combining marks beyond two on one letter (zalgo) and strokes over letters, removed
  int leet_words = 0;    // words with digits or signs inside letters that read as a word (v1agra, c@sino)
  int spaced_words = 0;  // words whose letters were spaced or dotted out (c a s i n o)
};

struct NormalizedText {
  std::string plain;   // tags, entities and invisible characters undone, NFKC, blanks folded; case kept
  std::string folded;  // `plain` with case folded, look-alike letters, spaced-out letters, leet and stacked
                       // marks undone, quotes straight, joiners removed: what rules and model read
  Disguise disguise;
};

// `text`: valid UTF-8 in whatever markup. Never fails. Block-level tags and <br> become a blank.
// Backslashes that WordPress puts before quotes and backslashes (\" \' \\) are removed first.
// Comments and the content of <script> and <style> are dropped; content of other tags is kept. URLs and
// e-mail addresses in the text stay as they are written, but for case in `folded`. The steps are in
// classifier/disguise.h.
NormalizedText normalize(std::string_view text);

// Only the unslashing step: \" -> ", \' -> ', \\ -> \ .
std::string unslash(std::string_view text);

}  // namespace winnow
