#include "classifier/json_text.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "classifier/json.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

bool must_be_escaped(char c) {
  return static_cast<unsigned char>(c) < ' ' || c == '"' || c == '\\';
}

void append_escaped(std::string& out, char c) {
  constexpr std::string_view kPlain = "\"\\\b\f\n\r\t", kNamed = "\"\\bfnrt", kDigits = "0123456789abcdef";
  out += '\\';
  if (const std::size_t name = kPlain.find(c); name != std::string_view::npos) {
    out += kNamed[name];
    return;
  }
  out += "u00";
  out += kDigits[static_cast<unsigned char>(c) >> 4];
  out += kDigits[static_cast<unsigned char>(c) & 15];
}

}  // namespace

void append_json(std::string& out, std::string_view text) {
  if (!is_ascii(text) && !is_valid_utf8(text)) {
    out += to_text(Json(text));
    return;
  }
  out += '"';
  while (true) {
    const auto plain = std::ranges::find_if(text, must_be_escaped);
    out.append(text.begin(), plain);
    if (plain == text.end()) break;
    append_escaped(out, *plain);
    text.remove_prefix(static_cast<std::size_t>(plain - text.begin()) + 1);
  }
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
