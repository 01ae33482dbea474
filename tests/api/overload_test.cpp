// Too much of everything: connections, bytes, requests. Whoever asks for something sensible is answered.
#include <doctest/doctest.h>

#include <memory>
#include <thread>
#include <vector>

#include "tests/api/http_client.h"
#include "tests/api/winnowd_process.h"

namespace winnow::api_test {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kMemoryTells = false;  // a sanitizer keeps what is freed
#elif defined(__has_feature)
constexpr bool kMemoryTells = !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer);
#else
constexpr bool kMemoryTells = true;
#endif

constexpr std::size_t kMaxBody = 1 << 20;

using Clients = std::vector<std::unique_ptr<Client>>;

Clients connect(const Winnowd& winnowd, int count) {
  Clients clients;
  for (int i = 0; i < count; ++i) clients.push_back(std::make_unique<Client>(winnowd.port()));
  return clients;
}

TEST_CASE("idle, trickling and babbling connections hold up nobody") {
  const Installation home;
  const std::string body =
      "api_key=" + home.create_key("blog.example") + "&blog=blog.example&user_ip=&comment_content=";
  const Winnowd winnowd(home, {"--threads", "2"});
  const Clients idle = connect(winnowd, 200);
  for (const auto& client : idle) client->send(request("GET", "/healthz"));
  for (const auto& client : idle) CHECK(client->read().status == 200);
  const Clients trickling = connect(winnowd, 100);
  const Clients babbling = connect(winnowd, 50);
  const std::string slow = request("POST", "/1.1/comment-check", {}, body + "cheap");
  Client normal(winnowd.port());
  for (std::size_t i = 0; i < 20; ++i) {
    for (const auto& client : trickling) client->send(slow.substr(i, 1));
    for (const auto& client : babbling) client->send(std::string(100, static_cast<char>(i + 128)));
    normal.send(request("POST", "/1.1/comment-check", {}, body + (i % 2 ? "cheap" : "hello")));
    CHECK(normal.read().body == (i % 2 ? "true" : "false"));
  }
  for (const auto& client : idle) {
    client->send(request("GET", "/healthz"));
    CHECK(client->read().status == 200);
  }
  for (const auto& client : trickling) {
    client->send(slow.substr(20));
    CHECK(client->read().body == "true");
  }
}

TEST_CASE("requests that find the queue full are told to come again, and the next is answered") {
  const Installation home;
  const std::string key = home.create_key("blog.example", "api");
  const Winnowd winnowd(home, {"--threads", "1", "--queue", "1", "--max-body-bytes", "67108864"});
  std::string comments;
  for (int i = 0; i < 100; ++i)
    comments +=
        std::string(i ? "," : "") + R"({"blog":"blog.example","content":")" + std::string(20000, 'a') + "\"}";
  Client batch(winnowd.port());
  batch.send(request("POST", "/api/v1/check/batch", {{"Authorization", "Bearer " + key}},
                     "{\"comments\":[" + comments + "]}"));
  const Clients clients = connect(winnowd, 20);
  int answered = 0, shed = 0;
  while (shed == 0 && answered < 1000) {
    for (const auto& client : clients)
      client->send(request("POST", "/1.1/comment-check", {}, "api_key=x&blog=blog.example"));
    for (const auto& client : clients) {
      const Response response = client->read();
      CHECK(response.header("Connection") == "");
      CHECK(response.header("X-akismet-guid").size() == 32);
      if (response.status == 503) {
        ++shed;
        CHECK(response.header("Retry-After") == "5");
        for (const char* word : {"true", "false", "valid"})
          CHECK(response.body.find(word) == std::string::npos);
      } else {
        CHECK(response.status == 200);
        ++answered;
      }
    }
  }
  CHECK(shed > 0);
  CHECK(winnowd.wait_for_log("overloaded"));
  const int status = batch.read().status;
  CHECK((status == 200 || status == 503));
  CHECK(ask(winnowd.port(), "GET", "/healthz").status == 200);
  for (const auto& client : clients) {
    client->send(request("GET", "/readyz"));
    CHECK(client->read().status == 200);
  }
}

// Sends a chunked body of a gibibyte for as long as it is taken.
std::size_t send_endless(int port) {
  Client client(port);
  client.send("POST /1.1/comment-check HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "10000\r\n" + std::string(65536, 'a') + "\r\n";
  std::size_t sent = 0;
  while (sent < (std::size_t{1} << 30) && client.send(chunk)) sent += 65536;
  return sent;
}

TEST_CASE("a gibibyte in chunks is refused at the limit and costs no memory, nor do several at once") {
  const Installation home;
  const Winnowd winnowd(home);
  const std::string head =
      "POST /1.1/comment-check HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
  CHECK(ask(winnowd.port(), "POST", "/1.1/comment-check", {}, std::string(1000, 'a')).status == 200);
  {
    Client client(winnowd.port());
    client.send(head + "100000\r\n" + std::string(kMaxBody, 'a') + "\r\n1\r\n");
    const Response response = client.read();
    CHECK(response.status == 413);
    CHECK(response.header("Connection") == "close");
  }
  const long before = winnowd.resident_kib();
  CHECK(send_endless(winnowd.port()) < 64 * kMaxBody);
  if (kMemoryTells) CHECK(winnowd.resident_kib() < before + 2048);
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) threads.emplace_back([&] { send_endless(winnowd.port()); });
  for (std::thread& thread : threads) thread.join();
  if (kMemoryTells) CHECK(winnowd.resident_kib() < before + 2048);
  CHECK(ask(winnowd.port(), "GET", "/healthz").status == 200);
}

