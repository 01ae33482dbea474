#include "tests/api/http_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace winnow::api_test {
namespace {

bool same_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() && strncasecmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace

std::string Response::header(std::string_view name) const {
  for (const auto& [key, value] : headers)
    if (same_name(key, name)) return value;
  return "";
}

int Response::count(std::string_view name) const {
  int found = 0;
  for (const auto& [key, value] : headers) found += same_name(key, name);
  return found;
}

Client::Client(int port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    throw std::runtime_error("cannot connect to port " + std::to_string(port));
}

Client::~Client() {
  ::close(socket_);
}

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const long sent = put(bytes.data(), bytes.size());
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

long Client::put(const char* from, std::size_t size) {
  return ::send(socket_, from, size, MSG_NOSIGNAL);
}

long Client::get(char* to, std::size_t size) {
  pollfd waiting{socket_, POLLIN, 0};
  if (::poll(&waiting, 1, kPatienceMillis) <= 0) throw std::runtime_error("the server is silent");
  return ::recv(socket_, to, size, 0);
}

bool Client::fill() {
  char buffer[16384];
  const long got = get(buffer, sizeof buffer);
  if (got > 0) in_.append(buffer, static_cast<std::size_t>(got));
  return got > 0;
}

Response Client::read(bool head_only) {
  Response response;
  std::size_t head_end = 0;
  while ((head_end = in_.find("\r\n\r\n")) == std::string::npos)
    if (!fill()) return response;
  std::string_view head(in_.data(), head_end);
  if (head.size() < 12 || !head.starts_with("HTTP/1.1 ")) throw std::runtime_error("no HTTP: " + in_);
  response.line = head.substr(0, head.find("\r\n"));
  response.status = std::stoi(response.line.substr(9, 3));
  for (std::size_t line = head.find("\r\n"); line != std::string_view::npos;) {
    const std::size_t next = head.find("\r\n", line + 2);
    const std::string_view text =
        head.substr(line + 2, next == std::string_view::npos ? next : next - line - 2);
    const std::size_t colon = text.find(": ");
    response.headers.emplace_back(text.substr(0, colon), text.substr(colon + 2));
    line = next;
  }
  const std::size_t length = head_only ? 0 : std::stoul("0" + response.header("Content-Length"));
  while (in_.size() < head_end + 4 + length)
    if (!fill()) throw std::runtime_error("the body is cut off");
  response.body = in_.substr(head_end + 4, length);
  in_.erase(0, head_end + 4 + length);
  return response;
}

bool Client::is_closed() {
  return in_.empty() && !fill();
}

std::string request(std::string_view method, std::string_view target, const Headers& headers,
                    std::string_view body) {
  std::string text = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\n";
  bool has_host = false;
  for (const auto& [name, value] : headers) {
    text += name + ": " + value + "\r\n";
    has_host = has_host || same_name(name, "Host");
  }
  if (!has_host) text += "Host: localhost\r\n";
  if (!body.empty()) text += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  return text + "\r\n" + std::string(body);
}

Response ask(int port, std::string_view method, std::string_view target, const Headers& headers,
             std::string_view body) {
  Client client(port);
  client.send(request(method, target, headers, body));
  return client.read(method == "HEAD");
}

Response post_form(int port, std::string_view target, std::string_view body, Headers headers) {
  headers.emplace_back("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8");
  return ask(port, "POST", target, headers, body);
}

std::string urlencoded(std::string_view bytes) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) {
      out += c;
    } else {
      out += '%';
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  return out;
}

}  // namespace winnow::api_test
