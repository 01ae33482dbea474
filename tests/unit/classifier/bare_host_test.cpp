#include "classifier/bare_host.h"

#include <doctest/doctest.h>

#include <string>

using namespace winnow;

namespace {

BareHost host(std::string_view written) {
  BareHost bare;
  bare.written = written;
  return bare;
}

}  // namespace

TEST_CASE("hosts that a reader takes for an address") {
  for (const char* written :
       {"example.com", "Example.COM", "EXAMPLE.ORG", "shop.example.co.uk", "163.com", "my-site.it",
        "shop24.me", "sub.example.in", "www.example.it", "пример.рф", "t.co"}) {
    CAPTURE(std::string(written));
    CHECK(is_believable(host(written)));
  }
}

TEST_CASE("hosts that a reader takes for something else") {
  for (const char* written :
       {"", ".", "com", ".com", "example.", "file.txt", "script.py", "end.Next", "cool.it", "10.am",
        "asp.net", "1.2.3.4", "node.js", "Spring.NET", "Table.DATA", "5.kg", "my_test.app"}) {
    CAPTURE(std::string(written));
    CHECK_FALSE(is_believable(host(written)));
  }
}

TEST_CASE("what stands around a host makes it believable or not") {
  BareHost with_path = host("cool.it");
  with_path.has_path = true;
  CHECK(is_believable(with_path));
  BareHost bracketed = host("cool.it");
  bracketed.bracketed_dot = true;
  CHECK(is_believable(bracketed));
  BareHost address = host("1.2.3.4");
  address.has_path = true;
  CHECK(is_believable(address));
  BareHost spoken = host("example.com");
  spoken.spoken_dot = true;
  CHECK(is_believable(spoken));
  for (const char* written : {"the.com", "for.net", "polka.dress", "join.love"}) {
    CAPTURE(std::string(written));
    spoken.written = written;
    CHECK_FALSE(is_believable(spoken));
  }
}
