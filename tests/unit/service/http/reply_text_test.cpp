#include "service/http/reply_text.h"

#include <doctest/doctest.h>

namespace winnow::http {
namespace {

Request asked(std::string method, std::string version = "HTTP/1.1") {
  Request request;
  request.method = std::move(method);
  request.version = std::move(version);
  return request;
}

TEST_CASE("a reply on the wire") {
  const Reply reply{404, "text/plain", "nothing", {{"X-One", "1"}}, {{"note", "never sent"}}};
  const std::string head =
      "HTTP/1.1 404 Not Found\r\nX-One: 1\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n";
  CHECK(reply_text(reply, asked("GET"), true) == head + "\r\nnothing");
  CHECK(reply_text(reply, asked("HEAD"), true) == head + "\r\n");
  CHECK(reply_text(reply, asked("GET"), false) == head + "Connection: close\r\n\r\nnothing");
  CHECK(reply_text(reply, asked("GET", "HTTP/1.0"), true) == head + "Connection: keep-alive\r\n\r\nnothing");
  CHECK(reply_text({204, "text/plain", "", {}, {}}, asked("GET"), true) == "HTTP/1.1 204 No Content\r\n\r\n");
}

TEST_CASE("a line break in a value begins no header") {
  const Reply reply{200, "text/plain", "", {{"X-One", "a\r\nX-Two: b"}}, {}};
  CHECK(reply_text(reply, asked("GET"), true).find("X-One: a  X-Two: b\r\n") != std::string::npos);
}

}  // namespace
}  // namespace winnow::http
