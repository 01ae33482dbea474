#include "classifier/lists/list_pattern.h"

#include <algorithm>
#include <charconv>

#include "classifier/lists/wild_index.h"
#include "classifier/network.h"
#include "classifier/normalize.h"
#include "classifier/unicode.h"

namespace winnow {
namespace {

constexpr std::size_t kMaxWordBytes = 100;
constexpr int kLeastInText = 3;
// While the other steps of normalising go on, a star is this letter of nobody's, so that none takes it for
// disguise.
constexpr std::string_view kStarInside = "\uE000";
constexpr char32_t kStar = U'\uE000';
constexpr int kIpv4Begin = 96;
constexpr int kWidestIpv4 = 8;
constexpr int kWidestIpv6 = 16;

Error invalid(std::string message) {
  return {ErrorKind::kInvalid, std::move(message), "pattern"};
}

std::string_view trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

std::string replaced(std::string_view text, std::string_view what, std::string_view with) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at, what.size()) == what) {
      out += with;
      at += what.size();
    } else {
      out += text[at++];
    }
  }
  return out;
}

// One star for several.
std::string fold_stars(std::string_view text) {
  std::string out;
  for (const char c : text)
    if (c != '*' || !out.ends_with('*')) out += c;
  return out;
}

bool is_word_by_itself(char32_t c) {
  const Script script = script_of(c);
  return script == Script::kHan || script == Script::kKana || script == Script::kThai;
}

// Letters and digits, and one more where two say as much as three elsewhere.
int weight_of(std::string_view text) {
  int letters = 0;
  bool dense = false;
  for (std::size_t pos = 0; pos < text.size();) {
    const char32_t c = next_code_point(text, pos);
    if (!is_letter(c) && !is_digit(c)) continue;
    const Script script = script_of(c);
    dense |= script == Script::kHan || script == Script::kKana || script == Script::kHangul;
    ++letters;
  }
  return letters + (dense && letters == 2 ? 1 : 0);
}

Result<ListPattern> finished(const std::string& key) {
  ListPattern pattern{fold_stars(key), false};
  pattern.wild = pattern.key.find('*') != std::string::npos;
  if (!pattern.wild) return pattern;
  std::size_t most = 0;
  for (std::string_view rest = pattern.key; !rest.empty();) {
    const std::string_view piece = rest.substr(0, rest.find('*'));
    rest.remove_prefix(std::min(piece.size() + 1, rest.size()));
    const std::string_view core = trim(piece);
    std::size_t characters = 0;
    for (std::size_t pos = 0; pos < core.size(); ++characters) next_code_point(core, pos);
    const bool enough = characters >= 3 || weight_of(core) >= kLeastInText;
    if (enough) most = std::max(most, piece.size());
  }
  if (most < WildIndex::kLeastPiece)
    return invalid(
        "Beside a * there must be at least three characters in a row: else it matches nearly everything.");
  return pattern;
}

Result<ListPattern> read_author(std::string_view written) {
  const std::string folded = normalize(replaced(fold_stars(written), "*", kStarInside)).folded;
  const std::string key = replaced(trim(folded), kStarInside, "*");
  if (key.empty()) return invalid("The name is empty.");
  return finished(key);
}

Result<ListPattern> read_email(std::string_view written) {
  const std::string key = fold(written);
  const std::size_t at = key.find('@');
  if (key.find_first_of(" \t\r\n<>,;") != std::string::npos)
    return invalid("An e-mail address has no blanks, commas or brackets: name@example.org or *@example.org.");
  if (at == std::string::npos && key.find('*') == std::string::npos)
    return invalid("An e-mail address has an @; for all addresses of a domain write *@example.org.");
  if (at != std::string::npos && (at + 1 == key.size() || key.find('@', at + 1) != std::string::npos))
    return invalid("An e-mail address has one @ with a domain behind it: name@example.org or *@example.org.");
  const std::string_view name = std::string_view(key).substr(0, at);
  const std::string_view domain = std::string_view(key).substr(std::min(at, key.size()));
  if (!domain.empty() && (name.empty() || name == "*") && domain.find('*') == std::string_view::npos)
    return ListPattern{std::string(domain), false};
  return finished(key);
}

Result<ListPattern> read_domain(std::string_view written) {
  if (const std::size_t scheme = written.find("://"); scheme != std::string_view::npos)
    written.remove_prefix(scheme + 3);
  while (written.ends_with('/') || written.ends_with('.')) written.remove_suffix(1);
  std::string host = fold(written);
  const bool below = host.starts_with("*.");
  if (below) host.erase(0, 2);
  if (host.starts_with('.')) host.erase(0, 1);
  if (host.starts_with("www.") && host.find('.', 4) != std::string::npos) host.erase(0, 4);
  constexpr std::string_view kSigns = "-._*";
  for (std::size_t pos = 0; pos < host.size();) {
    const char32_t c = next_code_point(host, pos);
    const bool good = is_letter(c) || is_digit(c) ||
                      (c < 0x80 && kSigns.find(static_cast<char>(c)) != std::string_view::npos);
    if (!good)
      return invalid("A domain is a host name such as example.org: without path, port, @ or blanks.");
  }
  if (host.empty() || host.find("..") != std::string::npos)
    return invalid("A domain is a host name such as example.org.");
  if (!below && host.find('.') == std::string::npos && host.find('*') == std::string::npos)
    return invalid("A domain has a dot: example.org; for all below a suffix write *.xyz.");
  Result<ListPattern> pattern = finished(list_host(host));
  if (pattern && pattern->wild) pattern->key = "*." + pattern->key;  // it covers what is below
  return pattern;
}

