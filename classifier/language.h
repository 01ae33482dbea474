// Which language a text is in, told by its function words. For texts in Latin letters; others are told by
// their script (Shape::main_script).
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace winnow {

// ISO 639-1 code of the language of `words` (folded), or "" if that is not clear: at least `least` of the
// words must be function words of one language, and one and a half times as many as any other language's.
// Knows the languages of data/words/function_words.txt. Pure and thread-safe.
// `hashes`: their word_hash().
std::string_view language_of(const std::vector<std::string_view>& words,
                             std::span<const std::uint64_t> hashes, int least);
std::string_view language_of(const std::vector<std::string_view>& words, int least);

}  // namespace winnow
