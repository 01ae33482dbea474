#include "tests/bench/load/generator.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <deque>
#include <random>
#include <stdexcept>
#include <string_view>
#include <thread>

#include "service/store/thread_priority.h"

namespace winnow::load {
namespace {

using std::chrono::duration;
using std::chrono::duration_cast;

constexpr std::chrono::seconds kGrace{10};  // for answers, once the time is over
constexpr std::chrono::milliseconds kLongestWait{2};
constexpr double kMany = 20000;                  // requests a second, from which on
constexpr std::chrono::microseconds kTurn{500};  // is the time from one look at the sockets to the next
constexpr std::string_view kLength = "Content-Length: ";

// While it lives this thread comes first, where that is allowed: of a client that waits for a processor,
// which it would have elsewhere, nobody could tell how long it waited for the server.
class ComesFirst {
 public:
  ComesFirst() : before_(::getpriority(PRIO_PROCESS, self())) {
    set_priority_of_this_thread(ThreadPriority::kFirst);
  }
  ~ComesFirst() { ::setpriority(PRIO_PROCESS, self(), before_); }
  ComesFirst(const ComesFirst&) = delete;
  ComesFirst& operator=(const ComesFirst&) = delete;

 private:
  static id_t self() { return static_cast<id_t>(::gettid()); }
  const int before_;
};

double milliseconds(Clock::duration time) {
  return duration<double, std::milli>(time).count();
}

struct Wire {
  int socket = -1;
  bool busy = false;
  Clock::time_point due;  // when the request should have been sent
  std::string in;
  std::string out;
};

class Run {
 public:
  Run(int port, const Offer& wanted, const std::function<std::string(std::uint64_t)>& text)
      : port_(port), offer_(wanted), text_(text), epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    wires_.resize(static_cast<std::size_t>(wanted.connections));
    for (std::size_t i = 0; i < wires_.size(); ++i) {
      if (offer_.keep_alive) open(i);
      free_.push_back(i);
    }
  }
  ~Run() {
    for (const Wire& wire : wires_)
      if (wire.socket >= 0) ::close(wire.socket);
    ::close(epoll_);
  }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  Outcome run(const std::function<void()>& each_turn) {
    const Clock::time_point begin = Clock::now();
    const Clock::time_point end = begin + duration_cast<Clock::duration>(duration<double>(offer_.seconds));
    next_due_ = begin;
    for (bool over = false; !over;) {
      const Clock::time_point now = Clock::now();
      ends_ = now >= end;
      over = ends_ && ((in_flight_ == 0 && waiting_.empty()) || now >= end + kGrace);
      if (!ends_) make_due(now);
      send_due();
      if (each_turn) each_turn();
      if (!over) wait();
      if (ends_ && outcome_.seconds == 0) outcome_.seconds = duration<double>(now - begin).count();
    }
    outcome_.unanswered = in_flight_ + static_cast<std::int64_t>(waiting_.size());
    return outcome_;
  }

 private:
  void open(std::size_t i) {
    Wire& wire = wires_[i];
    wire = {connect_to(port_), false, {}, {}, {}};
    if (wire.socket < 0) throw std::runtime_error("cannot connect");
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.u64 = i;
    ::epoll_ctl(epoll_, EPOLL_CTL_ADD, wire.socket, &event);
  }

  void make_due(Clock::time_point now) {
    if (offer_.rate <= 0) {
      for (std::size_t i = waiting_.size(); i < free_.size(); ++i) waiting_.push_back(now);
      return;
    }
    std::exponential_distribution<double> gap(offer_.rate);
    for (; next_due_ <= now; next_due_ += duration_cast<Clock::duration>(duration<double>(gap(random_))))
      waiting_.push_back(next_due_);
  }

  void send_due() {
    for (; !waiting_.empty() && !free_.empty(); waiting_.pop_front()) {
      const std::size_t i = free_.front();
      free_.pop_front();
      Wire& wire = wires_[i];
      if (wire.socket < 0) open(i);
      wire.busy = true;
      wire.due = waiting_.front();
      wire.out = text_(number_++);
      ++in_flight_;
      flush(wire);
    }
  }

  static void flush(Wire& wire) {
    const ssize_t sent =
        wire.out.empty() ? 0 : ::send(wire.socket, wire.out.data(), wire.out.size(), MSG_NOSIGNAL);
    if (sent > 0) wire.out.erase(0, static_cast<std::size_t>(sent));
  }

