// Server: HTTP/1.1 and 1.0 over TCP, plain and through TLS. Reads requests, within bounds, and asks the
// Router for each answer. cpp-httplib reads request lines, headers and bodies (chunked, gzip) and writes
// replies; sockets and their bounds are ours (service/http/listener.h, service/http/connection.h).
//
// Bounds: 10 s for a TLS handshake; 64 KiB of request line and headers, 8 KiB of one of them; a body as the
// route says; 5 s of silence inside a request or between two; 30 s for reading one request; 1,000 requests on
// one connection.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "classifier/network.h"
#include "classifier/result.h"
#include "service/http/routes.h"
#include "service/http/tls.h"

namespace winnow::http {

class Server {
 public:
  // `router` outlives the server. `threads`: requests worked on at once, over all that it listens on; a
  // connection that is kept alive holds one. `trusted_proxies`: from whom X-Forwarded-For is believed.
  Server(const Router& router, std::vector<Network> trusted_proxies, std::size_t threads);
  ~Server();

  // Binds and listens; clients may connect from now on. `port` 0 picks a free one. Gives the port. Any number
  // of times, before run(). kUnavailable if the address cannot be had.
  Result<int> listen(const std::string& host, int port);
  Result<int> listen_tls(const std::string& host, int port, TlsIdentity identity);

  // What handshakes show from now on; connections that have theirs go on. From any thread.
  void set_identity(TlsIdentity identity);

  // Serves until stop(); all requests in flight are answered when it returns. Once, after listening.
  // kUnavailable if the system takes a listening socket away.
  Result<void> run();

  // Ends run(), now or as soon as it is called. From any thread, more than once; not from a signal handler.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace winnow::http
