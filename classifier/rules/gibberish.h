// Letters that make no word. Only for words in plain Latin letters; other words never count.
#pragma once

#include <string_view>

namespace winnow {

// True if `word` (folded, 7 to 40 letters a-z) has six consonants in a row, or no vowel at all; y counts as a
// vowel. German and Polish words reach five in a row; English ones, too ("strengths" ends in five).
bool is_gibberish(std::string_view word);

}  // namespace winnow
