#include "service/http/framing.h"

#include <charconv>

namespace winnow::http {
namespace {

// True if `token` is an element of a list like "TE, close".
bool has_token(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    std::string_view element = list.substr(0, comma);
    list = comma == std::string_view::npos ? std::string_view() : list.substr(comma + 1);
    while (element.starts_with(' ')) element.remove_prefix(1);
    while (element.ends_with(' ')) element.remove_suffix(1);
    if (lower(element) == token) return true;
  }
  return false;
}

bool parse_length(std::string_view text, std::size_t& length) {
  const char* const end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data(), end, length);
  return parsed.ec == std::errc() && parsed.ptr == end;
}

}  // namespace

Framing framing_of(const Request& head) {
  Framing framing;
  int encodings = 0;
  bool has_length = false;
  for (const auto& [name, value] : head.headers) {
    if (name == "transfer-encoding") {
      ++encodings;
      framing.is_clear = framing.is_clear && encodings == 1 && lower(value) == "chunked";
    } else if (name == "content-length") {
      std::size_t length = 0;
      const bool parsed = parse_length(value, length);
      framing.is_clear = framing.is_clear && parsed && (!has_length || length == framing.length);
      framing.length = length;
      has_length = true;
    }
  }
  if (encodings > 0 && has_length) framing.is_clear = false;
  framing.has_body = encodings > 0 || framing.length > 0 || !framing.is_clear;
  return framing;
}

bool wants_keep_alive(const Request& head) {
  const std::string_view connection = head.header("connection");
  if (head.version == "HTTP/1.0") return has_token(connection, "keep-alive");
  return !has_token(connection, "close");
}

}  // namespace winnow::http
