#include "service/http/server.h"

#include <httplib.h>
#include <sys/eventfd.h>

#include <atomic>

#include "service/http/connection.h"
#include "service/http/framing.h"

namespace winnow::http {
namespace {

using std::chrono::milliseconds;

constexpr int kBacklog = 511;
constexpr std::size_t kMaxRequests = 1000;        // on one connection
constexpr std::size_t kMaxHeadBytes = 64 * 1024;  // request line and headers
constexpr std::size_t kWireFactor = 8;  // wire bytes per byte of body: chunks of one byte each cost six
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
  void get_remote_ip_and_port(std::string& ip, int& port) const override { connection_.peer(ip, port); }
  void get_local_ip_and_port(std::string&, int&) const override {}
  socket_t socket() const override { return connection_.socket(); }

 private:
  Connection& connection_;
};

// What is known of the request that this thread is working on. httplib's callbacks do not say which
// connection they speak of, but each connection is served by one thread from its first request to its last.
struct Exchange {
  Connection& connection;
  Request request;
  bool answered = false;
  bool keep_alive = false;  // the connection can take another request
};
thread_local Exchange* current = nullptr;

Request translate(const httplib::Request& from) {
  Request request;
  request.method = from.method;
  request.version = from.version;
  request.path = from.path;
  const std::size_t query = from.target.find('?');
  if (query != std::string::npos) request.query = from.target.substr(query + 1);
  for (const auto& [name, value] : from.headers) request.headers.emplace_back(lower(name), value);
  request.remote_addr = from.remote_addr;
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

Error too_large(std::size_t limit) {
  return {ErrorKind::kTooLarge, "The body has more than " + std::to_string(limit) + " bytes.", ""};
}

}  // namespace

class Server::Impl final : public httplib::Server {
 public:
  Impl(const Router& router, std::size_t threads);
  ~Impl() override;

  Result<int> start_listening(const std::string& host, int port);
  Result<void> serve();
  void end();

 private:
  bool process_and_close_socket(socket_t socket) override;
  void begin(httplib::Request& request, Exchange& exchange) const;
  HandlerResponse answer_without_body(httplib::Response& response) const;
  void answer_with_body(httplib::Response& response, const httplib::ContentReader& reader) const;
  void explain_refusal(const httplib::Request& request, httplib::Response& response) const;
  void put(const Reply& reply, httplib::Response& response) const;

  const Router& router_;
  const int stop_event_ = ::eventfd(0, EFD_CLOEXEC);
  std::atomic<bool> stopping_{false};
  std::atomic<bool> finished_{false};
};

Server::Impl::Impl(const Router& router, std::size_t threads) : router_(router) {
  new_task_queue = [threads] { return new httplib::ThreadPool(threads); };
  set_tcp_nodelay(true);
  // httplib's own choice, SO_REUSEPORT, would let two servers share one port without a word.
  set_socket_options([](socket_t socket) {
    const int on = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  });
  set_pre_routing_handler(
      [this](const httplib::Request&, httplib::Response& response) { return answer_without_body(response); });
  Post(R"([\s\S]*)", [this](const httplib::Request&, httplib::Response& response,
                            const httplib::ContentReader& reader) { answer_with_body(response, reader); });
  set_error_handler(Handler([this](const httplib::Request& request, httplib::Response& response) {
    if (!current->answered) explain_refusal(request, response);
  }));
  set_post_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
    if (stopping_) current->keep_alive = false;
    for (const char* name : {"Connection", "Keep-Alive", "Accept-Ranges"}) response.headers.erase(name);
    if (!current->keep_alive)
      response.set_header("Connection", "close");
    else if (request.version == "HTTP/1.0")
      response.set_header("Connection", "keep-alive");
  });
}

Server::Impl::~Impl() {
  if (!finished_ && svr_sock_ != INVALID_SOCKET) ::close(svr_sock_);
  ::close(stop_event_);
}

bool Server::Impl::process_and_close_socket(socket_t socket) {
  Connection connection(socket, stop_event_);
  bool good = false;
  for (std::size_t served = 0; served < kMaxRequests && connection.wait_for_request(kIdle); ++served) {
    connection.begin_request(kMaxHeadBytes, kRequestTime);
    Exchange exchange{connection, {}};
    current = &exchange;
    ConnectionStream stream(connection);
    bool closed = false;
    const bool last = served + 1 == kMaxRequests;
    good = process_request(stream, last, closed, [&](httplib::Request& request) {
      begin(request, exchange);
      if (last) exchange.keep_alive = false;
    });
    current = nullptr;
    good = connection.flush() && good;
    if (!good || !exchange.keep_alive) break;
  }
  return good;
}

// The head of a request is read.
void Server::Impl::begin(httplib::Request& request, Exchange& exchange) const {
  exchange.request = translate(request);
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
  put(router_.refuse(translate(request), error), response);
  response.set_header("Content-Length", std::to_string(response.body.size()));
}

void Server::Impl::put(const Reply& reply, httplib::Response& response) const {
  current->answered = true;
  response.status = reply.status;
  response.set_content(reply.body, reply.content_type);
  for (const auto& [name, value] : reply.headers) response.set_header(name, value);
}

Result<int> Server::Impl::start_listening(const std::string& host, int port) {
  const int bound = port == 0 ? bind_to_any_port(host) : bind_to_port(host, port) ? port : -1;
  // httplib listens with a backlog of 5, which a burst of clients overflows; listening again replaces it.
  if (bound < 0 || ::listen(svr_sock_, kBacklog) != 0)
    return Error{
        ErrorKind::kUnavailable,
        "cannot listen on " + host + ":" + std::to_string(port) + "; is something else listening there?",
        "listen"};
  return bound;
}

Result<void> Server::Impl::serve() {
  const bool ended_well = stopping_ || listen_after_bind();
  finished_ = true;
  if (ended_well || stopping_) return {};
  return Error{ErrorKind::kUnavailable, "the listening socket is gone", "listen"};
}

void Server::Impl::end() {
  if (stopping_.exchange(true)) return;
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(stop_event_, &one, sizeof one);
  // httplib ignores a stop() that comes before its loop begins.
  while (!is_running() && !finished_) std::this_thread::sleep_for(milliseconds(1));
  if (!finished_) stop();
}

Server::Server(const Router& router, std::size_t threads) : impl_(std::make_unique<Impl>(router, threads)) {}
Server::~Server() = default;
Result<int> Server::listen(const std::string& host, int port) {
  return impl_->start_listening(host, port);
}
Result<void> Server::run() {
  return impl_->serve();
}
void Server::stop() {
  impl_->end();
}

}  // namespace winnow::http
