#include "service/http/channel.h"

#include <sys/socket.h>

#include <cerrno>

namespace winnow::http {
namespace {

class PlainChannel final : public Channel {
 public:
  explicit PlainChannel(int socket) : socket_(socket) {}

  Step open() override { return {Step::kDone}; }

  Step receive(char* to, std::size_t size) override {
    ssize_t got = -1;
    do got = ::recv(socket_, to, size, 0);
    while (got < 0 && errno == EINTR);
    if (got == 0) return {Step::kEnd};
    return outcome(got, Step::kWantsRead);
  }

  Step send(const char* from, std::size_t size) override {
    ssize_t sent = -1;
    do sent = ::send(socket_, from, size, MSG_NOSIGNAL);
    while (sent < 0 && errno == EINTR);
    return outcome(sent, Step::kWantsWrite);
  }

  void finish() override {}

 private:
  static Step outcome(ssize_t moved, Step::Outcome wanted) {
    if (moved >= 0) return {Step::kDone, static_cast<std::size_t>(moved)};
    return {errno == EAGAIN || errno == EWOULDBLOCK ? wanted : Step::kFailed};
  }

  const int socket_;
};

}  // namespace

std::unique_ptr<Channel> plain_channel(int socket) {
  return std::make_unique<PlainChannel>(socket);
}

}  // namespace winnow::http
