// Links in running text: URLs, host names and what was defanged of them.
#pragma once

#include <cstddef>
#include <string_view>

#include "classifier/links.h"

namespace winnow {

struct BareLink {
  Link link;               // its host is empty if there is none
  std::size_t resume = 0;  // where to go on reading, behind `pos` in any case
};

// Behind the plain word or sign at text[pos] with which no link can begin, as what follows it shows; `pos` if
// bare_link_at() has to look. Most of a text is passed over by this alone.
std::size_t behind_plain_word(std::string_view text, std::size_t pos);

// The link that starts in the word at text[pos]; e-mail addresses are passed over. Walk the text from word to
// word by `resume`. Entities are decoded already. Pure, thread-safe; the whole walk is linear in the size of
// the text.
BareLink bare_link_at(std::string_view text, std::size_t pos);

}  // namespace winnow
