#include "service/http/server.h"

#include <sys/resource.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>

#include "service/http/bounds.h"
#include "service/http/content_coding.h"
#include "service/http/event_loop.h"
#include "service/http/forwarded.h"
#include "service/http/framing.h"
#include "service/http/reply_text.h"
#include "service/log.h"
#include "service/store/thread_priority.h"

namespace winnow::http {
namespace {

constexpr std::size_t kFewest = 16;    // connections that there are descriptors for in any case
constexpr std::size_t kReserved = 64;  // descriptors for files, and for each thread:
constexpr std::size_t kReservedPerThread = 4;

// Raises the number of descriptors that this process may have to the highest allowed, and gives how many
// connections that is good for.
std::size_t connections_possible(std::size_t threads) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return kFewest;
  limit.rlim_cur = limit.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &limit);
  ::getrlimit(RLIMIT_NOFILE, &limit);
  const std::size_t reserved = kReserved + kReservedPerThread * threads;
  return std::max<std::size_t>(limit.rlim_cur, reserved + kFewest) - reserved;
}

// A failed handshake, where there is a reason to tell: most often a client that does not trust the
// certificate.
void log_failure(const Connection& connection) {
  const std::string reason = connection.channel->failure();
  if (reason.empty()) return;
  log(LogLevel::kInfo, "no TLS connection", {{"client", network_of(connection.peer)}, {"reason", reason}});
}

}  // namespace

class Server::Impl {
 public:
  Impl(const Router& router, ServerOptions options)
      : router_(router),
        options_(std::move(options)),
        work_(options_.queue, options_.threads),
        loop_(router, work_, tally_, parts()) {}

  Result<int> start_listening(const std::string& host, int port, bool tls, Side side);
  void set_identity(TlsIdentity identity);
  Result<void> serve();
  void stop() { loop_.stop(); }
  ServerCounts counts() const;

 private:
  EventLoop::Parts parts();
  std::unique_ptr<Channel> channel(int socket, bool tls) const;
  void complete(Request& head, const Connection& connection) const;
  void work();
  void serve(Connection& connection);
  void answer(Connection& connection, const Reply& reply);

  const Router& router_;
  const ServerOptions options_;
  ServerTally tally_;
  Work work_;
  std::vector<std::unique_ptr<Door>> doors_;
  mutable std::mutex identity_mutex_;
  std::optional<TlsIdentity> identity_;  // guarded by identity_mutex_
  EventLoop loop_;
};

EventLoop::Parts Server::Impl::parts() {
  return {std::min(options_.connections, connections_possible(options_.threads)),
          std::max(kHeldBytes, 4 * options_.max_body_bytes),
          [this](int socket, const Door& door) { return channel(socket, door.tls); },
          [this](Request& head, const Connection& connection) { complete(head, connection); }};
}

void Server::Impl::complete(Request& head, const Connection& connection) const {
  const std::vector<Network>& proxies = options_.trusted_proxies;
  head.remote_addr = client_address(connection.peer, head.headers, proxies);
  head.is_https = connection.door.tls || forwarded_https(connection.peer, head.headers, proxies);
  head.side = connection.door.side;
}

void Server::Impl::work() {
  while (const std::optional<Connection*> connection = work_.pop()) serve(**connection);
}

// Nobody else touches a connection that has a request for a worker, until it is answered.
void Server::Impl::serve(Connection& connection) {
  std::unique_lock lock(connection.mutex);
  if (connection.handshake) {
    const Step step = connection.channel->open();
    if (step.outcome == Step::kFailed) log_failure(connection);
    work_.done();
    loop_.continue_handshake(connection, step);
    return;
  }
  RequestReader& reader = connection.reader;
  Request& request = reader.request();
  lock.unlock();
  if (const Result<void> unpacked = unpack_body(request, reader.limit()); !unpacked)
    return answer(connection, router_.refuse(request, unpacked.error()));
  router_.answer(request, [this, &connection](const Reply& reply) { answer(connection, reply); });
}

void Server::Impl::answer(Connection& connection, const Reply& reply) {
  const std::lock_guard lock(connection.mutex);
  const RequestReader& reader = connection.reader;
  const Request& request = connection.reader.request();
  connection.linger = reader.leaves_body();
  const bool keep_alive = wants_keep_alive(request) && !reader.leaves_body() &&
                          connection.served + 1 < kMaxRequests && !loop_.is_stopping();
  ++tally_.requests;
  work_.done();
  loop_.answer(connection, reply_text(reply, request, keep_alive), keep_alive);
}

Result<int> Server::Impl::start_listening(const std::string& host, int port, bool tls, Side side) {
  Result<Listener> listener = Listener::open(host, port);
  if (!listener) return listener.error();
  doors_.push_back(std::make_unique<Door>(std::move(*listener), tls, side));
  return doors_.back()->listener.port();
}

void Server::Impl::set_identity(TlsIdentity identity) {
  const std::lock_guard lock(identity_mutex_);
  identity_ = std::move(identity);
}

std::unique_ptr<Channel> Server::Impl::channel(int socket, bool tls) const {
  if (!tls) return plain_channel(socket);
  const std::lock_guard lock(identity_mutex_);
  return identity_->channel(socket);
}

Result<void> Server::Impl::serve() {
  std::vector<std::thread> workers;
  for (std::size_t i = 0; i < options_.threads; ++i) workers.emplace_back([this] { work(); });
  // Where requests come faster than they are answered, all workers want the processor at once, and the one
  // thread that can tell clients so must not have to wait for each of them.
  set_priority_of_this_thread(ThreadPriority::kFirst);
  Result<void> outcome = loop_.run(doors_);
  work_.close();
  for (std::thread& worker : workers) worker.join();
  return outcome;
}

ServerCounts Server::Impl::counts() const {
  ServerCounts counts = tally_.snapshot();
  counts.requests_queued = static_cast<std::int64_t>(work_.size());
  return counts;
}

Server::Server(const Router& router, ServerOptions options)
    : impl_(std::make_unique<Impl>(router, std::move(options))) {}
Server::~Server() = default;
Result<int> Server::listen(const std::string& host, int port, Side side) {
  return impl_->start_listening(host, port, false, side);
}
Result<int> Server::listen_tls(const std::string& host, int port, TlsIdentity identity, Side side) {
  impl_->set_identity(std::move(identity));
  return impl_->start_listening(host, port, true, side);
}
void Server::set_identity(TlsIdentity identity) {
  impl_->set_identity(std::move(identity));
}
Result<void> Server::run() {
  return impl_->serve();
}
void Server::stop() {
  impl_->stop();
}
ServerCounts Server::counts() const {
  return impl_->counts();
}

}  // namespace winnow::http
