#include "service/http/listener.h"

#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <memory>
#include <thread>

namespace winnow::http {
namespace {

constexpr int kBacklog = 511;  // a burst of clients
constexpr std::chrono::milliseconds kShortage{10};

// A socket that listens there, or -1.
int listen_on(const addrinfo& address) {
  const int socket = ::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (socket < 0) return -1;
  const int on = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  if (::bind(socket, address.ai_addr, address.ai_addrlen) == 0 && ::listen(socket, kBacklog) == 0)
    return socket;
  ::close(socket);
  return -1;
}

int port_of(int socket) {
  sockaddr_storage name{};
  socklen_t length = sizeof name;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&name), &length);
  if (name.ss_family == AF_INET6) return ntohs(reinterpret_cast<const sockaddr_in6*>(&name)->sin6_port);
  return ntohs(reinterpret_cast<const sockaddr_in*>(&name)->sin_port);
}

}  // namespace

Result<Listener> Listener::open(const std::string& host, int port) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &wanted, &found) != 0) found = nullptr;
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> addresses(found, [](addrinfo* all) {
    if (all) ::freeaddrinfo(all);
  });
  for (const addrinfo* address = found; address; address = address->ai_next) {
    const int socket = listen_on(*address);
    if (socket >= 0) return Listener(socket, port_of(socket));
  }
  return Error{
      ErrorKind::kUnavailable,
      "cannot listen on " + host + ":" + std::to_string(port) + "; is something else listening there?",
      "listen"};
}

Listener::Listener(Listener&& other) noexcept : socket_(other.socket_), port_(other.port_) {
  other.socket_ = -1;
}

Listener::~Listener() {
  if (socket_ >= 0) ::close(socket_);
}

Result<int> Listener::accept() const {
  const int socket = ::accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (socket >= 0) return socket;
  if (errno == EBADF || errno == EINVAL || errno == ENOTSOCK)
    return Error{ErrorKind::kUnavailable, "the listening socket is gone", "listen"};
  // Out of descriptors or memory: the client stays in the queue until there are some.
  if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
    std::this_thread::sleep_for(kShortage);
  return -1;
}

}  // namespace winnow::http
