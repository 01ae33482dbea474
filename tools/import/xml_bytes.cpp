#include "tools/import/xml_bytes.h"

#include <algorithm>

#include "classifier/unicode.h"

namespace winnow {
namespace {

constexpr std::string_view kCdata = "<![CDATA[";
constexpr std::string_view kCdataEnd = "]]>";
// Longer than the longest thing that must be seen whole: a reference such as "&#x10FFFF;".
constexpr std::size_t kLookAhead = 12;

bool is_digit_char(char c) {
  return c >= '0' && c <= '9';
}
bool is_hex_char(char c) {
  return is_digit_char(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// True if `text`, which begins with '&', begins with one of XML's own references to a character it has.
bool is_reference(std::string_view text) {
  const std::size_t end = text.substr(0, kLookAhead).find(';');
  if (end == std::string_view::npos) return false;
  std::string_view name = text.substr(1, end - 1);
  for (const std::string_view known : {"amp", "lt", "gt", "quot", "apos"})
    if (name == known) return true;
  if (!name.starts_with('#')) return false;
  name.remove_prefix(1);
  const int base = name.starts_with('x') ? 16 : 10;
  if (base == 16) name.remove_prefix(1);
  if (name.empty() || !std::ranges::all_of(name, base == 16 ? is_hex_char : is_digit_char)) return false;
  const long code = std::stol(std::string(name), nullptr, base);
  return code == '\t' || code == '\n' || code == '\r' || (code >= 0x20 && code < 0xD800) ||
         (code >= 0xE000 && code < 0xFFFE) || (code >= 0x10000 && code <= 0x10FFFF);
}

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
}

// U+FFFE and U+FFFF.
bool is_non_character(std::string_view text) {
  return text.starts_with("\xEF\xBF\xBE") || text.starts_with("\xEF\xBF\xBF");
}

// The length of `bytes` without an unfinished UTF-8 sequence at its end.
std::size_t whole_characters(std::string_view bytes) {
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, bytes.size()); ++back) {
    const auto lead = static_cast<unsigned char>(bytes[bytes.size() - back]);
    if ((lead & 0xC0) == 0x80) continue;
    const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
    return length > back ? bytes.size() - back : bytes.size();
  }
  return bytes.size();
}

}  // namespace

std::string XmlBytes::mend(std::string_view piece) {
  held_ += piece;
  return mend_held(false);
}

std::string XmlBytes::end() {
  return mend_held(true);
}

std::string XmlBytes::mend_held(bool is_last) {
  const std::size_t whole = is_last ? held_.size() : whole_characters(held_);
  const std::string text = to_valid_utf8(std::string_view(held_).substr(0, whole));
  std::string mended;
  mended.reserve(text.size() + text.size() / 64);
  std::size_t at = 0;
  for (; at < text.size(); ++at) {
    const bool is_inside = (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;  // a character
    if (!is_last && !is_inside && text.size() - at < kLookAhead) break;
    const std::string_view rest = std::string_view(text).substr(at);
    const char c = rest.front();
    if (in_cdata_) {
      if (c == ']' && rest.starts_with(kCdataEnd)) in_cdata_ = false;
    } else if (c == '<' && rest.starts_with(kCdata)) {
      in_cdata_ = true;
    } else if (c == '&' && !is_reference(rest)) {
      mended += "&amp;";
      continue;
    }
    if (is_control(c)) {
      mended += ' ';
    } else if (c == '\xEF' && is_non_character(rest)) {
      mended += "   ";
      at += 2;
    } else {
      mended += c;
    }
  }
  held_ = text.substr(at) + held_.substr(whole);
  return mended;
}

}  // namespace winnow
