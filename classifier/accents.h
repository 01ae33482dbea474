// Letters without their accents, as people type them. Pure and thread-safe; linear in the text.
#pragma once

#include <string>
#include <string_view>

namespace winnow {

// `text` (folded) with letters that have accents as those without: "søren café" is "soren cafe". Marks that
// make another letter (of Kana, Thai, Arabic, the Indic scripts ...) stay.
std::string without_accents(std::string_view text);

}  // namespace winnow
