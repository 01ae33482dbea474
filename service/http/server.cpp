#include "service/http/server.h"

#include <httplib.h>
#include <poll.h>
#include <sys/eventfd.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>

#include "service/http/connection.h"
#include "service/http/forwarded.h"
#include "service/http/framing.h"
#include "service/http/listener.h"
#include "service/log.h"

namespace winnow::http {
namespace {

using std::chrono::milliseconds;

constexpr int kBurst = 511;                       // clients taken from one port before the next has its turn
constexpr std::size_t kMaxRequests = 1000;        // on one connection
constexpr std::size_t kMaxHeadBytes = 64 * 1024;  // request line and headers
constexpr std::size_t kWireFactor = 8;  // wire bytes per byte of body: chunks of one byte each cost six
constexpr milliseconds kHandshakeTime{10000};
constexpr milliseconds kIdle{5000};
constexpr milliseconds kRequestTime{30000};

// httplib's view of a Connection.
class ConnectionStream final : public httplib::Stream {
 public:
  explicit ConnectionStream(Connection& connection) : connection_(connection) {}
  bool is_readable() const override { return true; }
  bool is_writable() const override { return true; }
  ssize_t read(char* to, std::size_t size) override { return connection_.read(to, size); }
  ssize_t write(const char* from, std::size_t size) override {
    connection_.write(from, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string&, int&) const override {}
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return connection_.socket(); }

 private:
  Connection& connection_;
};

// What is known of the request that this thread is working on. httplib's callbacks do not say which
// connection they speak of, but each connection is served by one thread from its first request to its last.
struct Exchange {
  Connection& connection;
  bool tls;
  Request request;
  bool answered = false;
  bool keep_alive = false;  // the connection can take another request
};
thread_local Exchange* current = nullptr;

// A target in absolute form, as a forward proxy gets it and every server must take it (RFC 9112, section
// 3.2.2): its host counts, not the header's.
void take_host_from_path(Request& request) {
  const std::string scheme = lower(request.path.substr(0, 8));
  const std::size_t begin = scheme.starts_with("http://") ? 7 : scheme == "https://" ? 8 : 0;
  if (begin == 0) return;
  const std::size_t end = std::min(request.path.find('/', begin), request.path.size());
  std::erase_if(request.headers, [](const Field& header) { return header.first == "host"; });
  request.headers.emplace_back("host", request.path.substr(begin, end - begin));
  request.path.erase(0, end);
  if (request.path.empty()) request.path = "/";
}

Request translate(const httplib::Request& from) {
  Request request;
  request.method = from.method;
  request.version = from.version;
  request.path = from.path;
  const std::size_t query = from.target.find('?');
  if (query != std::string::npos) request.query = from.target.substr(query + 1);
  for (const auto& [name, value] : from.headers) request.headers.emplace_back(lower(name), value);
  take_host_from_path(request);
  return request;
}

// Before httplib looks at the request any closer: winnow takes bodies apart itself, so that httplib's limit
// of 8 KiB for forms and its multipart parser stay out of it; and it answers whole and uncompressed, byte for
// byte.
void simplify(httplib::Request& request) {
  request.headers.erase("Content-Type");
  request.headers.erase("Accept-Encoding");
  request.ranges.clear();
  const bool has_length = request.has_header("Content-Length") || request.has_header("Transfer-Encoding");
  if (!has_length) request.set_header("Content-Length", "0");
}

// A failed handshake, where there is a reason to tell: most often a client that does not trust the
// certificate.
void log_failure(const Connection& connection) {
  if (connection.failure().empty()) return;
  log(LogLevel::kInfo, "no TLS connection",
      {{"client", network_of(connection.peer())}, {"reason", connection.failure()}});
}

Error too_large(std::size_t limit) {
  return {ErrorKind::kTooLarge, "The body has more than " + std::to_string(limit) + " bytes.", ""};
}

}  // namespace

class Server::Impl final : public httplib::Server {
 public:
  Impl(const Router& router, std::vector<Network> trusted_proxies, std::size_t threads);
  ~Impl() override;

  Result<int> start_listening(const std::string& host, int port, bool tls);
  void set_identity(TlsIdentity identity);
  Result<void> serve();
  void end();

 private:
  struct Door {
    Listener listener;
    bool tls;
  };