  // Until the next request is due, to the nanosecond: one that is sent late counts as waiting for the server.
  timespec wait_time() const {
    Clock::duration left = kLongestWait;
    if (offer_.rate > 0 && !ends_) left = std::clamp(next_due_ - Clock::now(), Clock::duration(0), left);
    return {0, duration_cast<std::chrono::nanoseconds>(left).count()};
  }

  void wait() {
    if (offer_.rate > kMany && !ends_) rest();
    std::array<epoll_event, 256> events;
    const timespec timeout = wait_time();
    const int count =
        ::epoll_pwait2(epoll_, events.data(), static_cast<int>(events.size()), &timeout, nullptr);
    for (int i = 0; i < count; ++i) {
      const auto which = static_cast<std::size_t>(events[static_cast<std::size_t>(i)].data.u64);
      if (wires_[which].socket < 0) continue;  // closed by an event before this
      flush(wires_[which]);
      read(which);
    }
  }

  // Until kTurn after the last time: many requests are sent and answered in one turn, as cards of a network
  // hand them on, and the processor is left to the server.
  void rest() {
    std::this_thread::sleep_until(rested_ + kTurn);
    rested_ = Clock::now();
  }

  // What is there, but not beyond the end of an answer: nothing more comes then, unless the server closes,
  // which is told once more.
  void read(std::size_t i) {
    Wire& wire = wires_[i];
    char bytes[16384];
    ssize_t got = 0;
    while ((got = ::recv(wire.socket, bytes, sizeof bytes, MSG_DONTWAIT)) > 0) {
      wire.in.append(bytes, static_cast<std::size_t>(got));
      const std::string_view in = wire.in;
      const std::size_t head = in.find("\r\n\r\n");
      if (head == std::string::npos || !wire.busy) continue;
      const std::size_t name = in.find(kLength);
      const std::size_t length = name < head ? number_at(in, name + kLength.size()) : 0;
      if (in.size() < head + 4 + length) continue;
      // The server takes no other request on this connection, whether its end is here by now or not.
      const bool is_last = in.find("Connection: close") < head;
      answered(i, static_cast<int>(number_at(in, 9)));
      if (is_last) close(i);
      return;
    }
    if (got == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) close(i);
  }

  static std::size_t number_at(std::string_view text, std::size_t at) {
    std::size_t number = 0;
    std::from_chars(text.data() + at, text.data() + text.size(), number);
    return number;
  }

  void close(std::size_t i) {
    Wire& wire = wires_[i];
    if (wire.busy) {
      --in_flight_;
      ++outcome_.other;
      free_.push_back(i);
    }
    ::close(wire.socket);
    wire.socket = -1;
    wire.busy = false;
    wire.in.clear();
    if (offer_.keep_alive) open(i);
  }

  void answered(std::size_t i, int status) {
    Wire& wire = wires_[i];
    wire.busy = false;
    wire.in.clear();
    --in_flight_;
    const double took = milliseconds(Clock::now() - wire.due);
    if (status == 200)
      outcome_.accepted.add(took);
    else if (status == 503)
      outcome_.shed.add(took);
    else
      ++outcome_.other;
    free_.push_back(i);
  }

  const int port_;
  const Offer offer_;
  const std::function<std::string(std::uint64_t)>& text_;
  const int epoll_;
  std::vector<Wire> wires_;
  std::deque<std::size_t> free_;
  std::deque<Clock::time_point> waiting_;  // due, but not sent
  Clock::time_point next_due_;
  Clock::time_point rested_;
  std::int64_t in_flight_ = 0;
  std::uint64_t number_ = 0;
  bool ends_ = false;
  std::mt19937_64 random_{1};
  Outcome outcome_;
};

}  // namespace

double Latencies::at(double share) const {
  if (all_.empty()) return 0;
  if (!sorted_) std::sort(all_.begin(), all_.end());
  sorted_ = true;
  const double rank = std::ceil(share * static_cast<double>(all_.size()));
  return all_[static_cast<std::size_t>(std::max(rank, 1.0)) - 1];
}

int connect_to(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    ::close(socket);
    return -1;
  }
  const int on = 1;
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::fcntl(socket, F_SETFL, O_NONBLOCK);
  return socket;
}

Outcome offer(int port, const Offer& wanted, const std::function<std::string(std::uint64_t)>& text,
              const std::function<void()>& each_turn) {
  const ComesFirst first;
  Run run(port, wanted, text);
  return run.run(each_turn);
}

}  // namespace winnow::load
