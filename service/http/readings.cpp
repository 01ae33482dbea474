#include "service/http/readings.h"

namespace winnow::http {
namespace {

Reading counter(std::string name, std::string help, std::int64_t value,
                std::vector<std::pair<std::string, std::string>> labels = {}) {
  return {Reading::Kind::kCounter, std::move(name), std::move(help), static_cast<double>(value),
          std::move(labels)};
}

Reading gauge(std::string name, std::string help, std::int64_t value) {
  return {Reading::Kind::kGauge, std::move(name), std::move(help), static_cast<double>(value), {}};
}

Reading shed(const char* why, std::int64_t value) {
  return counter("winnow_shed_total", "Requests answered 503 because there was too much to do", value,
                 {{"why", why}});
}

Reading refused(const char* why, std::int64_t value) {
  return counter("winnow_refused_total", "Requests refused before they came to a route", value,
                 {{"why", why}});
}

Reading throttled(const char* by, std::uint64_t value) {
  return counter("winnow_throttled_total", "Requests answered 429", static_cast<std::int64_t>(value),
                 {{"by", by}});
}

}  // namespace

std::vector<Reading> readings_of(const ServerCounts& counts) {
  return {
      gauge("winnow_connections", "Connections that are open", counts.connections_open),
      gauge("winnow_requests_queued", "Requests that wait for a thread", counts.requests_queued),
      gauge("winnow_held_bytes", "Bytes of requests not answered and replies not sent", counts.bytes_held),
      counter("winnow_connections_total", "Connections accepted", counts.connections_accepted),
      counter("winnow_connections_evicted_total", "Connections closed to make room",
              counts.connections_evicted),
      counter("winnow_connections_expired_total", "Connections that took longer than a bound",
              counts.connections_expired),
      counter("winnow_handshakes_failed_total", "TLS handshakes that failed", counts.handshakes_failed),
      shed("queue_full", counts.shed_queue_full),
      shed("waited", counts.shed_waited),
      shed("memory", counts.shed_memory),
      refused("invalid", counts.refused_invalid),
      refused("large", counts.refused_large),
  };
}

std::vector<Reading> readings_of(const GateCounts& counts) {
  return {throttled("key", counts.by_key), throttled("client", counts.by_client),
          throttled("wrong_keys_of_client", counts.unknown_by_client),
          throttled("wrong_keys_in_total", counts.unknown_in_total)};
}

}  // namespace winnow::http
