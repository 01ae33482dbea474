#include "service/http/multipart.h"

#include <doctest/doctest.h>

namespace winnow::http {
namespace {

using Fields = std::vector<Field>;

std::string part(const std::string& name, const std::string& value) {
  return "--B\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
}

TEST_CASE("the boundary of a content type") {
  CHECK(multipart_boundary("multipart/form-data; boundary=abc") == "abc");
  CHECK(multipart_boundary("multipart/form-data; charset=utf-8; Boundary=\"a b:c\"") == "a b:c");
  CHECK(multipart_boundary("multipart/form-data;boundary=----WebKitFormBoundary7MA; x=y") ==
        "----WebKitFormBoundary7MA");
  CHECK_FALSE(multipart_boundary("multipart/form-data"));
  CHECK_FALSE(multipart_boundary("multipart/form-data; boundary="));
  CHECK_FALSE(multipart_boundary("multipart/form-data; boundary=" + std::string(71, 'x')));
}

TEST_CASE("parts in order, with any bytes for a value") {
  const std::string binary("\0\xff\r\n--A\r\n", 9);
  const std::string body = part("blog", "http://a.example") + part("empty", "") + part("bytes", binary) +
                           part("lines", "one\r\ntwo") + part("blog", "second") + "--B--\r\n";
  CHECK(parse_multipart(body, "B") == Fields{{"blog", "http://a.example"},
                                             {"empty", ""},
                                             {"bytes", binary},
                                             {"lines", "one\r\ntwo"},
                                             {"blog", "second"}});
}

TEST_CASE("heads in other forms") {
  const std::string body =
      "preamble\r\n--B\r\ncontent-type: text/plain\r\ncontent-disposition: form-data; "
      "NAME=plain\r\n\r\nv1\r\n"
      "--B\r\nContent-Disposition: form-data; name=\"say \\\"hi\\\"\"; x=y\r\n\r\nv2\r\n"
      "--B\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.png\"\r\n\r\nPNG\r\n"
      "--B\r\nContent-Disposition: form-data\r\n\r\nnameless\r\n--B--";
  CHECK(parse_multipart(body, "B") == Fields{{"plain", "v1"}, {"say \"hi\"", "v2"}});
}

TEST_CASE("what is broken ends the list") {
  CHECK(parse_multipart("", "B").empty());
  CHECK(parse_multipart("no boundary here", "B").empty());
  CHECK(parse_multipart("--B--\r\n", "B").empty());
  CHECK(parse_multipart(part("a", "1") + "--B\r\nContent-Disposition: form-data; name=\"b\"\r\n\r\ncut",
                        "B") == Fields{{"a", "1"}});
  CHECK(parse_multipart("--B\r\nno end of the head", "B").empty());
  CHECK(parse_multipart("--B\r\nX: " + std::string(10000, 'x') + "\r\n\r\nv\r\n--B--", "B").empty());
}

TEST_CASE("parts are counted") {
  std::string body;
  for (int i = 0; i < 50; ++i) body += part("n", "v");
  CHECK(parse_multipart(body + "--B--", "B", 10).size() == 10);
}

TEST_CASE("a megabyte of almost-boundaries is read in linear time") {
  std::string body = part("a", "");
  body.resize(body.size() - 2);
  while (body.size() < 1 << 20) body += "\r\n-";
  CHECK(parse_multipart(body + "\r\n--B--", "B").size() == 1);
}

}  // namespace
}  // namespace winnow::http
