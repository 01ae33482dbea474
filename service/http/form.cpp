#include "service/http/form.h"

#include <array>

namespace winnow::http {
namespace {

// By byte: the value of a hex digit, -1 for what is none.
constexpr std::array<signed char, 256> kHexValues = [] {
  std::array<signed char, 256> values{};
  values.fill(-1);
  for (unsigned char digit = 0; digit < 16; ++digit)
    for (const std::string_view digits : {"0123456789abcdef", "0123456789ABCDEF"})
      values[static_cast<unsigned char>(digits[digit])] = static_cast<signed char>(digit);
  return values;
}();

int hex_value(char c) {
  return kHexValues[static_cast<unsigned char>(c)];
}

std::string decode(std::string_view text, char plus) {
  std::string out(text.size(), '\0');
  char* to = out.data();
  for (std::size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      c = static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else if (c == '+') {
      c = plus;
    }
    *to++ = c;
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
  return out;
}

}  // namespace

std::string percent_decoded(std::string_view text) {
  return decode(text, '+');
}

std::vector<Field> parse_form(std::string_view text, std::size_t max_fields) {
  std::vector<Field> fields;
  while (!text.empty() && fields.size() < max_fields) {
    const std::size_t end = text.find('&');
    const std::string_view piece = text.substr(0, end);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    if (piece.empty()) continue;
    const std::size_t equals = piece.find('=');
    const std::string_view value = equals == std::string_view::npos ? "" : piece.substr(equals + 1);
    fields.emplace_back(decode(piece.substr(0, equals), ' '), decode(value, ' '));
  }
  return fields;
}

}  // namespace winnow::http
