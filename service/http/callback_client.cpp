#include "service/http/callback_client.h"

#include <httplib.h>

namespace winnow::http {
namespace {

using Delivery = Rechecker::Delivery;

constexpr time_t kConnectSeconds = 5;
constexpr time_t kSilenceSeconds = 10;
constexpr std::size_t kMaxAnswerBytes = 64 * 1024;

Delivery delivery_of(int status) {
  if (status >= 200 && status < 300) return Delivery::kDone;
  const bool may_change = status == 408 || status == 425 || status == 429 || status >= 500;
  return may_change ? Delivery::kFailed : Delivery::kRefused;
}

Delivery post(const std::string& url, const std::string& body) {
  const std::size_t path = url.find('/', url.find("//") + 2);
  httplib::Client client(url.substr(0, path));
  if (!client.is_valid()) return Delivery::kRefused;
  client.set_connection_timeout(kConnectSeconds);
  client.set_read_timeout(kSilenceSeconds);
  client.set_write_timeout(kSilenceSeconds);
  client.set_keep_alive(false);

  httplib::Request request;
  request.method = "POST";
  request.path = path == std::string::npos ? "/" : url.substr(path);
  request.headers = {{"Content-Type", "application/json"}, {"X-Akismet-Webhook", "1"}};
  request.body = body;
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
  client.send(request);
  return status == 0 ? Delivery::kFailed : delivery_of(status);
}

}  // namespace

Delivery post_callback(const std::string& url, const std::string& body) {
  try {
    return post(url, body);
  } catch (const std::exception&) {
    return Delivery::kFailed;
  }
}

}  // namespace winnow::http
