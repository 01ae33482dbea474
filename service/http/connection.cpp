#include "service/http/connection.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace winnow::http {
namespace {

using std::chrono::milliseconds;

// A client that connected just before the server stops may not have sent its request yet.
constexpr milliseconds kLastMoment{250};
constexpr milliseconds kLingerTime{2000};
constexpr std::size_t kLingerBytes = 16 * 1024 * 1024;

milliseconds until(Connection::Clock::time_point when) {
  const auto left = std::chrono::duration_cast<milliseconds>(when - Connection::Clock::now());
  return std::max(left, milliseconds(0));
}

}  // namespace

Connection::Connection(int socket, int stop_event) : socket_(socket), stop_event_(stop_event) {
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Connection::~Connection() {
  ::shutdown(socket_, SHUT_WR);
  if (linger_) swallow();
  ::close(socket_);
}

// True if one of `events` (or an error, which the next call will report) is there within `time`.
bool Connection::wait(short events, milliseconds time) const {
  pollfd waiting{socket_, events, 0};
  const auto deadline = Clock::now() + time;
  for (;;) {
    const int ready = ::poll(&waiting, 1, static_cast<int>(until(deadline).count()));
    if (ready >= 0 || errno != EINTR) return ready > 0;
  }
}

bool Connection::wait_for_request(milliseconds idle) {
  const bool served_before = served_;
  served_ = true;
  if (in_begin_ < in_end_) return true;
  std::array<pollfd, 2> waiting{{{socket_, POLLIN, 0}, {stop_event_, POLLIN, 0}}};
  const auto deadline = Clock::now() + idle;
  for (;;) {
    const int ready = ::poll(waiting.data(), waiting.size(), static_cast<int>(until(deadline).count()));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    if (waiting[0].revents != 0) return true;
    return !served_before && wait(POLLIN, kLastMoment);
  }
}

void Connection::begin_request(std::size_t bytes, milliseconds time) {
  budget_ = bytes;
  over_budget_ = false;
  deadline_ = Clock::now() + time;
}

ssize_t Connection::read(char* to, std::size_t size) {
  if (!out_.empty() && !flush()) return -1;
  if (budget_ == 0) {
    over_budget_ = true;
    return -1;
  }
  if (in_begin_ == in_end_) {
    if (!wait(POLLIN, std::min(kPatience, until(deadline_)))) return -1;
    ssize_t got = -1;
    do got = ::recv(socket_, in_.data(), in_.size(), 0);
    while (got < 0 && errno == EINTR);
    if (got <= 0) return got;
    in_begin_ = 0;
    in_end_ = static_cast<std::size_t>(got);
  }
  if (Clock::now() >= deadline_) return -1;
  const std::size_t count = std::min({size, in_end_ - in_begin_, budget_});
  std::memcpy(to, in_.data() + in_begin_, count);
  in_begin_ += count;
  budget_ -= count;
  return static_cast<ssize_t>(count);
}

bool Connection::flush() {
  std::size_t sent = 0;
  while (sent < out_.size()) {
    if (!wait(POLLOUT, kPatience)) break;
    const ssize_t count =
        ::send(socket_, out_.data() + sent, out_.size() - sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (count > 0) sent += static_cast<std::size_t>(count);
    if (count < 0 && errno != EINTR && errno != EAGAIN) break;
  }
  const bool all = sent == out_.size();
  out_.clear();
  return all;
}

void Connection::swallow() {
  const auto deadline = Clock::now() + kLingerTime;
  std::size_t swallowed = 0;
  while (swallowed < kLingerBytes && wait(POLLIN, until(deadline))) {
    const ssize_t got = ::recv(socket_, in_.data(), in_.size(), 0);
    if (got <= 0) return;
    swallowed += static_cast<std::size_t>(got);
  }
}

void Connection::peer(std::string& address, int& port) const {
  sockaddr_storage name{};
  socklen_t length = sizeof name;
  sockaddr* const generic = reinterpret_cast<sockaddr*>(&name);
  char host[NI_MAXHOST];
  char service[NI_MAXSERV];
  if (::getpeername(socket_, generic, &length) != 0) return;
  if (::getnameinfo(generic, length, host, sizeof host, service, sizeof service,
                    NI_NUMERICHOST | NI_NUMERICSERV) != 0)
    return;
  address = host;
  port = std::atoi(service);
}

}  // namespace winnow::http
