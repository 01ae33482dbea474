// HTTP by hand over a socket, so that a test sees every byte and can send what no client library would.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow::api_test {

using Headers = std::vector<std::pair<std::string, std::string>>;

struct Response {
  std::string line;  // "HTTP/1.1 200 OK"
  int status = 0;    // 0: no answer came
  Headers headers;
  std::string body;

  // First header of that name, compared without case; empty if there is none.
  std::string header(std::string_view name) const;
  int count(std::string_view name) const;
};

// One connection to 127.0.0.1. Nothing waits longer than kPatienceMillis.
class Client {
 public:
  static constexpr int kPatienceMillis = 20000;

  explicit Client(int port);
  virtual ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // False if the server closed before all was sent.
  bool send(std::string_view bytes);
  // Reads one response, by its Content-Length; of a HEAD, the head alone.
  Response read(bool head_only = false);
  // True if the server closes without sending another byte.
  bool is_closed();

 protected:
  // As send() and recv(), waiting.
  virtual long put(const char* from, std::size_t size);
  virtual long get(char* to, std::size_t size);
  int socket() const { return socket_; }

 private:
  bool fill();

  int socket_ = -1;
  std::string in_;
};

// A request as text. A body brings its Content-Length; `headers` may replace Host.
std::string request(std::string_view method, std::string_view target, const Headers& headers = {},
                    std::string_view body = "");

// One request on a connection of its own.
Response ask(int port, std::string_view method, std::string_view target, const Headers& headers = {},
             std::string_view body = "");
// The same as a form.
Response post_form(int port, std::string_view target, std::string_view body, Headers headers = {});

// Every byte as %XX but letters and digits.
std::string urlencoded(std::string_view bytes);

}  // namespace winnow::api_test
