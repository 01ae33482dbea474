#include "service/http/callback_client.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <thread>

namespace winnow::http {
namespace {

using Delivery = Rechecker::Delivery;

// Listens on 127.0.0.1 and answers the first call with `answer`.
class Site {
 public:
  explicit Site(std::string answer) : answer_(std::move(answer)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr* const generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t length = sizeof address;
    REQUIRE(::bind(socket_, generic, length) == 0);
    REQUIRE(::listen(socket_, 1) == 0);
    REQUIRE(::getsockname(socket_, generic, &length) == 0);
    port_ = std::to_string(ntohs(address.sin_port));
    thread_ = std::thread([this] { serve(); });
  }
  ~Site() {
    ::shutdown(socket_, SHUT_RDWR);
    thread_.join();
    ::close(socket_);
  }
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  std::string url(const std::string& host) const { return "http://" + host + ":" + port_ + "/hook?a=b"; }
  // What was asked, after the end of the call; empty if nobody came.
  std::string asked() {
    ::shutdown(socket_, SHUT_RDWR);
    if (thread_.joinable()) thread_.join();
    thread_ = std::thread([] {});
    return asked_;
  }

 private:
  void serve() {
    const int client = ::accept(socket_, nullptr, nullptr);
    if (client < 0) return;
    char buffer[4096];
    while (!asked_.ends_with("}")) {
      const ssize_t got = ::recv(client, buffer, sizeof buffer, 0);
      if (got <= 0) break;
      asked_.append(buffer, static_cast<std::size_t>(got));
    }
    ::send(client, answer_.data(), answer_.size(), MSG_NOSIGNAL);
    ::close(client);
  }

  const std::string answer_;
  const int socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  std::string port_;
  std::string asked_;
  std::thread thread_;
};

constexpr const char* kOk = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

TEST_CASE("a name that leads to loopback is not called unless its network is allowed") {
  {
    Site site(kOk);
    CHECK(CallbackClient({}).post(site.url("localhost"), {}, "{}") == Delivery::kRefused);
    CHECK(site.asked() == "");
  }
  Site site(kOk);
  const CallbackClient client(*parse_networks({"127.0.0.0/8", "::1"}));
  CHECK(client.post(site.url("localhost"), {{"X-Mark", "yes"}}, "{}") == Delivery::kDone);
  const std::string asked = site.asked();
  CHECK(asked.starts_with("POST /hook?a=b HTTP/1.1\r\n"));
  CHECK(asked.find("Host: localhost:") != std::string::npos);
  CHECK(asked.find("X-Mark: yes\r\n") != std::string::npos);
}

TEST_CASE("an address that the operator wrote out is called") {
  Site site(kOk);
  CHECK(CallbackClient({}).post(site.url("127.0.0.1"), {}, "{}") == Delivery::kDone);
}

TEST_CASE("redirects are not followed, and a name that is not known is tried again later") {
  Site inner(kOk);
  Site site("HTTP/1.1 302 Found\r\nLocation: " + inner.url("127.0.0.1") +
            "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
  CHECK(CallbackClient({}).post(site.url("127.0.0.1"), {}, "{}") == Delivery::kRefused);
  CHECK(inner.asked() == "");
  CHECK(CallbackClient({}).post("http://no-such-name.invalid/", {}, "{}") == Delivery::kFailed);
}

}  // namespace
}  // namespace winnow::http
