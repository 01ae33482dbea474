// X-akismet-recheck-after and the call that winnow makes to a site whose answer changed.
#include <doctest/doctest.h>

#include "tests/api/akismet/forms.h"
#include "tests/api/http_client.h"
#include "tests/api/webhook.h"
#include "tests/api/winnowd_process.h"

namespace winnow::api_test {
namespace {

constexpr const char* kText = "&comment_content=come+to+our+wonderful+place+and+be+happy";

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
  CHECK(calls.find("X-winnow-signature: t=") != std::string::npos);
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
