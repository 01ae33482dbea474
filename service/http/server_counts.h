// ServerCounts: what the HTTP server has done and is doing, in numbers, for whoever watches it.
#pragma once

#include <atomic>
#include <cstdint>

namespace winnow::http {

struct ServerCounts {
  // Now.
  std::int64_t connections_open = 0;
  std::int64_t requests_queued = 0;
  std::int64_t bytes_held = 0;  // of requests that are not answered and replies that are not sent
  // Since the start.
  std::int64_t connections_accepted = 0;
  std::int64_t connections_evicted = 0;  // closed to make room for others
  std::int64_t connections_expired = 0;  // closed, or refused, since they took longer than a bound
  std::int64_t handshakes_failed = 0;
  std::int64_t requests = 0;         // that a worker answered
  std::int64_t shed_queue_full = 0;  // 503, since too many waited
  std::int64_t shed_waited = 0;      // 503, since this one had waited too long
  std::int64_t shed_memory = 0;      // 503, since all requests together had too many bytes
  std::int64_t refused_invalid = 0;  // 400
  std::int64_t refused_large = 0;    // 413
};

// Where they are counted. Thread rule: from any thread; each number is right by itself.
struct ServerTally {
  using Count = std::atomic<std::int64_t>;

  Count connections_open = 0, bytes_held = 0, connections_accepted = 0, connections_evicted = 0,
        connections_expired = 0, handshakes_failed = 0, requests = 0, shed_queue_full = 0, shed_waited = 0,
        shed_memory = 0, refused_invalid = 0, refused_large = 0;

  ServerCounts snapshot() const {
    ServerCounts counts;
    counts.connections_open = connections_open;
    counts.bytes_held = bytes_held;
    counts.connections_accepted = connections_accepted;
    counts.connections_evicted = connections_evicted;
    counts.connections_expired = connections_expired;
    counts.handshakes_failed = handshakes_failed;
    counts.requests = requests;
    counts.shed_queue_full = shed_queue_full;
    counts.shed_waited = shed_waited;
    counts.shed_memory = shed_memory;
    counts.refused_invalid = refused_invalid;
    counts.refused_large = refused_large;
    return counts;
  }
};

}  // namespace winnow::http
