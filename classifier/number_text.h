// Numbers as people read them, for what is written for each of many comments.
#pragma once

#include <string>

namespace winnow {

// As printf() writes "%.*f" and "%+.*f" in the locale "C". `decimals`: 0..9.
std::string with_decimals(double value, int decimals);
std::string with_sign(double value, int decimals);

}  // namespace winnow