TEST_CASE("more headers than anybody sends") {
  const Installation home;
  const Winnowd winnowd(home);
  CHECK(ask(winnowd.port(), "GET", "/healthz", Headers(99, {"X", "y"})).status == 200);
  const Response response = ask(winnowd.port(), "GET", "/healthz", Headers(100, {"X", "y"}));
  CHECK(response.status == 413);
  CHECK(response.header("Connection") == "close");
}

TEST_CASE("who reads replies slowly holds no worker, and gets them all") {
  const Installation home;
  const Winnowd winnowd(home, {"--threads", "1"});
  Client slow(winnowd.port());
  constexpr int kReplies = 60;  // some twelve megabytes
  std::string requests;
  for (int i = 0; i < kReplies; ++i) requests += request("GET", "/admin/chart.js");
  slow.send(requests);
  for (int i = 0; i < 10; ++i) CHECK(ask(winnowd.port(), "GET", "/healthz").status == 200);
  std::size_t size = 0;
  for (int i = 0; i < kReplies; ++i) {
    const Response response = slow.read();
    CHECK(response.status == 200);
    if (i == 0) size = response.body.size();
    CHECK(response.body.size() == size);
  }
  CHECK(size > 100000);
}

TEST_CASE("where there are too many connections, the idle ones make room") {
  const Installation home;
  const Winnowd winnowd(home, {"--connections", "16"});
  const Clients idle = connect(winnowd, 60);
  for (const auto& client : idle) client->send(request("GET", "/healthz"));
  for (int i = 0; i < 20; ++i) CHECK(ask(winnowd.port(), "GET", "/readyz").status == 200);
}

TEST_CASE("a body that is too long is not asked for") {
  const Installation home;
  const Winnowd winnowd(home);
  Client client(winnowd.port());
  client.send("POST /1.1/comment-check HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: " +
              std::to_string(kMaxBody + 1) + "\r\n\r\n");
  CHECK(client.read().status == 413);
}

TEST_CASE("requests with bodies, sent at once and torn apart anywhere, are answered in order") {
  const Installation home;
  const std::string body =
      "api_key=" + home.create_key("blog.example") + "&blog=blog.example&user_ip=&comment_content=";
  const Winnowd winnowd(home);
  std::string all;
  for (int i = 0; i < 6; ++i)
    all += request("POST", "/1.1/comment-check", {}, body + (i % 2 ? "cheap" : "hello"));
  for (const std::size_t step : {all.size(), std::size_t{37}, std::size_t{211}}) {
    Client client(winnowd.port());
    for (std::size_t at = 0; at < all.size(); at += step) client.send(all.substr(at, step));
    for (int i = 0; i < 6; ++i) CHECK(client.read().body == (i % 2 ? "true" : "false"));
  }
}

TEST_CASE("the admin pages and their API on an address of their own, and nowhere else") {
  const Installation home;
  const Winnowd winnowd(home, {"--listen-admin", "127.0.0.1:0"});
  REQUIRE(winnowd.admin_port() != 0);
  for (const char* path : {"/admin", "/admin/chart.js", "/api/v1/admin/setup"}) {
    CHECK(ask(winnowd.port(), "GET", path).status == 404);
    CHECK(ask(winnowd.admin_port(), "GET", path).status == 200);
  }
  CHECK(ask(winnowd.port(), "GET", "/api/v1/admin/verdicts").status == 404);
  CHECK(ask(winnowd.admin_port(), "GET", "/api/v1/admin/verdicts").status == 401);
  CHECK(ask(winnowd.port(), "GET", "/1.1/test").status == 200);
  CHECK(ask(winnowd.admin_port(), "GET", "/metrics").status == 200);
  CHECK(ask(winnowd.port(), "GET", "/metrics").status == 404);
  CHECK(ask(winnowd.admin_port(), "GET", "/1.1/test").status == 404);
  CHECK(ask(winnowd.admin_port(), "POST", "/1.1/comment-check").status == 404);
  for (const int port : {winnowd.port(), winnowd.admin_port()})
    for (const char* path : {"/healthz", "/readyz"}) CHECK(ask(port, "GET", path).status == 200);
}

}  // namespace
}  // namespace winnow::api_test