// "203.0.113.*" as "203.0.113.0/24".
std::string network_of_stars(std::string_view written) {
  std::string out(written);
  int octets = 4;
  while (out.ends_with(".*")) {
    out.erase(out.size() - 2);
    --octets;
  }
  if (octets == 4) return out;
  for (int i = octets; i < 4; ++i) out += ".0";
  return out + "/" + std::to_string(8 * octets);
}

Result<ListPattern> read_address(std::string_view written) {
  const std::string text = network_of_stars(written);
  const std::size_t slash = text.find('/');
  const std::optional<IpAddress> address = IpAddress::parse(std::string_view(text).substr(0, slash));
  if (!address)
    return invalid(
        "An address is one such as 203.0.113.7 or 2001:db8::7, or a network such as 203.0.113.0/24.");
  if (slash == std::string::npos) return ListPattern{address->text(), false};
  const Result<std::vector<Network>> networks = parse_networks({text});
  if (!networks) {
    int bits = -1;
    std::from_chars(text.data() + slash + 1, text.data() + text.size(), bits);
    const bool dotted = text.find(':') == std::string::npos;
    if (bits < 0 || bits > (dotted ? 32 : 128))
      return invalid("Behind the / of a network stands its length in bits: 203.0.113.0/24, 2001:db8::/32.");
    return invalid("The address has bits behind the network's length; that network is " +
                   address->prefix(bits + (dotted ? kIpv4Begin : 0)).text() + "/" + std::to_string(bits) +
                   ".");
  }
  const Network& network = networks->front();
  const bool ipv4 = network.base.is_ipv4() && network.bits >= kIpv4Begin;
  const int bits = network.bits - (ipv4 ? kIpv4Begin : 0);
  if (bits < (ipv4 ? kWidestIpv4 : kWidestIpv6))
    return invalid("The network is too wide: at most a /8 of IPv4 or a /16 of IPv6.");
  return ListPattern{network.base.text() + "/" + std::to_string(bits), false};
}

Result<ListPattern> read_text(std::string_view written) {
  std::string key = list_text(normalize(replaced(fold_stars(written), "*", kStarInside)).folded, true);
  if (weight_of(key) < kLeastInText)
    return invalid("A text needs at least three letters or digits (two of Chinese, Japanese or Korean).");
  Result<ListPattern> pattern = finished(key);
  // Words are looked for by their letters in any case.
  if (pattern) pattern->wild = true;
  return pattern;
}

}  // namespace

Result<ListPattern> read_list_pattern(ListField field, std::string_view written) {
  if (written.size() > kMaxPatternBytes)
    return invalid("A pattern has at most " + std::to_string(kMaxPatternBytes) + " bytes.");
  if (!is_valid_utf8(written)) return invalid("A pattern is text in UTF-8.");
  written = trim(written);
  if (written.empty()) return invalid("The pattern is empty.");
  switch (field) {
    case ListField::kAuthor:
      return read_author(written);
    case ListField::kEmail:
      return read_email(written);
    case ListField::kDomain:
      return read_domain(written);
    case ListField::kAddress:
      return read_address(written);
    case ListField::kText:
      return read_text(written);
  }
  return invalid("There is no such field.");
}

std::string list_text(std::string_view folded, bool keep_stars) {
  std::string out = " ";
  out.reserve(folded.size() + 2);
  std::size_t word = 0;  // bytes of the word that `out` ends with
  const auto end_word = [&] {
    if (word > 0) out += ' ';
    word = 0;
  };
  for (std::size_t pos = 0; pos < folded.size();) {
    const std::size_t begin = pos;
    const char32_t c = next_code_point(folded, pos);
    const bool star = keep_stars && c == kStar;
    if (!star && !is_letter(c) && !is_digit(c)) {
      end_word();
      continue;
    }
    const bool alone = !star && c >= 0x80 && is_word_by_itself(c);
    if (alone) end_word();
    if (word + (pos - begin) <= kMaxWordBytes) {
      star ? out += '*' : out.append(folded.substr(begin, pos - begin));
      word += pos - begin;
    }
    if (alone) end_word();
  }
  end_word();
  return out;
}

std::string list_host(std::string_view host) {
  std::string out;
  while (true) {
    const std::string_view label = host.substr(0, host.find('.'));
    out += label.find('*') == std::string_view::npos ? ascii_label(label) : std::string(label);
    if (label.size() == host.size()) return out;
    out += '.';
    host.remove_prefix(label.size() + 1);
  }
}

}  // namespace winnow
