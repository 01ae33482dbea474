#include "service/store/site.h"

#include <algorithm>
#include <charconv>

#include "classifier/unicode.h"

namespace winnow {
namespace {

constexpr std::size_t kMaxUrlBytes = 2048;
constexpr std::size_t kMaxHostBytes = 253;  // RFC 1035
constexpr std::size_t kMaxLabelBytes = 63;
constexpr int kHttpPort = 80;
constexpr int kHttpsPort = 443;

Error invalid(std::string message) {
  return Error{ErrorKind::kInvalid, std::move(message), "url"};
}

bool is_digit_char(char c) {
  return c >= '0' && c <= '9';
}
bool is_host_char(char c) {
  return is_digit_char(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

// A name or dotted quad; `host` is in lower case.
bool is_plausible_name(std::string_view host) {
  if (host.empty() || host.size() > kMaxHostBytes) return false;
  int labels = 0;
  bool all_numbers = true;
  while (true) {
    const std::string_view label = host.substr(0, host.find('.'));
    if (label.empty() || label.size() > kMaxLabelBytes || !std::ranges::all_of(label, is_host_char))
      return false;
    if (label.front() == '-' || label.back() == '-') return false;
    int number = 256;
    if (label.size() <= 3) std::from_chars(label.data(), label.data() + label.size(), number);
    const bool is_number = std::ranges::all_of(label, is_digit_char);
    all_numbers = all_numbers && is_number && number <= 255;
    ++labels;
    if (label.size() == host.size()) return !is_number || (all_numbers && labels == 4);
    host.remove_prefix(label.size() + 1);
  }
}

bool is_plausible_ipv6(std::string_view bracketed) {
  const std::string_view inner = bracketed.substr(1, bracketed.size() - 2);
  return inner.size() >= 2 && inner.size() <= 45 && std::ranges::count(inner, ':') >= 2 &&
         inner.find_first_not_of("0123456789abcdef:.") == std::string_view::npos;
}

struct Authority {
  std::string host;
  int port = 0;  // 0: none
};

Result<int> parse_port(std::string_view digits) {
  int port = 0;
  if (digits.empty()) return port;
  const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (failed != std::errc() || end != digits.data() + digits.size() || port < 1 || port > 65535) {
    return invalid("the site's address has no valid port");
  }
  return port;
}

Result<Authority> parse_authority(std::string_view text, bool keep_www) {
  text.remove_prefix(text.rfind('@') + 1);  // a user name; npos + 1 is 0
  const std::size_t bracket = text.starts_with('[') ? text.find(']') : 0;
  if (bracket == std::string_view::npos) return invalid("the site's address has no plausible host name");
  const std::size_t colon = text.find(':', bracket);
  Authority authority;
  authority.host = ascii_lower(text.substr(0, colon));
  if (colon != std::string_view::npos) {
    const Result<int> port = parse_port(text.substr(colon + 1));
    if (!port) return port.error();
    authority.port = *port;
  }
  std::string& host = authority.host;
  if (host.ends_with('.')) host.pop_back();
  if (!keep_www && host.starts_with("www.") && host.find('.', 4) != std::string::npos) host.erase(0, 4);
  const bool plausible =
      host.starts_with('[') ? host.ends_with(']') && is_plausible_ipv6(host) : is_plausible_name(host);
  if (!plausible) return invalid("the site's address has no plausible host name");
  return authority;
}

// Takes "http://", "https://" or "//" off the front; returns the scheme's default port, 0 where none is
// written.
Result<int> take_scheme(std::string_view& url) {
  if (url.starts_with("//")) {
    url.remove_prefix(2);
    return 0;
  }
  const std::size_t colon = url.find("://");
  if (colon == std::string_view::npos || url.find_first_of("/?#") < colon) return 0;
  const std::string scheme = ascii_lower(url.substr(0, colon));
  url.remove_prefix(colon + 3);
  if (scheme == "http") return kHttpPort;
  if (scheme == "https") return kHttpsPort;
  return invalid("the site's address is neither http nor https");
}

}  // namespace

Thresholds SiteThresholds::over(const Thresholds& defaults) const {
  return {unsure.value_or(defaults.unsure), spam.value_or(defaults.spam), discard.value_or(defaults.discard)};
}

Result<std::string> canonical_site(std::string_view url, const SiteForm& form) {
  url = trim(url);
  if (url.empty()) return invalid("the site's address is empty");
  if (url.size() > kMaxUrlBytes) return invalid("the site's address is longer than 2048 bytes");
  const bool has_control =
      std::ranges::any_of(url, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (has_control || !is_valid_utf8(url))
    return invalid("the site's address has characters that no address has");

  const Result<int> default_port = take_scheme(url);
  if (!default_port) return default_port.error();
  const std::size_t end = std::min(url.find_first_of("/?#"), url.size());
  const Result<Authority> authority = parse_authority(url.substr(0, end), form.www);
  if (!authority) return authority.error();

  std::string_view path = form.path ? url.substr(end) : std::string_view();
  path = path.substr(0, path.find_first_of("?#"));
  while (path.ends_with('/')) path.remove_suffix(1);

  std::string site = !form.scheme ? "" : *default_port == kHttpsPort ? "https://" : "http://";
  site += authority->host;
  if (authority->port != 0 && authority->port != *default_port) site += ':' + std::to_string(authority->port);
  return site.append(path);
}

}  // namespace winnow
