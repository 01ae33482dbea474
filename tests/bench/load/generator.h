// Generator: HTTP requests against one port of 127.0.0.1, from one thread, over connections that are kept, or
// over a new one each.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace winnow::load {

using Clock = std::chrono::steady_clock;

// What was measured of the answers of one status.
class Latencies {
 public:
  void add(double milliseconds) { all_.push_back(milliseconds); }
  std::size_t count() const { return all_.size(); }
  // `share` 0 to 1, of the sorted times; 0 where there are none.
  double at(double share) const;

 private:
  mutable std::vector<double> all_;
  mutable bool sorted_ = false;
};

struct Outcome {
  Latencies accepted;           // 200
  Latencies shed;               // 503
  std::int64_t other = 0;       // any other status, or a connection that broke
  std::int64_t unanswered = 0;  // when the time was over, and a while later
  double seconds = 0;
};

struct Offer {
  double rate = 0;  // requests a second, at random times; 0: each connection sends when it has its answer
  double seconds = 1;
  int connections = 64;
  bool keep_alive =
      true;  // false: each request has a connection of its own, which the server is asked to close
};

// Offers these requests, each made by `text(n)`; without keep_alive they must ask for the end of the
// connection. Latencies count from when a request was due, not from when a connection was free for it; beyond
// 20,000 requests a second they are half a millisecond more at most. The thread has a higher priority
// meanwhile, where that is allowed. `each_turn`: called a few hundred times a second.
// Throws std::runtime_error if it cannot connect.
Outcome offer(int port, const Offer& offer, const std::function<std::string(std::uint64_t)>& text,
              const std::function<void()>& each_turn = {});

// A socket that is connected to that port and does not block; -1 if there is none to be had.
int connect_to(int port);

}  // namespace winnow::load
