// Listener: one TCP port that clients connect to.
#pragma once

#include <string>

#include "classifier/result.h"

namespace winnow::http {

// Thread rule: used by one thread at a time.
class Listener {
 public:
  // Binds and listens; `port` 0 picks a free one. kUnavailable if the address cannot be had.
  static Result<Listener> open(const std::string& host, int port);
  ~Listener();
  Listener(Listener&& other) noexcept;
  Listener& operator=(Listener&&) = delete;

  int port() const { return port_; }
  // Readable when a client has connected.
  int socket() const { return socket_; }

  struct Accepted {
    enum Outcome { kClient, kNobody, kShortage };
    Outcome outcome = kNobody;  // kShortage: there are no descriptors or memory for the one who waits
    int socket = -1;            // that does not block, for the caller to close
    std::string peer;           // numeric address
  };
  // kUnavailable if this socket is gone.
  Result<Accepted> accept() const;

  // Nobody connects any more; once is enough.
  void close();

 private:
  Listener(int socket, int port) : socket_(socket), port_(port) {}

  int socket_;
  int port_;
};

}  // namespace winnow::http
