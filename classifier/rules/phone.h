// Telephone numbers in text, as people write them to be called.
#pragma once

#include <string_view>

namespace winnow {

// True if `plain` holds 9 to 14 digits, parted by blanks, dots, hyphens or brackets at most, that are written
// as a telephone number: begun by '+' or '(', or in three groups or more of which the last has at least four
// digits and the first at most three (800-555-0199; no date, no version), or in one group that `invites`
// backs up: the text asks to call or write. Digits that touch a letter, '_', '/', '=' or '#' are an
// identifier's.
bool has_phone_number(std::string_view plain, bool invites);

}  // namespace winnow
