#include "classifier/network.h"

#include <doctest/doctest.h>

using namespace winnow;

TEST_CASE("an address is read and written in its usual form") {
  const struct {
    const char* text;
    const char* usual;
  } cases[] = {{"203.0.113.7", "203.0.113.7"},
               {"::ffff:203.0.113.7", "203.0.113.7"},
               {"::FFFF:cb00:7107", "203.0.113.7"},
               {"2001:DB8:0:0::1", "2001:db8::1"},
               {"::", "::"},
               {"0.0.0.0", "0.0.0.0"}};
  for (const auto& [text, usual] : cases) {
    CAPTURE(text);
    REQUIRE(IpAddress::parse(text));
    CHECK(IpAddress::parse(text)->text() == usual);
  }
  for (const std::string_view bad :
       {std::string_view(""), std::string_view("203.0.113"), std::string_view("203.0.113.256"),
        std::string_view("203.0.113.7:80"), std::string_view("[2001:db8::1]"),
        std::string_view("fe80::1%eth0"), std::string_view(" 203.0.113.7"),
        std::string_view("203.0.113.7\0", 12), std::string_view("unknown")})
    CHECK_FALSE(IpAddress::parse(bad));
}

TEST_CASE("a network contains what begins as it does, of its own family") {
  const auto contains = [](const char* network, const char* address) {
    return parse_networks({network})->at(0).contains(*IpAddress::parse(address));
  };
  CHECK(contains("10.0.0.0/8", "10.255.0.1"));
  CHECK(contains("10.0.0.0/8", "::ffff:10.255.0.1"));
  CHECK_FALSE(contains("10.0.0.0/8", "11.0.0.0"));
  CHECK(contains("203.0.113.128/25", "203.0.113.128"));
  CHECK_FALSE(contains("203.0.113.128/25", "203.0.113.127"));
  CHECK(contains("127.0.0.1", "127.0.0.1"));
  CHECK_FALSE(contains("127.0.0.1", "127.0.0.2"));
  CHECK(contains("0.0.0.0/0", "203.0.113.7"));
  CHECK_FALSE(contains("0.0.0.0/0", "2001:db8::1"));
  CHECK(contains("::/0", "2001:db8::1"));
  CHECK_FALSE(contains("::/0", "203.0.113.7"));
  CHECK(contains("2001:db8::/33", "2001:db8:7fff::1"));
  CHECK_FALSE(contains("2001:db8::/33", "2001:db8:8000::1"));
  CHECK(contains("::ffff:10.0.0.0/104", "10.1.2.3"));
}

TEST_CASE("a list of networks, and what is none is quoted") {
  CHECK(parse_networks({})->empty());
  CHECK(parse_networks({"127.0.0.1", "10.0.0.0/8", "fd00::/8"})->size() == 3);
  for (const std::string bad : {"", "localhost", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/", "10.0.0.0/-1",
                                "10.0.0.0/8x", "fd00::/129", "127.0.0.1 ::1", "/8"}) {
    CAPTURE(bad);
    const auto networks = parse_networks({"127.0.0.1", bad});
    REQUIRE_FALSE(networks.ok());
    CHECK(networks.error().kind == ErrorKind::kInvalid);
    CHECK(networks.error().message.find('"' + bad + '"') != std::string::npos);
  }
}

TEST_CASE("of an address only its network is for the log") {
  CHECK(network_of("203.0.113.7") == "203.0.113.0/24");
  CHECK(network_of("::ffff:203.0.113.7") == "203.0.113.0/24");
  CHECK(network_of("2001:db8:1:2:3::4") == "2001:db8:1::/48");
  CHECK(network_of("") == "");
  CHECK(network_of("somebody") == "");
}

TEST_CASE("is_public: not what leads back inside") {
  for (const char* inside :
       {"127.0.0.1",   "127.255.255.254", "10.1.2.3",         "172.16.0.1",      "172.31.255.255",
        "192.168.1.1", "169.254.169.254", "100.64.0.1",       "0.0.0.0",         "255.255.255.255",
        "224.0.0.1",   "192.0.2.1",       "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::1",
        "::",          "::127.0.0.1",     "64:ff9b::7f00:1",  "2002:7f00:1::",   "fc00::1",
        "fd12::1",     "fe80::1",         "ff02::1",          "2001:db8::1"}) {
    CAPTURE(inside);
    CHECK_FALSE(is_public(*IpAddress::parse(inside)));
  }
  for (const char* outside : {"1.1.1.1", "172.15.0.1", "172.32.0.1", "100.63.0.1", "100.128.0.1",
                              "192.169.0.1", "2606:4700::1111", "::ffff:1.1.1.1"}) {
    CAPTURE(outside);
    CHECK(is_public(*IpAddress::parse(outside)));
  }
}
