// IP addresses and networks (CIDR), IPv4 and IPv6, as text and as something to compare.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "classifier/result.h"

namespace winnow {

// Kept as IPv6; an IPv4 address as ::ffff:1.2.3.4, so that both ways to write it are equal.
class IpAddress {
 public:
  // "203.0.113.7", "2001:db8::1", "::ffff:203.0.113.7"; no port, no brackets, no zone. Empty if it is none.
  static std::optional<IpAddress> parse(std::string_view text);

  bool is_ipv4() const;
  // The shortest usual form; of an IPv4 address always the dotted one.
  std::string text() const;
  // The first `bits` (0..128) bits, the others 0. An IPv4 address begins at bit 96.
  IpAddress prefix(int bits) const;

  bool operator==(const IpAddress&) const = default;

 private:
  std::array<std::uint8_t, 16> bytes_{};
};

struct Network {
  IpAddress base;  // all bits behind the prefix are 0
  int bits = 128;  // of the IPv6 form

  bool contains(const IpAddress& address) const;
};

// False for what is not of the public internet: loopback, private, link-local, shared (100.64.0.0/10), test,
// multicast and reserved ranges, and IPv6 forms that lead to an IPv4 address. After the IANA registries of
// special-purpose addresses (RFC 6890).
bool is_public(const IpAddress& address);

// Addresses and networks as 127.0.0.1, 10.0.0.0/8, fd00::/8. kInvalid quotes the entry that is neither, or
// that has bits behind its prefix.
Result<std::vector<Network>> parse_networks(const std::vector<std::string>& entries);

// What of an address may be logged: its /24 (IPv4) or /48 (IPv6), as "203.0.113.0/24"; "" if it is none.
std::string network_of(std::string_view address);

}  // namespace winnow
