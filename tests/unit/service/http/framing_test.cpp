#include "service/http/framing.h"

#include <doctest/doctest.h>

namespace winnow::http {
namespace {

Request with(std::vector<Field> headers, std::string version = "HTTP/1.1") {
  Request request;
  request.version = std::move(version);
  request.headers = std::move(headers);
  return request;
}

TEST_CASE("how long a body is said to be") {
  struct {
    std::vector<Field> headers;
    bool has_body;
    bool is_clear;
    std::size_t length;
  } const cases[] = {
      {{}, false, true, 0},
      {{{"content-length", "0"}}, false, true, 0},
      {{{"content-length", "42"}}, true, true, 42},
      {{{"content-length", "42"}, {"content-length", "42"}}, true, true, 42},
      {{{"transfer-encoding", "chunked"}}, true, true, 0},
      {{{"transfer-encoding", "Chunked"}}, true, true, 0},
  };
  for (const auto& [headers, has_body, is_clear, length] : cases) {
    const Framing framing = framing_of(with(headers));
    CHECK(framing.has_body == has_body);
    CHECK(framing.is_clear == is_clear);
    CHECK(framing.length == length);
  }
}

TEST_CASE("lengths that a proxy could read otherwise are refused") {
  const std::vector<Field> cases[] = {
      {{"content-length", "-1"}},
      {{"content-length", "+1"}},
      {{"content-length", "0x10"}},
      {{"content-length", "12 "}},
      {{"content-length", "99999999999999999999999"}},
      {{"content-length", "1"}, {"content-length", "2"}},
      {{"content-length", "5"}, {"transfer-encoding", "chunked"}},
      {{"transfer-encoding", "gzip, chunked"}},
      {{"transfer-encoding", "chunked"}, {"transfer-encoding", "chunked"}},
      {{"transfer-encoding", "identity"}},
  };
  for (const auto& headers : cases) {
    CAPTURE(headers[0].second);
    CHECK_FALSE(framing_of(with(headers)).is_clear);
    CHECK(framing_of(with(headers)).has_body);
  }
}

TEST_CASE("which connections go on") {
  CHECK(wants_keep_alive(with({})));
  CHECK(wants_keep_alive(with({{"connection", "keep-alive"}})));
  CHECK_FALSE(wants_keep_alive(with({{"connection", "close"}})));
  CHECK_FALSE(wants_keep_alive(with({{"connection", "TE, Close"}})));
  CHECK_FALSE(wants_keep_alive(with({}, "HTTP/1.0")));
  CHECK(wants_keep_alive(with({{"connection", "Keep-Alive"}}, "HTTP/1.0")));
}

}  // namespace
}  // namespace winnow::http
