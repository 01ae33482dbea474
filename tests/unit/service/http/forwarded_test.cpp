#include "service/http/forwarded.h"

#include <doctest/doctest.h>

using namespace winnow;
using namespace winnow::http;

namespace {

// Headers in the order of the request; each is one X-Forwarded-For.
std::string client(const std::string& peer, const std::vector<std::string>& forwarded,
                   const std::vector<std::string>& trusted = {"127.0.0.1", "10.0.0.0/8", "fd00::/8"}) {
  std::vector<Field> headers = {{"host", "winnow.example.org"}};
  for (const std::string& value : forwarded) headers.emplace_back("x-forwarded-for", value);
  return client_address(peer, headers, *parse_networks(trusted));
}

}  // namespace

TEST_CASE("a peer that is no trusted proxy is the client, whatever it sends") {
  CHECK(client("203.0.113.7", {}) == "203.0.113.7");
  CHECK(client("203.0.113.7", {"198.51.100.1"}) == "203.0.113.7");
  CHECK(client("127.0.0.1", {"198.51.100.1"}, {}) == "127.0.0.1");
  CHECK(client("::ffff:203.0.113.7", {}) == "203.0.113.7");
  CHECK(client("", {"198.51.100.1"}) == "");
}

TEST_CASE("behind trusted proxies the client is the first address from the right that is none") {
  CHECK(client("127.0.0.1", {"203.0.113.7"}) == "203.0.113.7");
  CHECK(client("::ffff:127.0.0.1", {"::ffff:203.0.113.7"}) == "203.0.113.7");
  CHECK(client("fd00::5", {"2001:DB8::1"}) == "2001:db8::1");
  CHECK(client("127.0.0.1", {"203.0.113.7, 10.1.1.1,10.2.2.2"}) == "203.0.113.7");
  CHECK(client("127.0.0.1", {"203.0.113.7", "10.1.1.1"}) == "203.0.113.7");
  CHECK(client("127.0.0.1", {"10.1.1.1", "203.0.113.7"}) == "203.0.113.7");
}

TEST_CASE("what a client wrote itself is not reached") {
  CHECK(client("127.0.0.1", {"198.51.100.1, 203.0.113.7"}) == "203.0.113.7");
  CHECK(client("127.0.0.1", {"198.51.100.1", "203.0.113.7, 10.1.1.1"}) == "203.0.113.7");
  CHECK(client("127.0.0.1", {"127.0.0.1, 203.0.113.7"}) == "203.0.113.7");
}

TEST_CASE("an entry that is no address ends the way at the last proxy that is known") {
  for (const char* entry : {"unknown", "203.0.113.7:80", "[2001:db8::1]", "203.0.113.7 198.51.100.1", "\""}) {
    CAPTURE(entry);
    CHECK(client("127.0.0.1", {"198.51.100.1, " + std::string(entry)}) == "127.0.0.1");
    CHECK(client("127.0.0.1", {std::string(entry) + ", 10.1.1.1"}) == "10.1.1.1");
  }
  CHECK(client("127.0.0.1", {"198.51.100.1,"}) == "127.0.0.1");
  CHECK(client("127.0.0.1", {""}) == "127.0.0.1");
}

TEST_CASE("a trusted proxy says whether the client came by HTTPS") {
  const std::vector<Network> trusted = *parse_networks({"127.0.0.1", "10.0.0.0/8"});
  const auto https = [&](const char* peer, const char* proto) {
    return forwarded_https(peer, {{"host", "a.example"}, {"x-forwarded-proto", proto}}, trusted);
  };
  CHECK(https("127.0.0.1", "https"));
  CHECK(https("10.1.1.1", "HTTPS, http"));
  CHECK_FALSE(https("127.0.0.1", "http"));
  CHECK_FALSE(https("127.0.0.1", "http, https"));
  CHECK_FALSE(https("203.0.113.7", "https"));
  CHECK_FALSE(https("", "https"));
  CHECK_FALSE(forwarded_https("127.0.0.1", {}, trusted));
}

TEST_CASE("where all are proxies the farthest is the client") {
  CHECK(client("127.0.0.1", {"10.3.3.3, 10.1.1.1"}) == "10.3.3.3");
}
