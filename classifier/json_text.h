// JSON written as it goes, without a tree of it: for what is written for each of many comments.
#pragma once

#include <string>
#include <string_view>

namespace winnow {

// Append a value to `out`. Read back, it is the same; of a text that is not UTF-8, what to_text() makes of
// it. A number that is not finite becomes null.
void append_json(std::string& out, std::string_view text);
void append_json(std::string& out, double number);

// To six decimals, as points and scores are stored and shown: in full they take a dozen bytes more.
double rounded(double value);

}  // namespace winnow
