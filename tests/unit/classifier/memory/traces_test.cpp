#include "classifier/memory/traces.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

TEST_CASE("a network is the /24 or /64 of an address on the internet, however it is written") {
  CHECK(network_name("203.0.113.77") == "203.0.113.0");
  CHECK(network_name("::ffff:203.0.113.9") == "203.0.113.0");
  CHECK(network_name("2001:db8:1:2:3:4:5:6") == "2001:db8:1:2::");
  for (const char* address :
       {"127.0.0.1", "10.0.0.9", "172.16.5.5", "192.168.1.1", "100.64.0.1", "169.254.1.1", "0.0.0.0", "::1",
        "::", "fd12::1", "fe80::1", "::ffff:10.0.0.1", "", "unknown", "1.2.3"})
    CHECK(network_name(address) == "");
}

TEST_CASE("linked domains are those of text and URL field, without the ones that everybody links to") {
  Comment comment;
  comment.author_url = "http://www.lamps.example.com/";
  comment.content =
      "see http://a.shop.example.net/x and http://b.shop.example.net/y, https://github.com/x and "
      "http://bit.ly/z";
  const std::set<std::string> domains = linked_domains(Features(comment));
  CHECK(domains == std::set<std::string>{"example.com", "example.net"});
  comment.content = "";
  for (int i = 0; i < 60; ++i) comment.content += "http://shop" + std::to_string(i) + "lamps.com/ ";
  CHECK(linked_domains(Features(comment)).size() == 20);
}

}  // namespace
}  // namespace winnow
