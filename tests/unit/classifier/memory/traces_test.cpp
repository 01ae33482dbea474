#include "classifier/memory/traces.h"

#include <doctest/doctest.h>

namespace winnow {
namespace {

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