  Result<void> accept_until_stopped(httplib::ThreadPool& pool);
  // Hands the clients who wait there to the pool.
  Result<void> accept_all(const Door& door, httplib::ThreadPool& pool);
  std::unique_ptr<Channel> channel(int socket, bool tls) const;
  void work_on(int socket, bool tls);
  Request translate_head(const httplib::Request& from, const Connection& connection) const;
  void begin(httplib::Request& request, Exchange& exchange) const;
  HandlerResponse answer_without_body(httplib::Response& response) const;
  void answer_with_body(httplib::Response& response, const httplib::ContentReader& reader) const;
  void explain_refusal(const httplib::Request& request, httplib::Response& response) const;
  void put(const Reply& reply, httplib::Response& response) const;

  const Router& router_;
  const std::vector<Network> trusted_proxies_;
  const std::size_t threads_;
  const int stop_event_ = ::eventfd(0, EFD_CLOEXEC);
  std::atomic<bool> stopping_{false};
  std::vector<Door> doors_;
  mutable std::mutex identity_mutex_;
  std::optional<TlsIdentity> identity_;  // guarded by identity_mutex_
};

Server::Impl::Impl(const Router& router, std::vector<Network> trusted_proxies, std::size_t threads)
    : router_(router), trusted_proxies_(std::move(trusted_proxies)), threads_(threads) {
  set_pre_routing_handler(
      [this](const httplib::Request&, httplib::Response& response) { return answer_without_body(response); });
  const auto with_body = [this](const httplib::Request&, httplib::Response& response,
                                const httplib::ContentReader& reader) { answer_with_body(response, reader); };
  Post(R"([\s\S]*)", with_body);
  Put(R"([\s\S]*)", with_body);
  set_error_handler(Handler([this](const httplib::Request& request, httplib::Response& response) {
    if (!current->answered) explain_refusal(request, response);
  }));
  set_post_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
    if (stopping_) current->keep_alive = false;
    for (const char* name : {"Connection", "Keep-Alive", "Accept-Ranges"}) response.headers.erase(name);
    if (response.status == 204 || response.status == 304)  // they have no body (RFC 9110, section 15)
      for (const char* name : {"Content-Length", "Content-Type"}) response.headers.erase(name);
    if (!current->keep_alive)
      response.set_header("Connection", "close");
    else if (request.version == "HTTP/1.0")
      response.set_header("Connection", "keep-alive");
  });
}

Server::Impl::~Impl() {
  ::close(stop_event_);
}

void Server::Impl::work_on(int socket, bool tls) {
  Connection connection(socket, channel(socket, tls), stop_event_);
  if (!connection.open(kHandshakeTime)) {
    log_failure(connection);
    if (!connection.failure().empty()) connection.linger();  // for OpenSSL's alert
    return;
  }
  for (std::size_t served = 0; served < kMaxRequests && connection.wait_for_request(kIdle); ++served) {
    connection.begin_request(kMaxHeadBytes, kRequestTime);
    Exchange exchange{connection, tls, {}};
    current = &exchange;
    ConnectionStream stream(connection);
    bool closed = false;
    const bool last = served + 1 == kMaxRequests;
    bool good = process_request(stream, last, closed, [&](httplib::Request& request) {
      begin(request, exchange);
      if (last) exchange.keep_alive = false;
    });
    current = nullptr;
    good = connection.flush() && good;
    if (!good || !exchange.keep_alive) break;
  }
}

Request Server::Impl::translate_head(const httplib::Request& from, const Connection& connection) const {
  Request request = translate(from);
  request.remote_addr = client_address(connection.peer(), request.headers, trusted_proxies_);
  request.is_https = current->tls || forwarded_https(connection.peer(), request.headers, trusted_proxies_);
  return request;
}

// The head of a request is read.
void Server::Impl::begin(httplib::Request& request, Exchange& exchange) const {
  exchange.request = translate_head(request, exchange.connection);
  exchange.keep_alive = wants_keep_alive(exchange.request) && !stopping_;
  exchange.connection.allow(kMaxHeadBytes + kWireFactor * router_.body_limit(exchange.request));
  simplify(request);
}

httplib::Server::HandlerResponse Server::Impl::answer_without_body(httplib::Response& response) const {
  const Request& request = current->request;
  const std::size_t limit = router_.body_limit(request);
  const Framing framing = framing_of(request);
  if (framing.is_clear && limit > 0 && framing.length <= limit) return HandlerResponse::Unhandled;
  if (framing.has_body) {  // and it stays unread
    current->keep_alive = false;
    current->connection.linger();
  }
  if (!framing.is_clear)
    put(router_.refuse(request,
                       {ErrorKind::kInvalid, "The length of the body is not clear.", "Content-Length"}),
        response);
  else if (limit > 0)
    put(router_.refuse(request, too_large(limit)), response);
  else
    put(router_.answer(request), response);
  return HandlerResponse::Handled;
}

