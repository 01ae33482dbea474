// Server: HTTP/1.1 and 1.0 over TCP. Reads requests, within bounds, and asks the Router for each answer.
// The only file that includes httplib.h is server.cpp: cpp-httplib reads request lines, headers and bodies
// (chunked, gzip) and writes replies; sockets and their bounds are ours (service/http/connection.h).
//
// Bounds: 64 KiB of request line and headers, 8 KiB of one of them; a body as the route says; 5 s of silence
// inside a request or between two; 30 s for reading one request; 1,000 requests on one connection.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "classifier/result.h"
#include "service/http/routes.h"

namespace winnow::http {

class Server {
 public:
  // `router` outlives the server. `threads`: requests worked on at once; a connection that is kept alive
  // holds one.
  Server(const Router& router, std::size_t threads);
  ~Server();

  // Binds and listens; clients may connect from now on. `port` 0 picks a free one. Gives the port.
  // kUnavailable if the address cannot be had.
  Result<int> listen(const std::string& host, int port);

  // Serves until stop(); all requests in flight are answered when it returns. Once, after listen().
  // kUnavailable if the system takes the listening socket away.
  Result<void> run();

  // Ends run(), which must have been called or be about to be. From any thread, more than once; not from a
  // signal handler.
  void stop();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace winnow::http
