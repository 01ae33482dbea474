#include "classifier/network.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace winnow {
namespace {

constexpr int kBits = 128;
constexpr int kIpv4Begin = 96;  // bits of ::ffff:0:0/96
constexpr std::array<std::uint8_t, 12> kIpv4Prefix = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

std::optional<Network> parse_network(std::string_view text) {
  const std::size_t slash = text.find('/');
  const std::optional<IpAddress> address = IpAddress::parse(text.substr(0, slash));
  if (!address) return std::nullopt;
  Network network{*address, kBits};
  if (slash != std::string_view::npos) {
    const std::string_view digits = text.substr(slash + 1);
    // ::ffff:10.0.0.0/104 is written in IPv6, and so is its prefix.
    const bool dotted = text.substr(0, slash).find(':') == std::string_view::npos;
    int bits = -1;
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (failed != std::errc() || end != digits.data() + digits.size() || bits < 0) return std::nullopt;
    network.bits = bits + (dotted ? kIpv4Begin : 0);
  }
  if (network.bits > kBits || network.base.prefix(network.bits) != network.base) return std::nullopt;
  return network;
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  const std::string terminated(text);
  if (terminated.find('\0') != std::string::npos) return std::nullopt;
  IpAddress address;
  if (::inet_pton(AF_INET6, terminated.c_str(), address.bytes_.data()) == 1) return address;
  std::ranges::copy(kIpv4Prefix, address.bytes_.begin());
  if (::inet_pton(AF_INET, terminated.c_str(), address.bytes_.data() + kIpv4Prefix.size()) == 1)
    return address;
  return std::nullopt;
}

bool IpAddress::is_ipv4() const {
  return std::equal(kIpv4Prefix.begin(), kIpv4Prefix.end(), bytes_.begin());
}

std::string IpAddress::text() const {
  char text[INET6_ADDRSTRLEN];
  const bool ok = is_ipv4() ? ::inet_ntop(AF_INET, bytes_.data() + kIpv4Prefix.size(), text, sizeof text)
                            : ::inet_ntop(AF_INET6, bytes_.data(), text, sizeof text);
  return ok ? text : "";
}

IpAddress IpAddress::prefix(int bits) const {
  IpAddress cut = *this;
  for (int bit = bits; bit < kBits; ++bit)
    cut.bytes_[static_cast<std::size_t>(bit / 8)] &= static_cast<std::uint8_t>(~(0x80U >> (bit % 8)));
  return cut;
}

bool Network::contains(const IpAddress& address) const {
  return address.is_ipv4() == base.is_ipv4() && address.prefix(bits) == base;
}

bool is_public(const IpAddress& address) {
  static const std::vector<Network> special = [] {
    std::vector<Network> networks;
    for (const char* text :
         {"0.0.0.0/8",     "10.0.0.0/8",      "100.64.0.0/10",  "127.0.0.0/8",    "169.254.0.0/16",
          "172.16.0.0/12", "192.0.0.0/24",    "192.0.2.0/24",   "192.88.99.0/24", "192.168.0.0/16",
          "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4",    "240.0.0.0/4",
          "::/96",         "64:ff9b::/96",    "64:ff9b:1::/48", "100::/64",       "2001::/23",
          "2001:db8::/32", "2002::/16",       "fc00::/7",       "fe80::/10",      "ff00::/8"})
      networks.push_back(*parse_network(text));
    return networks;
  }();
  return std::ranges::none_of(special, [&](const Network& network) { return network.contains(address); });
}

Result<std::vector<Network>> parse_networks(const std::vector<std::string>& entries) {
  std::vector<Network> networks;
  for (const std::string& entry : entries) {
    const std::optional<Network> network = parse_network(entry);
    if (!network)
      return Error{ErrorKind::kInvalid,
                   "\"" + entry + "\" is neither an address nor a network such as 10.0.0.0/8", ""};
    networks.push_back(*network);
  }
  return networks;
}

std::string network_of(std::string_view address) {
  constexpr int kLoggedIpv4 = 24;
  constexpr int kLoggedIpv6 = 48;
  const std::optional<IpAddress> parsed = IpAddress::parse(address);
  if (!parsed) return "";
  const bool ipv4 = parsed->is_ipv4();
  return parsed->prefix(ipv4 ? kIpv4Begin + kLoggedIpv4 : kLoggedIpv6).text() + "/" +
         std::to_string(ipv4 ? kLoggedIpv4 : kLoggedIpv6);
}

}  // namespace winnow
