// Connections: kept, closed, pipelined, old.
#include <doctest/doctest.h>

#include <memory>
#include <thread>

#include "tests/api/http_client.h"
#include "tests/api/winnowd_process.h"

namespace winnow::api_test {
namespace {

TEST_CASE("one connection takes many requests") {
  const Installation home;
  const std::string body =
      "api_key=" + home.create_key("blog.example") + "&blog=blog.example&user_ip&comment_content=";
  const Winnowd winnowd(home);
  Client client(winnowd.port());
  for (int i = 0; i < 20; ++i) {
    client.send(request("POST", "/1.1/comment-check", {}, body + (i % 2 ? "cheap" : "hello")));
    const Response response = client.read();
    CHECK(response.body == (i % 2 ? "true" : "false"));
    CHECK(response.header("Connection") == "");
  }
  client.send(request("GET", "/healthz", {{"Connection", "TE, Close"}}));
  CHECK(client.read().header("Connection") == "close");
  CHECK(client.is_closed());
}

TEST_CASE("requests that are sent before the answer to the last are answered in order") {
  const Installation home;
  const Winnowd winnowd(home);
  Client client(winnowd.port());
  client.send(request("GET", "/healthz") + request("GET", "/nowhere") + request("HEAD", "/healthz") +
              request("GET", "/readyz"));
  CHECK(client.read().status == 200);
  CHECK(client.read().status == 404);
  CHECK(client.read(true).status == 200);
  CHECK(client.read().body.find("ready") != std::string::npos);
}

TEST_CASE("HTTP/1.0") {
  const Installation home;
  const std::string body = "api_key=" + home.create_key("blog.example") + "&blog=blog.example&user_ip=";
  const Winnowd winnowd(home);
  {
    Client client(winnowd.port());
    client.send("POST /1.1/comment-check HTTP/1.0\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n\r\n" + body);
    CHECK(client.read().body == "false");
    CHECK(client.is_closed());
  }
  {
    Client client(winnowd.port());
    client.send("GET /healthz HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n");
    CHECK(client.read().header("Connection") == "keep-alive");
    client.send("GET /healthz HTTP/1.0\r\n\r\n");
    CHECK(client.read().status == 200);
    CHECK(client.is_closed());
  }
}

TEST_CASE("a POST without any body or length is not waited for") {
  const Installation home;
  const Winnowd winnowd(home);
  CHECK(ask(winnowd.port(), "POST", "/1.1/comment-check").body == "invalid");
}

TEST_CASE("Expect: 100-continue") {
  const Installation home;
  const std::string body = "key=" + home.create_key("blog.example") + "&blog=blog.example";
  const Winnowd winnowd(home);
  Client client(winnowd.port());
  client.send("POST /1.1/verify-key HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: " +
              std::to_string(body.size()) + "\r\n\r\n");
  CHECK(client.read().status == 100);
  client.send(body);
  CHECK(client.read().body == "valid");
}

TEST_CASE("a burst of connections is taken without retries") {
  const Installation home;
  const Winnowd winnowd(home, {"--threads", "8"});
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 200; ++i) clients.push_back(std::make_unique<Client>(winnowd.port()));
  for (auto& client : clients) client->send(request("GET", "/healthz", {{"Connection", "close"}}));
  for (auto& client : clients) CHECK(client->read().status == 200);
}

TEST_CASE("many at once") {
  const Installation home;
  const std::string body = "api_key=" + home.create_key("*") + "&user_ip=&comment_content=";
  const Winnowd winnowd(home);
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int t = 0; t < 16; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 10; ++i) {
        const std::string blog = "&blog=site" + std::to_string(i) + ".example";
        const Response response =
            post_form(winnowd.port(), "/1.1/comment-check", body + ((t + i) % 2 ? "cheap" : "hello") + blog);
        right += response.body == ((t + i) % 2 ? "true" : "false");
      }
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(right == 160);
}

}  // namespace
}  // namespace winnow::api_test
