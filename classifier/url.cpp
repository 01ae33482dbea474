#include "classifier/url.h"

#include <arpa/inet.h>
#include <libpsl.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <functional>
#include <optional>

#include "classifier/byte_set.h"
#include "classifier/html_entities.h"
#include "classifier/links.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::size_t kMaxUrl = 2048;
constexpr std::size_t kMaxHost = 253;  // RFC 1035

const psl_ctx_t* suffixes() {
  static const psl_ctx_t* const list = psl_builtin();
  return list;
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

bool is_alpha(char c) {
  return lower(c) >= 'a' && lower(c) <= 'z';
}

bool is_digit_byte(char c) {
  return c >= '0' && c <= '9';
}

int hex_value(char c) {
  if (is_digit_byte(c)) return c - '0';
  return lower(c) >= 'a' && lower(c) <= 'f' ? lower(c) - 'a' + 10 : -1;
}

bool starts_with_lower(std::string_view text, std::size_t pos, std::string_view prefix) {
  if (pos > text.size() || text.size() - pos < prefix.size()) return false;
  return std::equal(prefix.begin(), prefix.end(), text.begin() + static_cast<std::ptrdiff_t>(pos),
                    [](char p, char t) { return p == lower(t); });
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
      out += static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return to_valid_utf8(out);
}

// What people and browsers cut off: blanks and quotes around, tabs and line breaks within.
std::string cleaned(std::string_view url) {
  constexpr std::string_view kAround = " \t\r\n\f\v\"'<>`";
  const std::size_t first = url.find_first_not_of(kAround);
  if (first == npos) return {};
  std::string out(url.substr(first, url.find_last_not_of(kAround) - first + 1));
  std::erase_if(out, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
  return std::string(clip_utf8(out, kMaxUrl));
}

// One number of an IPv4 address as inet_aton reads it: decimal, 0octal or 0xhex.
std::optional<std::uint64_t> address_number(std::string_view part) {
  std::uint64_t base = 10;
  if (part.size() > 2 && part[0] == '0' && lower(part[1]) == 'x') {
    base = 16;
    part.remove_prefix(2);
  } else if (part.size() > 1 && part[0] == '0') {
    base = 8;
  }
  if (part.empty() || part.size() > 16) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : part) {
    const int digit = hex_value(c);
    if (digit < 0 || static_cast<std::uint64_t>(digit) >= base) return std::nullopt;
    value = value * base + static_cast<std::uint64_t>(digit);
    if (value > 0xFFFFFFFF) return std::nullopt;
  }
  return value;
}

// The dotted quad that browsers make of one to four numbers (WHATWG URL Standard, IPv4 parser).
std::optional<std::string> ipv4_address(std::string_view host) {
  std::array<std::uint64_t, 4> numbers{};
  std::size_t count = 0;
  for (std::size_t pos = 0; pos <= host.size();) {
    const std::size_t dot = std::min(host.find('.', pos), host.size());
    const auto number = address_number(host.substr(pos, dot - pos));
    if (!number || count == numbers.size()) return std::nullopt;
    numbers[count++] = *number;
    pos = dot + 1;
  }
  std::uint64_t address = numbers[count - 1];
  if (address >= std::uint64_t{1} << (8 * (5 - count))) return std::nullopt;
  for (std::size_t i = 0; i + 1 < count; ++i) {
    if (numbers[i] > 255) return std::nullopt;
    address += numbers[i] << (8 * (3 - i));
  }
  std::string quad;
  for (int shift = 24; shift >= 0; shift -= 8) {
    if (!quad.empty()) quad += '.';
    quad += std::to_string(address >> shift & 255);
  }
  return quad;
}

bool is_ipv6_address(const std::string& host) {
  std::array<unsigned char, 16> address{};
  return inet_pton(AF_INET6, host.c_str(), address.data()) == 1;
}

bool is_host_byte(char c) {
  return is_alpha(c) || is_digit_byte(c) || c == '-' || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_host_name(std::string_view host) {
  if (host.empty() || host.size() > kMaxHost) return false;
  std::size_t label = 0;
  for (const char c : host) {
    if (c == '.') {
      if (label == 0) return false;
      label = 0;
    } else if (is_host_byte(c)) {
      if (++label > 63 && static_cast<unsigned char>(c) < 0x80) return false;
    } else {
      return false;
    }
  }
  return label > 0;
}

// "javascript:", "mailto:", "tg://": a scheme that opens no web page. "example.com:80" has none.
bool has_other_scheme(std::string_view url) {
  std::size_t i = 0;
  while (i < url.size() && (is_alpha(url[i]) || is_digit_byte(url[i]) || url[i] == '+' || url[i] == '-')) ++i;
  return i > 0 && i < url.size() && url[i] == ':' && !(i + 1 < url.size() && is_digit_byte(url[i + 1]));
}

// The registrable domain of a name. Some come again and again: the site's own, those of large platforms.
std::string domain_of_name(const std::string& name) {
  struct Known {
    std::string name, domain;
  };
  constexpr std::size_t kKnown = 32;
  thread_local std::array<Known, kKnown> known;
  Known& here = known[std::hash<std::string>{}(name) % kKnown];
  if (here.name != name || name.empty()) {
    const char* domain = psl_registrable_domain(suffixes(), name.c_str());
    here.name.clear();
    here.domain = domain == nullptr ? name : domain;
    here.name = name;
  }
  return here.domain;
}

// The registrable domain of a plain_host().
std::string domain_of(const std::string& host) {
  return host.find(':') != npos || ipv4_address(host) ? host : domain_of_name(host);
}

// A host that is believed without a scheme: below a public suffix, not one itself ("co.uk").
bool is_bare_host(const std::string& host) {
  return host.find('.') != npos && has_known_suffix(host) &&
         psl_is_public_suffix2(suffixes(), host.c_str(), PSL_TYPE_ICANN | PSL_TYPE_NO_STAR_RULE) == 0;
}

void set_host(Link& link, std::string_view authority, bool has_scheme) {
  if (authority.starts_with('[') && authority.find(':') != npos) {
    const std::string address =
        plain_host(authority.substr(1, std::min(authority.find(']'), authority.size()) - 1));
    link.ip_host = is_ipv6_address(address);
    if (link.ip_host) link.host = address;
    return;
  }
  const std::size_t colon = authority.find(':');
  std::string host = plain_host(authority.substr(0, colon));
  if (host.starts_with("www.") && host.find('.', 4) != npos) host.erase(0, 4);
  const bool was_www = starts_with_lower(authority, 0, "www.");
  if (!is_host_name(host)) return;
  if (const auto quad = ipv4_address(host); quad && (has_scheme || *quad == host)) {
    link.host = *quad;
    link.ip_host = true;
  } else if (has_scheme || (was_www && host.find('.') != npos) || is_bare_host(host)) {
    link.host = host;
  }
}

}  // namespace

SchemePrefix scheme_prefix(std::string_view text) {
  struct Scheme {
    std::string_view name;
    bool defanged;
  };
  static constexpr Scheme kSchemes[] = {{"https", false}, {"http", false}, {"ftp", false},
                                        {"hxxps", true},  {"hxxp", true},  {"htxp", true}};
  for (const auto& [name, defanged] : kSchemes) {
    if (!starts_with_lower(text, 0, name)) continue;
    std::size_t i = name.size();
    const bool bracketed = text.substr(i, 3) == "[:]";
    if (!bracketed && (i >= text.size() || text[i] != ':')) continue;
    i += bracketed ? 3 : 1;
    const std::size_t slashes = i;
    while (i < text.size() && i - slashes < 8 && (text[i] == '/' || text[i] == '\\')) ++i;
    if (i == slashes) continue;
    return {i, defanged || bracketed};
  }
  return {};
}

DefangedDot defanged_dot(std::string_view text, std::size_t pos) {
  std::size_t i = pos;
  const auto skip_blank = [&] {
    const bool blank = i < text.size() && text[i] == ' ';
    if (blank) ++i;
    return blank;
  };
  const bool blank_before = skip_blank();
  constexpr std::string_view kOpen = "[({";
  constexpr std::string_view kClose = "])}";
  const std::size_t bracket = i < text.size() ? kOpen.find(text[i]) : npos;
  if (bracket != npos) {
    ++i;
    skip_blank();
    const std::size_t dot = starts_with_lower(text, i, "dot") ? 3 : (starts_with_lower(text, i, ".") ? 1 : 0);
    if (dot == 0) return {};
    i += dot;
    skip_blank();
    if (i >= text.size() || text[i] != kClose[bracket]) return {};
    ++i;
    skip_blank();
    return {i - pos, false};
  }
  if (!blank_before || !starts_with_lower(text, i, "dot ")) return {};
  return {i + 4 - pos, true};
}

std::string plain_host(std::string_view host) {
  static constexpr ByteSet kPlain("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.");
  if (std::ranges::all_of(host, [](char c) { return kPlain.contains(c); })) {
    while (host.ends_with('.')) host.remove_suffix(1);
    return fold(host);
  }
  std::string dotted;
  for (std::size_t i = 0; i < host.size();) {
    const std::size_t length = defanged_dot(host, i).length;
    dotted += length > 0 ? '.' : host[i];
    i += std::max<std::size_t>(length, 1);
  }
  std::string out = fold(dotted.find('%') == npos ? dotted : percent_decoded(dotted));
  replace_all(out, "\u3002", ".");  // the full stop of CJK text, which browsers take for a dot
  while (!out.empty() && out.back() == '.') out.pop_back();
  return out;
}

bool has_known_suffix(std::string_view host) {
  const std::string label(host.substr(host.rfind('.') == npos ? 0 : host.rfind('.') + 1));
  return psl_is_public_suffix2(suffixes(), label.c_str(), PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE) == 1;
}

bool is_dotted_quad(std::string_view host) {
  return ipv4_address(host) == std::optional(std::string(host));
}

Link parse_url(std::string_view url) {
  Link link;
  link.url = cleaned(decode_entities(url));
  std::string_view rest = link.url;
  const SchemePrefix scheme = scheme_prefix(rest);
  const bool relative = rest.starts_with("//") || rest.starts_with("\\\\");
  if (scheme.length == 0 && !relative && has_other_scheme(rest)) return link;
  rest.remove_prefix(relative ? 2 : scheme.length);
  const std::size_t authority_end = std::min(rest.find_first_of("/?#\\"), rest.size());
  std::string_view authority = rest.substr(0, authority_end);
  const bool has_scheme = scheme.length > 0 || relative;
  if (const std::size_t at = authority.rfind('@'); at != npos) {
    if (!has_scheme) return link;  // an e-mail address
    authority.remove_prefix(at + 1);
  }
  set_host(link, authority, has_scheme);
  if (link.host.empty()) return link;
  link.path = rest.substr(authority_end);
  if (link.path.starts_with('\\')) link.path[0] = '/';
  link.domain = link.ip_host ? link.host : domain_of(link.host);
  if (scheme.defanged || authority.find_first_of("([{ ") != npos) link.form = LinkForm::kDefanged;
  if (link.ip_host && authority.starts_with('[')) link.form = LinkForm::kBare;
  return link;
}

std::string registrable_domain(std::string_view host) {
  return domain_of(plain_host(host));
}

}  // namespace winnow
