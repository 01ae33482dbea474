// The steps of normalize(), in its order: each undoes one family of disguises and counts what it undid.
// `text` is valid UTF-8. All are pure, thread-safe and linear in the size of the text.
#pragma once

#include <string>
#include <string_view>

#include "classifier/normalize.h"

namespace winnow {

// Characters as a reader sees them: invisible ones removed, letters in squares, circles and flags plain,
// NFKC, every run of blanks and control characters one blank, none at the ends. Counts invisible and
// compatibility. Kept are joiners between emoji and in scripts that need them, variation selectors behind
// emoji, and flags.
std::string visible_characters(std::string_view text, Disguise& disguise);

// `plain` without stacked marks (beyond two on a letter all go), without strokes and enclosures over letters,
// curly quotes straight. Counts stacked_marks.
std::string without_stacked_marks(std::string_view plain, Disguise& disguise);

// Runs of at least four single letters with the same separator between them (blank, dot, dash, asterisk,
// underscore, bullet, emoji) joined. Counts spaced_words. Host names and paths are left alone.
std::string without_spacing(std::string_view plain, Disguise& disguise);

// Letters of other scripts replaced by the Latin ones that they look like, in words that mix scripts and,
// where four of five letters of the text are Latin and the other script is not otherwise used, in whole
// words; Latin letters inside of Cyrillic words by Cyrillic ones. Words such as "iPhoneов" in a Cyrillic text
// stay. Small capitals (ᴠɪᴀ) become letters and count as compatibility. Counts look_alikes.
std::string without_look_alikes(std::string_view plain, Disguise& disguise);

// Digits and signs inside of words replaced by the letters that they stand for (v1agra, c@sino). Identifiers
// such as "h264", "mp3s", "iphone5s" and everything in a URL or an e-mail address stay. Counts leet_words.
std::string without_leet(std::string_view plain, Disguise& disguise);

}  // namespace winnow
