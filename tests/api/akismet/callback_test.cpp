// X-akismet-recheck-after and the call that winnow makes to a site whose answer changed.
#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

#include "tests/api/akismet/forms.h"
#include "tests/api/http_client.h"
#include "tests/api/winnowd_process.h"

namespace winnow::api_test {
namespace {

constexpr const char* kText = "&comment_content=come+to+our+wonderful+place+and+be+happy";

// A site's webhook: takes one request after another.
class Webhook {
 public:
  Webhook() : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    sockaddr* const generic = reinterpret_cast<sockaddr*>(&address);
    socklen_t length = sizeof address;
    if (::bind(socket_, generic, length) != 0 || ::listen(socket_, 8) != 0 ||
        ::getsockname(socket_, generic, &length) != 0)
      throw std::runtime_error("cannot listen");
    host_ = "127.0.0.1:" + std::to_string(ntohs(address.sin_port));
  }
  ~Webhook() { ::close(socket_); }
  Webhook(const Webhook&) = delete;
  Webhook& operator=(const Webhook&) = delete;

  const std::string& host() const { return host_; }
  std::string field() const { return "&callback=" + urlencoded("http://" + host_ + "/hook?rest=1"); }

  // The next request, answered with this status; empty if none comes within 15 seconds.
  std::string take(const std::string& status) const {
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, 15000) <= 0) return "";
    const int client = ::accept(socket_, nullptr, nullptr);
    std::string request;
    char buffer[4096];
    while (!request.ends_with("}")) {
      const ssize_t got = ::recv(client, buffer, sizeof buffer, 0);
      if (got <= 0) break;
      request.append(buffer, static_cast<std::size_t>(got));
    }
    const std::string answer = "HTTP/1.1 " + status + "\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}";
    ::send(client, answer.data(), answer.size(), MSG_NOSIGNAL);
    ::close(client);
    return request;
  }

 private:
  int socket_;
  std::string host_;
};

std::string from(const std::string& key, const std::string& blog) {
  return "api_key=" + key + "&blog=http://" + blog + "&user_ip=203.0.113.7";
}

TEST_CASE(
    "a campaign that two more sites report: the site that was told ham is called, and again if it fails") {
  const Installation home;
  const std::string a = home.create_key("a.example");
  const std::string b = home.create_key("b.example");
  const std::string c = home.create_key("c.example");
  const Webhook webhook;
  const Winnowd winnowd(home, {"--callback-hosts", webhook.host(), "--quorum", "2"});
  const auto spam_report = [&](const std::string& key, const std::string& blog) {
    return post_form(winnowd.port(), "/1.1/submit-spam", from(key, blog) + kText).status;
  };

  const Response sure =
      post_form(winnowd.port(), "/1.1/comment-check", from(a, "a.example") + kText + webhook.field());
  check_answer(sure, kHam, a, "");
  CHECK(spam_report(b, "b.example") == 200);
  const Response in_doubt =
      post_form(winnowd.port(), "/1.1/comment-check", from(a, "a.example") + kText + webhook.field());
  check_answer(in_doubt, {"false", kHam.headers + "\nX-akismet-recheck-after: 120"}, a, "");
  CHECK(spam_report(c, "c.example") == 200);

  // Both are told; the first call fails, and comes again.
  std::string calls = webhook.take("503 Busy");
  CHECK(calls.starts_with("POST /hook?rest=1 HTTP/1.1\r\n"));
  CHECK(calls.find("X-Akismet-Webhook: 1\r\n") != std::string::npos);
  CHECK(calls.find("Content-Type: application/json\r\n") != std::string::npos);
  calls += webhook.take("200 OK");
  calls += webhook.take("200 OK");
  for (const Response& response : {sure, in_doubt}) {
    const std::string body = "{\"key\":\"" + a +
                             "\",\"endpoint\":\"comment-check\",\"comments\":[{\"guid\":\"" +
                             response.header("X-akismet-guid") + "\",\"result\":\"true\"}]}";
    CHECK(calls.find(body) != std::string::npos);
  }
  CHECK(winnowd.wait_for_log("told a site of a recheck"));
  CHECK(winnowd.log().find(a) == std::string::npos);

  const Response next = post_form(winnowd.port(), "/1.1/comment-check", from(a, "a.example") + kText);
  check_answer(next, kDiscard, a, "");
  CHECK(next.header("X-winnow-reasons").starts_with("memory.near_duplicate=+11"));
}

TEST_CASE("what is watched outlives a restart, and no key is in the database as it was sent") {
  const Installation home;
  const std::string a = home.create_key("a.example");
  const std::string any = home.create_key("*");
  const Webhook webhook;
  const std::vector<std::string> flags = {"--callback-hosts", webhook.host(), "--quorum", "2"};
  {
    const Winnowd winnowd(home, flags);
    CHECK(post_form(winnowd.port(), "/1.1/comment-check", from(a, "a.example") + kText + webhook.field())
              .body == "false");
  }
  CHECK(read_text(home.data() / "winnow.db").find(a) == std::string::npos);
  const Winnowd winnowd(home, flags);
  for (const char* blog : {"b.example", "c.example"})
    post_form(winnowd.port(), "/1.1/submit-spam", from(any, blog) + kText);
  CHECK(webhook.take("200 OK").find(a) != std::string::npos);
}

TEST_CASE("hosts that are not allowed are not called, and no comment is held for them") {
  const Installation home;
  const std::string any = home.create_key("*");
  const Webhook webhook;
  const Winnowd winnowd(home, {"--callback-hosts", "127.0.0.1, a.example"});
  post_form(winnowd.port(), "/1.1/submit-spam", from(any, "b.example") + kText);
  const Response response =
      post_form(winnowd.port(), "/1.1/comment-check", from(any, "a.example") + kText + webhook.field());
  CHECK(response.body == "false");
  CHECK(response.header("X-akismet-recheck-after") == "");
}

}  // namespace
}  // namespace winnow::api_test
