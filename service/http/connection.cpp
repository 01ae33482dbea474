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

Connection::Connection(int socket, std::unique_ptr<Channel> channel, int stop_event)
    : socket_(socket), channel_(std::move(channel)), stop_event_(stop_event) {
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Connection::~Connection() {
  channel_->finish();
  ::shutdown(socket_, SHUT_WR);
  if (linger_) swallow();
  ::close(socket_);
}

Step Connection::repeat(const std::function<Step()>& step, Clock::time_point deadline,
                        std::optional<milliseconds> at_stop) const {
  for (;;) {
    const Step outcome = step();
    if (outcome.outcome != Step::kWantsRead && outcome.outcome != Step::kWantsWrite) return outcome;
    // Also where the socket is always ready: a client may send records that bring no byte.
    if (Clock::now() >= deadline) return {Step::kFailed};
    const short events = outcome.outcome == Step::kWantsRead ? POLLIN : POLLOUT;
    std::array<pollfd, 2> waiting{{{socket_, events, 0}, {stop_event_, POLLIN, 0}}};
    const int ready = ::poll(waiting.data(), at_stop ? 2 : 1, static_cast<int>(until(deadline).count()));
    if (ready < 0 && errno != EINTR) return {Step::kFailed};
    if (ready > 0 && waiting[1].revents != 0) {
      deadline = std::min(deadline, Clock::now() + *at_stop);
      at_stop.reset();
    }
  }
}

Step Connection::fill() {
  const Step step = channel_->receive(in_.data(), in_.size());
  if (step.outcome == Step::kDone) {
    in_begin_ = 0;
    in_end_ = step.count;
  }
  return step;
}

bool Connection::open(milliseconds time) {
  return repeat([this] { return channel_->open(); }, Clock::now() + time, kLastMoment).outcome == Step::kDone;
}

bool Connection::wait_for_request(milliseconds idle) {
  const milliseconds at_stop = served_ ? milliseconds(0) : kLastMoment;
  served_ = true;
  if (in_begin_ < in_end_) return true;
  return repeat([this] { return fill(); }, Clock::now() + idle, at_stop).outcome == Step::kDone;
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
    const auto give_up = std::min(Clock::now() + kPatience, deadline_);
    const Step step = repeat([this] { return fill(); }, give_up, std::nullopt);
    if (step.outcome == Step::kEnd) return 0;
    if (step.outcome != Step::kDone) return -1;
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
    const auto send = [&] { return channel_->send(out_.data() + sent, out_.size() - sent); };
    const Step step = repeat(send, Clock::now() + kPatience, std::nullopt);
    if (step.outcome != Step::kDone) break;
    sent += step.count;
  }
  const bool all = sent == out_.size();
  out_.clear();
  return all;
}

void Connection::swallow() {
  const auto deadline = Clock::now() + kLingerTime;
  const std::unique_ptr<Channel> raw = plain_channel(socket_);
  for (std::size_t swallowed = 0; swallowed < kLingerBytes;) {
    const Step step = repeat([&] { return raw->receive(in_.data(), in_.size()); }, deadline, std::nullopt);
    if (step.outcome != Step::kDone || Clock::now() >= deadline) return;
    swallowed += step.count;
  }
}

std::string Connection::peer() const {
  sockaddr_storage name{};
  socklen_t length = sizeof name;
  sockaddr* const generic = reinterpret_cast<sockaddr*>(&name);
  char host[NI_MAXHOST];
  if (::getpeername(socket_, generic, &length) != 0) return "";
  if (::getnameinfo(generic, length, host, sizeof host, nullptr, 0, NI_NUMERICHOST) != 0) return "";
  const std::string address = host;
  return address.substr(0, address.find('%'));  // fe80::1%eth0
}

}  // namespace winnow::http
