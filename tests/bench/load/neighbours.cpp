#include "tests/bench/load/neighbours.h"

#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace winnow::load {
namespace {

constexpr std::string_view kAsk = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
constexpr std::string_view kSlow =
    "POST /1.1/comment-check HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nblog=http://x.example";
constexpr std::size_t kAtOnce = 20;  // of a round, so that it is spread over its second

bool is_closed(int socket) {
  char byte;
  const ssize_t got = ::recv(socket, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
  return got == 0 || (got < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
}

}  // namespace

Neighbours::Neighbours(int port, int idle, int trickling, int babbling)
    : port_(port), at_(static_cast<std::size_t>(trickling)) {
  const auto connect = [&](std::vector<int>& sockets, int count) {
    for (int i = 0; i < count; ++i) {
      sockets.push_back(connect_to(port));
      if (sockets.back() < 0) throw std::runtime_error("cannot connect the neighbours");
    }
  };
  connect(idle_, idle);
  for (const int socket : idle_) {
    ::send(socket, kAsk.data(), kAsk.size(), MSG_NOSIGNAL);
    pollfd waiting{socket, POLLIN, 0};
    char answer[4096];
    if (::poll(&waiting, 1, 10000) != 1 || ::recv(socket, answer, sizeof answer, 0) <= 0)
      throw std::runtime_error("an idle neighbour had no answer");
  }
  connect(trickling_, trickling);
  connect(babbling_, babbling);
}

Neighbours::~Neighbours() {
  for (const auto* sockets : {&idle_, &trickling_, &babbling_})
    for (const int socket : *sockets) ::close(socket);
}

void Neighbours::renew(int& socket) {
  ::close(socket);
  socket = connect_to(port_);
}

void Neighbours::turn() {
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  for (std::size_t n = 0; n < kAtOnce; ++n, ++place_) {
    if (place_ < trickling_.size()) {
      int& socket = trickling_[place_];
      std::size_t& at = at_[place_];
      if (::send(socket, &kSlow[at % kSlow.size()], 1, MSG_NOSIGNAL) != 1 || is_closed(socket)) {
        renew(socket);
        at = 0;
      } else {
        ++at;
      }
    } else if (place_ < trickling_.size() + babbling_.size()) {
      int& socket = babbling_[place_ - trickling_.size()];
      std::string garbage(200, ' ');
      for (char& c : garbage) c = static_cast<char>(random_());
      ::send(socket, garbage.data(), garbage.size(), MSG_NOSIGNAL);
      if (is_closed(socket)) renew(socket);
    } else {
      place_ = 0;
      break;
    }
  }
  const auto rounds = (trickling_.size() + babbling_.size()) / kAtOnce + 1;
  next_ = now + std::chrono::milliseconds(1000) / static_cast<int>(rounds);
}

int Neighbours::idle_left() const {
  int left = 0;
  for (const int socket : idle_) left += !is_closed(socket);
  return left;
}

}  // namespace winnow::load
