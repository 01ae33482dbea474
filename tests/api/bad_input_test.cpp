// What hostile and broken clients send: each has a clear answer, costs bounded time, and leaves winnowd
// working.
#include <doctest/doctest.h>

#include <chrono>

#include "tests/api/http_client.h"
#include "tests/api/winnowd_process.h"

namespace winnow::api_test {
namespace {

constexpr std::size_t kMaxBody = 1 << 20;

// A service with a key, and a check that all is still well at the end of a test.
struct Service {
  Installation home;
  std::string from =
      "api_key=" + home.create_key("blog.example") + "&blog=blog.example&user_ip=::1&comment_content=";
  Winnowd winnowd{home};

  ~Service() {
    CHECK(winnowd.is_running());
    CHECK(post_form(winnowd.port(), "/1.1/comment-check", from + "cheap").body == "true");
  }
  Response check(const std::string& content) {
    return post_form(winnowd.port(), "/1.1/comment-check", from + content);
  }
};

class Stopwatch {
 public:
  double seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_).count();
  }

 private:
  std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

// Generous, for machines under load and builds with sanitizers: what is quadratic takes minutes.
constexpr double kBounded = 15;

TEST_CASE("a Chinese comment of 32,000 characters, and every size around httplib's limit for forms") {
  Service service;
  std::string text;
  while (text.size() < 3 * 32000) text += "\xE4\xB8\xAD\xE6\x96\x87\xE8\xAF\x84\xE8\xAE\xBA";
  CHECK(service.check(urlencoded(text)).body == "false");
  CHECK(service.check(urlencoded(text + " cheap")).body == "true");
  for (const std::size_t size : {8191, 8192, 8193, 20000, 300000}) {
    CAPTURE(size);
    CHECK(service.check(std::string(size, 'a') + "+cheap").body == "true");
  }
}

TEST_CASE("bytes that are no UTF-8, and NULs") {
  Service service;
  CHECK(service.check("%FF%FE%C3+cheap").body == "true");
  CHECK(service.check("\xFF\xFE\xC3 cheap").body == "true");
  CHECK(service.check("a%00b+cheap").body == "true");
  CHECK(service.check(std::string("a\0b cheap", 9)).body == "true");
  CHECK(service.check("%ED%A0%80%F5%80%80%80%C0%AF").body == "false");
  CHECK(service.check("100%25+%zz+%").body == "false");
}

TEST_CASE("a megabyte of one letter is judged, one byte more is refused") {
  Service service;
  const Stopwatch watch;
  const std::string letters(kMaxBody - service.from.size(), 'a');
  CHECK(service.check(letters).body == "false");
  const Response over = service.check(letters + "a");
  CHECK(over.status == 413);
  CHECK(over.header("X-akismet-guid").size() == 32);
  CHECK(over.header("Connection") == "close");
  CHECK(watch.seconds() < kBounded);
}

TEST_CASE("chunks are counted while they are read") {
  Service service;
  const std::string head =
      "POST /1.1/comment-check HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
  const auto chunk = [](const std::string& data) {
    char size[32];
    std::snprintf(size, sizeof size, "%zx\r\n", data.size());
    return size + data + "\r\n";
  };
  {
    Client client(service.winnowd.port());
    client.send(head + chunk(service.from) + chunk("che") + chunk("ap") + "0\r\n\r\n");
    CHECK(client.read().body == "true");
  }
  {
    Client client(service.winnowd.port());
    client.send(head + chunk(service.from));
    std::size_t sent = 0;
    while (sent < 64 * kMaxBody && client.send(chunk(std::string(65536, 'a')))) sent += 65536;
    CHECK(sent < 64 * kMaxBody);
  }
  {
    Client client(service.winnowd.port());
    client.send(head + chunk(std::string(kMaxBody, 'a')) + chunk("a") + "0\r\n\r\n");
    const Response response = client.read();
    CHECK(response.status == 413);
    CHECK(response.header("X-akismet-guid").size() == 32);
    CHECK(client.is_closed());
  }
}

// gzip (RFC 1952) of "a" 258 * `runs` + 1 times: one block of fixed Huffman codes (RFC 1951, section 3.2.6),
// where a repetition of length 258 and distance 1 takes 13 bits.
std::string gzip_of_letters(int runs) {
  std::string out("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03", 10);
  int used = 8;
  const auto put = [&](std::string_view bits) {
    for (const char bit : bits) {
      if (used == 8) {
        out += '\0';
        used = 0;
      }
      if (bit == '1') out.back() = static_cast<char>(out.back() | (1 << used));
      ++used;
    }
  };
  put("110");       // the last block, fixed codes
  put("10010001");  // "a"
  for (int i = 0; i < runs; ++i) put("1100010100000");
  put("0000000");
  return out + std::string(8, '\0');  // check sum and length, which nobody comes to read
}

TEST_CASE("a compressed body counts as what it unpacks to") {
  Service service;
  const std::string bomb = gzip_of_letters(16 * 4096);
  CHECK(bomb.size() < kMaxBody / 8);
  const Headers gzip = {{"Content-Encoding", "gzip"}};
  CHECK(ask(service.winnowd.port(), "POST", "/1.1/comment-check", gzip, bomb).status == 413);
  CHECK(ask(service.winnowd.port(), "POST", "/1.1/comment-check", gzip, "no gzip").status == 400);
}

TEST_CASE("a hundred thousand links, and markup nested ten thousand deep") {
  Service service;
  const Stopwatch watch;
  std::string links;
  for (int i = 0; i < 100000; ++i) links += "www.x.co ";
  CHECK(service.check(links).status == 200);
  std::string nested;
  for (int i = 0; i < 10000; ++i) nested += "<div><b>[url=http://x.co]";
  CHECK(service.check(urlencoded(nested)).status == 200);
  CHECK(service.check(std::string(kMaxBody / 2, '<')).status == 200);
  CHECK(service.check(std::string(kMaxBody / 2, '[')).status == 200);
  CHECK(watch.seconds() < kBounded);
}

TEST_CASE("fields without end") {
  Service service;
  const Stopwatch watch;
  std::string many;
  while (many.size() < kMaxBody / 2) many += "&x=";
  CHECK(service.check("cheap" + many).body == "true");
  CHECK(post_form(service.winnowd.port(), "/1.1/comment-check", many).body == "invalid");
  std::string parts;
  while (parts.size() < kMaxBody / 2)
    parts += "--B\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a\"; filename=\"a\r\n\r\n\r\n";
  CHECK(ask(service.winnowd.port(), "POST", "/1.1/comment-check",
            {{"Content-Type", "multipart/form-data; boundary=B"}}, parts + "--B--")
            .body == "invalid");
  CHECK(watch.seconds() < kBounded);
}

TEST_CASE("heads without end") {
  Service service;
  {
    Client client(service.winnowd.port());
    client.send("GET /healthz HTTP/1.1\r\n");
    std::size_t sent = 0;
    while (sent < (64 << 20) && client.send("X-Header: x\r\n")) sent += 13;
    CHECK(sent < (64 << 20));
  }
  {
    Client client(service.winnowd.port());
    std::size_t sent = 0;
    while (sent < (64 << 20) && client.send(std::string(65536, 'G'))) sent += 65536;
    CHECK(sent < (64 << 20));
  }
  CHECK(ask(service.winnowd.port(), "GET", "/" + std::string(9000, 'x')).status == 413);
}

TEST_CASE("requests that are no HTTP, or say two things at once") {
  Service service;
  const char* const two_lengths =
      "POST /1.1/comment-check HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n"
      "0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n";
  for (const char* text :
       {"hello\r\n\r\n", "GET / HTTP/3.0\r\n\r\n", "FOO / HTTP/1.1\r\n\r\n", "GET /\r\n\r\n", two_lengths,
        "POST /1.1/comment-check HTTP/1.1\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        "POST /1.1/comment-check HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"}) {
    CAPTURE(text);
    Client client(service.winnowd.port());
    client.send(text);
    CHECK(client.read().status == 400);
    CHECK(client.is_closed());
  }
}

TEST_CASE("the body of a GET is not taken for the next request") {
  Service service;
  Client client(service.winnowd.port());
  client.send(request("GET", "/healthz", {}, "GET /readyz HTTP/1.1\r\n\r\n"));
  CHECK(client.read().status == 200);
  CHECK(client.is_closed());
}

TEST_CASE("a client that goes away in the middle") {
  Service service;
  for (const char* text :
       {"", "POST", "POST /1.1/comment-check HTTP/1.1\r\nContent-Length: 100\r\n\r\napi_key="}) {
    Client client(service.winnowd.port());
    client.send(text);
  }
}

TEST_CASE("the peer's address is not what a header says") {
  Service service;
  const Response response = ask(service.winnowd.port(), "GET", "/healthz", {{"REMOTE_ADDR", "8.8.8.8"}});
  CHECK(response.status == 200);
  CHECK(service.winnowd.log().find("8.8.8.8") == std::string::npos);
}

}  // namespace
}  // namespace winnow::api_test
