// HTML character references: &amp; &#38; &#x26;
// Pure, thread-safe; one reference is looked at over a bounded number of bytes.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace winnow {

// Decodes the reference that starts with the '&' at text[pos] and appends what it stands for to `out`.
// Returns its length in bytes, 0 if there is none. Known are all numbers and the names of HTML 4 with the
// commonest of HTML 5. The semicolon may be missing after a number and after amp, lt, gt, quot and nbsp, as
// browsers have it. Numbers that HTML forbids become U+FFFD; 128 to 159 are read as windows-1252 (HTML
// Standard, numeric character reference end state).
std::size_t decode_entity(std::string_view text, std::size_t pos, std::string& out);

// All references of `text` decoded, once: "&amp;lt;" becomes "&lt;".
std::string decode_entities(std::string_view text);

}  // namespace winnow
