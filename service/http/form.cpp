#include "service/http/form.h"

namespace winnow::http {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

std::string decode(std::string_view text, char plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i] == '+' ? plus : text[i];
    }
  }
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
