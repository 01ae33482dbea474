#include "tests/api/webhook.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "tests/api/http_client.h"

namespace winnow::api_test {

Webhook::Webhook() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr* const generic = reinterpret_cast<sockaddr*>(&address);
  socklen_t length = sizeof address;
  if (::bind(socket_, generic, length) != 0 || ::listen(socket_, 8) != 0 ||
      ::getsockname(socket_, generic, &length) != 0)
    throw std::runtime_error("cannot listen");
  host_ = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
}

Webhook::~Webhook() {
  ::close(socket_);
}

std::string Webhook::field() const {
  return "&callback=" + urlencoded("http://" + host_ + "/hook?rest=1");
}

std::string Webhook::take(const std::string& status) const {
  pollfd waiting{socket_, POLLIN, 0};
  if (::poll(&waiting, 1, 15000) <= 0) return "";
  const int client = ::accept(socket_, nullptr, nullptr);
  std::string request;
  char buffer[4096];
  while (!request.ends_with("}")) {
    const ssize_t got = ::recv(client, buffer, sizeof buffer, 0);
    if (got <= 0) break;
    request.append(buffer, static_cast<std::size_t>(got));
  }
  const std::string answer = "HTTP/1.1 " + status + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
  ::send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
  ::close(client);
  return request;
}

}  // namespace winnow::api_test
