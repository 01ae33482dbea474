#include "service/http/listener.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

namespace winnow::http {
namespace {

constexpr int kBacklog = 511;  // a burst of clients

// A socket that listens there, or -1.
int listen_on(const addrinfo& address) {
  const int socket = ::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (socket < 0) return -1;
  const int on = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);  // the accepted sockets inherit it
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

std::string address_of(const sockaddr_storage& name, socklen_t length) {
  char host[NI_MAXHOST];
  const auto* const generic = reinterpret_cast<const sockaddr*>(&name);
  if (::getnameinfo(generic, length, host, sizeof host, nullptr, 0, NI_NUMERICHOST) != 0) return "";
  const std::string address = host;
  return address.substr(0, address.find('%'));  // fe80::1%eth0
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
  close();
}

void Listener::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

Result<Listener::Accepted> Listener::accept() const {
  sockaddr_storage name{};
  socklen_t length = sizeof name;
  const int socket =
      ::accept4(socket_, reinterpret_cast<sockaddr*>(&name), &length, SOCK_CLOEXEC | SOCK_NONBLOCK);
  if (socket >= 0) return Accepted{Accepted::kClient, socket, address_of(name, length)};
  if (errno == EBADF || errno == EINVAL || errno == ENOTSOCK)
    return Error{ErrorKind::kUnavailable, "the listening socket is gone", "listen"};
  const bool shortage = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
  return Accepted{shortage ? Accepted::kShortage : Accepted::kNobody, -1, ""};
}

}  // namespace winnow::http
