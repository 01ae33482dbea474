// Server: HTTP/1.1 and 1.0 over TCP, plain and through TLS. Reads requests, within bounds, and asks the
// Router for each answer. One thread (service/http/event_loop.h) has all connections that wait for their
// peers; workers are lent whole requests, and TLS handshakes, through a bounded queue (work_queue.h).
//
// Everything a client can do is bounded (bounds.h): in a request its head (kMaxHeadBytes, kMaxHeaders,
// kMaxHeaderBytes: 413), its body (as the route says: 413), its time (kRequestTime, kPatience: 400) and what
// a chunked one wastes (kWireFactor: 413); on a connection kHandshakeTime, kFirstByteTime, kIdleTime,
// kReplyTime, kMaxRequests and what is swallowed at the end (kLingerTime, kLingerBytes); and what all may
// hold together (kHeldBytes: 503).
//
// What is too much is answered 503 with Retry-After, at once and without a worker: requests that find the
// queue full or would wait in it for too long, and those that did (work_queue.h).
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "classifier/network.h"
#include "classifier/result.h"
#include "service/http/routes.h"
#include "service/http/server_counts.h"
#include "service/http/tls.h"

namespace winnow::http {

struct ServerOptions {
  std::vector<Network> trusted_proxies;  // from whom X-Forwarded-For is believed
  std::size_t threads = 64;              // requests worked on at once
  std::size_t queue = 256;               // requests that wait for a thread
  // Open at once; never more than the process may have descriptors, less those that it needs itself. Beyond
  // it those that are idle, or silent for longest, make room for new ones.
  std::size_t connections = 10000;
  std::size_t max_body_bytes = 0;  // of any route
};

class Server {
 public:
  // `router` outlives the server.
  Server(const Router& router, ServerOptions options);
  ~Server();

  // Binds and listens; clients may connect from now on. `port` 0 picks a free one. `side`: what is answered
  // there. Gives the port. Any number of times, before run(). kUnavailable if the address cannot be had.
  Result<int> listen(const std::string& host, int port, Side side = Side::kBoth);
  Result<int> listen_tls(const std::string& host, int port, TlsIdentity identity, Side side = Side::kBoth);

  // What handshakes show from now on; connections that have theirs go on. From any thread.
  void set_identity(TlsIdentity identity);

  // Serves until stop(); all requests in flight are answered when it returns. Once, after listening.
  // kUnavailable if the system takes a listening socket away.
  Result<void> run();

  // Ends run(), now or as soon as it is called. From any thread, more than once; not from a signal handler.
  void stop();

  // From any thread.
  ServerCounts counts() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace winnow::http