void Server::Impl::answer_with_body(httplib::Response& response, const httplib::ContentReader& reader) const {
  Request& request = current->request;
  const std::size_t limit = router_.body_limit(request);
  bool over = false;
  const bool complete = reader([&](const char* data, std::size_t size) {
    over = size > limit - request.body.size();
    if (!over) request.body.append(data, size);
    return !over;
  });
  if (complete) {
    put(router_.answer(request), response);
    return;
  }
  current->keep_alive = false;
  current->connection.linger();
  if (over || current->connection.over_budget())
    put(router_.refuse(request, too_large(limit)), response);
  else
    put(router_.refuse(request,
                       {ErrorKind::kInvalid, "The body ends early or is not encoded as its head says.", ""}),
        response);
}

// httplib gave up on a request by itself: no HTTP, or a line or header too long.
void Server::Impl::explain_refusal(const httplib::Request& request, httplib::Response& response) const {
  current->keep_alive = false;
  current->connection.linger();
  const bool large = current->connection.over_budget() || response.status == 414;
  const Error error =
      large ? Error{ErrorKind::kTooLarge, "The head of the request is too long.", ""}
            : Error{ErrorKind::kInvalid, "This is no HTTP request that winnow understands.", ""};
  response.headers.clear();
  put(router_.refuse(translate_head(request, current->connection), error), response);
}

void Server::Impl::put(const Reply& reply, httplib::Response& response) const {
  current->answered = true;
  response.status = reply.status;
  response.set_content(reply.body, reply.content_type);
  for (const auto& [name, value] : reply.headers) response.set_header(name, value);
}

Result<int> Server::Impl::start_listening(const std::string& host, int port, bool tls) {
  Result<Listener> listener = Listener::open(host, port);
  if (!listener) return listener.error();
  doors_.push_back({std::move(*listener), tls});
  return doors_.back().listener.port();
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
  httplib::ThreadPool pool(threads_);
  const Result<void> outcome = accept_until_stopped(pool);
  doors_.clear();  // nobody connects any more while the last requests are answered
  pool.shutdown();
  return outcome;
}

Result<void> Server::Impl::accept_until_stopped(httplib::ThreadPool& pool) {
  std::vector<pollfd> waiting = {{stop_event_, POLLIN, 0}};
  for (const Door& door : doors_) waiting.push_back({door.listener.socket(), POLLIN, 0});
  while (!stopping_) {
    if (::poll(waiting.data(), waiting.size(), -1) < 0 && errno != EINTR)
      return Error{ErrorKind::kUnavailable, "the listening sockets cannot be watched", "listen"};
    for (const Door& door : doors_)
      if (Result<void> done = accept_all(door, pool); !done) return done;
  }
  return {};
}

Result<void> Server::Impl::accept_all(const Door& door, httplib::ThreadPool& pool) {
  // A burst at most, for the other doors and the end must have their turn.
  for (int i = 0; i < kBurst; ++i) {
    const Result<int> socket = door.listener.accept();
    if (!socket) return socket.error();
    if (*socket < 0) return {};
    pool.enqueue([this, client = *socket, tls = door.tls] { work_on(client, tls); });
  }
  return {};
}

void Server::Impl::end() {
  stopping_ = true;
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(stop_event_, &one, sizeof one);
}

Server::Server(const Router& router, std::vector<Network> trusted_proxies, std::size_t threads)
    : impl_(std::make_unique<Impl>(router, std::move(trusted_proxies), threads)) {}
Server::~Server() = default;
Result<int> Server::listen(const std::string& host, int port) {
  return impl_->start_listening(host, port, false);
}
Result<int> Server::listen_tls(const std::string& host, int port, TlsIdentity identity) {
  impl_->set_identity(std::move(identity));
  return impl_->start_listening(host, port, true);
}
void Server::set_identity(TlsIdentity identity) {
  impl_->set_identity(std::move(identity));
}
Result<void> Server::run() {
  return impl_->serve();
}
void Server::stop() {
  impl_->end();
}

}  // namespace winnow::http
