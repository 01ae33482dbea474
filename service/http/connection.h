// Connection: one accepted TCP connection, plain or TLS, with everything bounded: the time to wait for bytes,
// the time for a handshake and for a whole request, and the bytes that a request may have.
#pragma once

#include <sys/types.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "service/http/channel.h"

namespace winnow::http {

// Thread rule: used by one thread at a time.
class Connection {
 public:
  using Clock = std::chrono::steady_clock;

  // Takes `socket`, which must not block, over and closes it at the end; `channel` is the way through it.
  // `stop_event` becomes readable when the server stops.
  Connection(int socket, std::unique_ptr<Channel> channel, int stop_event);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // First of all: the handshake, where there is one. False if it fails or takes longer than `time`, and soon
  // after the server stops.
  bool open(std::chrono::milliseconds time);
  // Why open() failed; empty if the peer was silent or left.
  std::string failure() const { return channel_->failure(); }

  // Waits for the first byte of a request. False if the peer closes or is silent for `idle`, and once the
  // server stops: at once on a connection that has been served, within a moment on a new one.
  bool wait_for_request(std::chrono::milliseconds idle);

  // From here until the next call read() gives at most `bytes` bytes, none after `time` from now.
  void begin_request(std::size_t bytes, std::chrono::milliseconds time);
  void allow(std::size_t more_bytes) { budget_ += more_bytes; }
  // True if read() had to refuse because of the bytes, not the time.
  bool over_budget() const { return over_budget_; }

  // Like recv(): number of bytes, 0 at the end of the stream, -1 for an error, silence of kPatience, or a
  // bound reached. Sends first what was written.
  ssize_t read(char* to, std::size_t size);
  // Collects; flush() or read() sends. Always takes everything.
  void write(const char* from, std::size_t size) { out_.append(from, size); }
  // False if the peer is gone or takes nothing for kPatience.
  bool flush();

  // The peer may still be sending: when this connection ends, swallow a bounded part of that, for a socket
  // closed with unread bytes is reset and the peer might lose the answer.
  void linger() { linger_ = true; }

  int socket() const { return socket_; }
  // Numeric address of the peer; empty if it is gone.
  std::string peer() const;

  static constexpr std::chrono::milliseconds kPatience{5000};

 private:
  // Repeats `step` until it is done or fails, or `deadline` has come. `at_stop`: once the server stops, it
  // may take that much longer at most; nothing: until `deadline` all the same.
  Step repeat(const std::function<Step()>& step, Clock::time_point deadline,
              std::optional<std::chrono::milliseconds> at_stop) const;
  // Reads what is there into in_, which is empty.
  Step fill();
  void swallow();

  const int socket_;
  const std::unique_ptr<Channel> channel_;
  const int stop_event_;
  std::array<char, 16 * 1024> in_;
  std::size_t in_begin_ = 0;
  std::size_t in_end_ = 0;
  std::string out_;
  std::size_t budget_ = 0;
  bool over_budget_ = false;
  Clock::time_point deadline_;
  bool served_ = false;
  bool linger_ = false;
};

}  // namespace winnow::http
