#include "classifier/json_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "classifier/json.h"

namespace winnow {
namespace {

bool stands_for_itself(char c) {
  return c >= ' ' && c <= '~' && c != '"' && c != '\\';
}

}  // namespace

void append_json(std::string& out, std::string_view text) {
  if (!std::ranges::all_of(text, stands_for_itself)) {
    out += to_text(Json(text));
    return;
  }
  out += '"';
  out += text;
  out += '"';
}

void append_json(std::string& out, double number) {
  if (!std::isfinite(number)) {
    out += "null";
    return;
  }
  char digits[32];  // the shortest that read back as the same: 24 characters at most
  out.append(digits, std::to_chars(digits, digits + sizeof digits, number).ptr);
}

double rounded(double value) {
  return std::round(value * 1e6) / 1e6;
}

}  // namespace winnow
