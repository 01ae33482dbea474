// A site's webhook: takes one request after another.
#pragma once

#include <string>

namespace winnow::api_test {

// Listens on 127.0.0.1.
class Webhook {
 public:
  Webhook();
  ~Webhook();
  Webhook(const Webhook&) = delete;
  Webhook& operator=(const Webhook&) = delete;

  const std::string& host() const { return host_; }
  // The field of a check that names it.
  std::string field() const;

  // The next request, answered with this status; empty if none comes within 15 seconds.
  std::string take(const std::string& status) const;

 private:
  int socket_;
  std::string host_;
};

}  // namespace winnow::api_test
