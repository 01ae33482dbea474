#include "service/http/request_reader.h"

#include <doctest/doctest.h>

#include <algorithm>

namespace winnow::http {
namespace {

using Progress = RequestReader::Progress;

constexpr std::size_t kLimit = 100;

// Takes all of it, in pieces of `step` bytes, with bodies of up to `limit` bytes.
Progress feed(RequestReader& reader, std::string_view text, std::size_t step = 1 << 20,
              std::size_t limit = kLimit) {
  Progress progress = Progress::kMore;
  for (std::size_t i = 0; i < text.size(); i += step) {
    progress = reader.take(text.substr(i, step));
    if (progress == Progress::kHead) progress = reader.allow_body(limit);
  }
  return progress;
}

Progress next(RequestReader& reader, std::size_t limit = kLimit) {
  const Progress progress = reader.next();
  return progress == Progress::kHead ? reader.allow_body(limit) : progress;
}

ErrorKind refusal_of(std::string_view text, std::size_t limit = kLimit) {
  RequestReader reader;
  REQUIRE(feed(reader, text, 1 << 20, limit) == Progress::kRefused);
  return reader.refusal().kind;
}

const std::string kPost =
    "POST /1.1/a%2Bb+c?q=%20 HTTP/1.1\r\nHost: x\r\nX-Word:  two words \r\nContent-Length: 5\r\n\r\nhello";
const std::string kChunked =
    "PUT /b HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: "
    "chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nX-Trailer: z\r\n\r\n";
const std::string kGet = "GET / HTTP/1.0\r\n\r\n";

TEST_CASE("a request is the same wherever its bytes are split, and so are those behind it") {
  const std::string all = kPost + kChunked + kGet;
  for (std::size_t split = 1; split <= all.size(); ++split) {
    CAPTURE(split);
    RequestReader reader;
    Progress progress = feed(reader, all.substr(0, split));
    const auto come_to_whole = [&] {
      if (progress == Progress::kMore && split < all.size()) {
        progress = feed(reader, all.substr(split));
        split = all.size();
      }
      REQUIRE(progress == Progress::kWhole);
    };
    const std::size_t chosen = split;
    come_to_whole();
    CHECK(reader.request().method == "POST");
    CHECK(reader.request().path == "/1.1/a+b+c");
    CHECK(reader.request().query == "q=%20");
    CHECK(reader.request().version == "HTTP/1.1");
    CHECK(reader.request().header("x-word") == "two words");
    CHECK(reader.request().body == "hello");
    if (split < all.size()) {
      progress = feed(reader, all.substr(split));
      split = all.size();
    }
    progress = next(reader);
    REQUIRE(progress == Progress::kWhole);
    CHECK(reader.request().method == "PUT");
    CHECK(reader.request().body == "hello");
    REQUIRE(next(reader) == Progress::kWhole);
    CHECK(reader.request().version == "HTTP/1.0");
    CHECK_FALSE(reader.has_next());
    CHECK(next(reader) == Progress::kMore);
    CHECK_FALSE(reader.is_begun());
    CHECK(reader.held() == 0);
    split = chosen;
  }
}

TEST_CASE("a byte at a time, with blank lines before it") {
  for (const std::string& text : {kPost, kChunked}) {
    RequestReader reader;
    CHECK(feed(reader, "\r\n\r\n") == Progress::kMore);
    CHECK_FALSE(reader.is_begun());
    CHECK(feed(reader, text.substr(0, text.size() - 1), 1) == Progress::kMore);
    CHECK(reader.is_begun());
    CHECK(feed(reader, text.substr(text.size() - 1)) == Progress::kWhole);
    CHECK(reader.request().body == "hello");
  }
}

TEST_CASE("bodies are counted by length and by chunk, before they are there") {
  const std::string head = "POST / HTTP/1.1\r\n";
  const auto of_length = [&](const std::string& length) {
    return head + "Content-Length: " + length + "\r\n\r\n";
  };
  const std::string chunks = head + "Transfer-Encoding: chunked\r\n\r\n";
  CHECK(refusal_of(of_length("101")) == ErrorKind::kTooLarge);
  CHECK(refusal_of(of_length("18446744073709551615")) == ErrorKind::kTooLarge);
  CHECK(refusal_of(chunks + "65\r\n") == ErrorKind::kTooLarge);
  CHECK(refusal_of(chunks + "64\r\n" + std::string(100, 'a') + "\r\n1\r\na") == ErrorKind::kTooLarge);
  CHECK(refusal_of(chunks + "ffffffffffffffff\r\n") == ErrorKind::kTooLarge);
  CHECK(refusal_of(chunks + "zz\r\n") == ErrorKind::kInvalid);
  CHECK(refusal_of(chunks + "1\r\nabc\r\n") == ErrorKind::kInvalid);
  CHECK(refusal_of(chunks + "1;" + std::string(9000, 'x')) == ErrorKind::kTooLarge);
  CHECK(refusal_of(chunks + "0\r\nX: " + std::string(9000, 'x')) == ErrorKind::kTooLarge);
  const std::string padded = "1;" + std::string(8000, 'x') + "\r\na\r\n";
  std::string wasteful = chunks;
  for (int i = 0; i < 10; ++i) wasteful += padded;
  CHECK(refusal_of(wasteful) == ErrorKind::kTooLarge);
  RequestReader reader;
  CHECK(feed(reader, chunks + "64\r\n" + std::string(100, 'a') + "\r\n0\r\n\r\n") == Progress::kWhole);
  CHECK(reader.request().body.size() == 100);
}

TEST_CASE("heads are bounded in bytes, in headers and in each of them") {
  const auto with_headers = [](std::size_t count, std::size_t size, const std::string& target = "/") {
    std::string text = "GET " + target + " HTTP/1.1\r\n";
    for (std::size_t i = 0; i < count; ++i) text += "X: " + std::string(size, 'x') + "\r\n";
    return text + "\r\n";
  };
  RequestReader reader;
  CHECK(feed(reader, with_headers(kMaxHeaders, 1)) == Progress::kWhole);
  CHECK(next(reader) == Progress::kMore);
  CHECK(feed(reader, with_headers(7, kMaxHeaderBytes - 1)) == Progress::kWhole);
  CHECK(refusal_of(with_headers(kMaxHeaders + 1, 1)) == ErrorKind::kTooLarge);
  CHECK(refusal_of(with_headers(kMaxHeaders, 1, "http://a.example/")) == ErrorKind::kTooLarge);  // its host
  CHECK(refusal_of(with_headers(1, kMaxHeaderBytes)) == ErrorKind::kTooLarge);
  CHECK(refusal_of(with_headers(9, kMaxHeaderBytes - 1)) == ErrorKind::kTooLarge);
  CHECK(refusal_of("GET /" + std::string(kMaxHeaderBytes, 'x') + " HTTP/1.1\r\n\r\n") ==
        ErrorKind::kTooLarge);
  RequestReader endless;
  Progress progress = feed(endless, "GET / HTTP/1.1\r\n");
  std::size_t sent = 0;
  for (; progress == Progress::kMore && sent < 10 * kMaxHeadBytes; sent += 1000)
    progress = feed(endless, "X: " + std::string(995, 'x') + "\r\n");
  CHECK(progress == Progress::kRefused);
  CHECK(sent <= kMaxHeadBytes + 1000);
  CHECK(endless.held() == 0);
}

TEST_CASE("garbage, and lengths that a proxy could read otherwise") {
  for (const char* text :
       {"hello\r\n\r\n", "GET / HTTP/3.0\r\n\r\n", "FOO / HTTP/1.1\r\n\r\n", "GET /\r\n\r\n",
        "\x16\x03\x01\x02\r\n\r\n", "GET / HTTP/1.1\nHost: x\n\n\r\n\r\n",
        "GET / HTTP/1.1\r\nno header\r\n\r\n", "GET / HTTP/1.1\r\nbad name: x\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: 0x5\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: identity\r\n\r\n"}) {
    CAPTURE(text);
    CHECK(refusal_of(text) == ErrorKind::kInvalid);
  }
}

TEST_CASE("a body that nobody reads is left, and said to be left") {
  RequestReader reader;
  CHECK(feed(reader, "GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", 1 << 20, 0) == Progress::kWhole);
  CHECK(reader.leaves_body());
  CHECK(reader.request().body.empty());
}

TEST_CASE("100-continue is awaited until the first byte of the body, and not by HTTP/1.0") {
  const std::string head = "POST / HTTP/1.1\r\nExpect: 100-Continue\r\nContent-Length: 5\r\n\r\n";
  RequestReader reader;
  CHECK(feed(reader, head) == Progress::kMore);
  CHECK(reader.awaits_continue());
  CHECK(feed(reader, "h") == Progress::kMore);
  CHECK_FALSE(reader.awaits_continue());
  RequestReader at_once;
  feed(at_once, head + "h");
  CHECK_FALSE(at_once.awaits_continue());
  RequestReader old;
  std::string old_head = head;
  old_head.replace(old_head.find("1.1"), 3, "1.0");
  feed(old, old_head);
  CHECK_FALSE(old.awaits_continue());
}

TEST_CASE("what ends early is refused, and takes no byte more") {
  for (const std::string& part : {kPost.substr(0, 30), kPost.substr(0, kPost.size() - 1)}) {
    RequestReader reader;
    CHECK(feed(reader, part) == Progress::kMore);
    reader.cut_off();
    CHECK(reader.refusal().kind == ErrorKind::kInvalid);
    CHECK(reader.take("more") == Progress::kRefused);
    CHECK_FALSE(reader.awaits_continue());
  }
}

TEST_CASE("a target in absolute form brings its host") {
  RequestReader reader;
  CHECK(feed(reader, "GET http://a.example/b?c HTTP/1.1\r\nHost: d\r\n\r\n") == Progress::kWhole);
  CHECK(reader.request().path == "/b");
  CHECK(reader.request().query == "c");
  CHECK(reader.request().header("host") == "a.example");
}

TEST_CASE("a trailer behind the last chunk may come byte by byte") {
  RequestReader reader;
  for (const char c : std::string_view("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n"))
    reader.take({&c, 1});
  RequestReader::Progress progress = reader.allow_body(100);
  for (const char c : std::string_view("3\r\nabc\r\n0\r\nT: u\r\n\r\n")) {
    CHECK(progress == RequestReader::Progress::kMore);
    progress = reader.take({&c, 1});
  }
  CHECK(progress == RequestReader::Progress::kWhole);
  CHECK(reader.request().body == "abc");
}

TEST_CASE("the host of an absolute target is taken as it is written, its path decoded") {
  RequestReader reader;
  REQUIRE(reader.take("GET http://example.org%0d%0ax:1/a%20b?c=%20d HTTP/1.1\r\nHost: other\r\n\r\n") ==
          RequestReader::Progress::kHead);
  CHECK(reader.request().header("host") == "example.org%0d%0ax:1");
  CHECK(reader.request().path == "/a b");
  CHECK(reader.request().query == "c=%20d");
}

}  // namespace
}  // namespace winnow::http
