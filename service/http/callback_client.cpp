#include "service/http/callback_client.h"

#include <arpa/inet.h>
#include <httplib.h>
#include <netdb.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

namespace winnow::http {
namespace {

using Delivery = Rechecker::Delivery;

constexpr time_t kConnectSeconds = 5;
constexpr time_t kSilenceSeconds = 10;
constexpr std::chrono::seconds kWholeTime{20};
constexpr std::size_t kMaxAnswerBytes = 64 * 1024;

Delivery delivery_of(int status) {
  if (status >= 200 && status < 300) return Delivery::kDone;
  const bool may_change = status == 408 || status == 425 || status == 429 || status >= 500;
  return may_change ? Delivery::kFailed : Delivery::kRefused;
}

// Ends a call that takes too long altogether: httplib knows no such limit.
class Deadline {
 public:
  explicit Deadline(httplib::Client& client)
      : thread_([this, &client] {
          std::unique_lock lock(mutex_);
          if (!changed_.wait_for(lock, kWholeTime, [this] { return done_; })) client.stop();
        }) {}
  ~Deadline() {
    {
      const std::lock_guard lock(mutex_);
      done_ = true;
    }
    changed_.notify_one();
    thread_.join();
  }
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool done_ = false;  // guarded by mutex_
  std::thread thread_;
};

// "https://[::1]:8443/path" -> "::1"
std::string host_of(const std::string& url) {
  std::string host = url.substr(url.find("//") + 2);
  host.resize(std::min(host.find_first_of("/?#"), host.size()));
  if (host.starts_with('[')) return host.substr(1, host.find(']') - 1);
  return host.substr(0, host.find(':'));
}

std::vector<IpAddress> addresses_of(const std::string& host) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), nullptr, &wanted, &found) != 0) return {};
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> all(found, ::freeaddrinfo);
  std::vector<IpAddress> addresses;
  for (const addrinfo* each = all.get(); each; each = each->ai_next) {
    char text[NI_MAXHOST];
    if (::getnameinfo(each->ai_addr, each->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) != 0)
      continue;
    if (const std::optional<IpAddress> address = IpAddress::parse(text)) addresses.push_back(*address);
  }
  return addresses;
}

Delivery send(httplib::Client& client, httplib::Request request) {
  int status = 0;
  std::size_t read = 0;
  request.response_handler = [&](const httplib::Response& response) {
    status = response.status;
    return true;
  };
  // What the site says beside the status is of no use.
  request.content_receiver = [&](const char*, std::size_t size, std::uint64_t, std::uint64_t) {
    read += size;
    return read <= kMaxAnswerBytes;
  };
  const Deadline deadline(client);
  client.send(request);
  return status == 0 ? Delivery::kFailed : delivery_of(status);
}

Delivery post(const std::string& url, const std::string& host, const IpAddress& address,
              const Rechecker::Headers& headers, const std::string& body) {
  const std::size_t path = url.find('/', url.find("//") + 2);
  httplib::Client client(url.substr(0, path));
  if (!client.is_valid()) return Delivery::kRefused;
  client.set_hostname_addr_map({{host, address.text()}});
  client.set_follow_location(false);
  client.set_connection_timeout(kConnectSeconds);
  client.set_read_timeout(kSilenceSeconds);
  client.set_write_timeout(kSilenceSeconds);
  client.set_keep_alive(false);

  httplib::Request request;
  request.method = "POST";
  request.path = path == std::string::npos ? "/" : url.substr(path);
  request.headers = {{"Content-Type", "application/json"}, {"X-Akismet-Webhook", "1"}};
  for (const auto& [name, value] : headers) request.headers.emplace(name, value);
  request.body = body;
  return send(client, std::move(request));
}

}  // namespace

Delivery CallbackClient::post(const std::string& url, const Rechecker::Headers& headers,
                              const std::string& body) const {
  try {
    const std::string host = host_of(url);
    if (const std::optional<IpAddress> written = IpAddress::parse(host))
      return http::post(url, host, *written, headers, body);
    const std::vector<IpAddress> addresses = addresses_of(host);
    if (addresses.empty()) return Delivery::kFailed;
    const auto may_be_called = [this](const IpAddress& address) {
      return is_public(address) || std::ranges::any_of(networks_, [&](const Network& network) {
               return network.contains(address);
             });
    };
    // All of them: a name that leads outside and inside is not to be trusted with the choice.
    if (!std::ranges::all_of(addresses, may_be_called)) return Delivery::kRefused;
    return http::post(url, host, addresses.front(), headers, body);
  } catch (const std::exception&) {
    return Delivery::kFailed;
  }
}

}  // namespace winnow::http
