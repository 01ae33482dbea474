// How calls of the Akismet protocol are refused.
#include <doctest/doctest.h>

#include <set>

#include "tests/api/akismet/forms.h"
#include "tests/api/http_client.h"
#include "tests/api/winnowd_process.h"

namespace winnow::api_test {
namespace {

constexpr const char* kBlog = "&blog=http%3A%2F%2Fblog.example%2F&user_ip=203.0.113.7";

TEST_CASE("every answer of comment-check has a GUID of its own") {
  const Installation home;
  const std::string key = home.create_key("blog.example");
  const Winnowd winnowd(home);
  const std::string path = "/1.1/comment-check";
  const std::string chunked = "Transfer-Encoding: chunked\r\n";
  const Response responses[] = {
      post_form(winnowd.port(), path, "api_key=" + key + kBlog),
      post_form(winnowd.port(), path, "api_key=000000000000" + std::string(kBlog)),
      post_form(winnowd.port(), path, "api_key=" + key + "&user_ip=x"),
      post_form(winnowd.port(), path, "api_key=" + key + "&blog=blog.example"),
      post_form(winnowd.port(), path, ""),
      post_form(winnowd.port(), path, std::string((1 << 20) + 1, 'a')),
      ask(winnowd.port(), "GET", path),
      ask(winnowd.port(), "PUT", path, {}, "x"),
      ask(winnowd.port(), "POST", path, {{"Content-Type", "application/json"}}, "{"),
      ask(winnowd.port(), "POST", path, {{"Range", "bytes=9-1"}}, "x"),
      ask(winnowd.port(), "POST", path, {{"Content-Length", "-1"}}),
      ask(winnowd.port(), "POST", path, {{"X-Long", std::string(9000, 'x')}}),
      ask(winnowd.port(), "POST", path, {{"Content-Encoding", "gzip"}}, "not gzip"),
  };
  const int statuses[] = {200, 200, 200, 200, 200, 413, 405, 405, 400, 200, 400, 413, 400};
  std::set<std::string> guids;
  for (std::size_t i = 0; i < std::size(responses); ++i) {
    CAPTURE(i);
    CHECK(responses[i].status == statuses[i]);
    CHECK(responses[i].count("X-akismet-guid") == 1);
    guids.insert(responses[i].header("X-akismet-guid"));
    if (responses[i].status == 200) continue;
    for (const char* word : {"true", "false", "valid"})
      CHECK(responses[i].body.find(word) == std::string::npos);
  }
  CHECK(guids.size() == std::size(responses));
}

TEST_CASE("missing fields are named, with status 200") {
  const Installation home;
  const std::string key = home.create_key("*");
  const Winnowd winnowd(home);
  const auto check = [&](const std::string& body) {
    return post_form(winnowd.port(), "/1.1/comment-check", body);
  };
  Response response = check("api_key=" + key + "&blog=http://x.example");
  CHECK(response.body == "Missing required field: user_ip.");
  CHECK(response.header("X-akismet-debug-help") == "Empty \"user_ip\" value");
  response = check("api_key=" + key + "&user_ip=1.2.3.4");
  CHECK(response.body == "Missing required field: blog.");
  CHECK(response.header("X-akismet-debug-help") == "Empty \"blog\" value");
  response = post_form(winnowd.port(), "/1.1/verify-key", "blog=http://x.example");
  CHECK(response.body == "invalid");
  CHECK(response.header("X-akismet-debug-help") == "Empty \"key\" value");
  response = post_form(winnowd.port(), "/1.1/verify-key", "key=" + key + "&blog");
  CHECK(response.body == "invalid");
  CHECK(response.header("X-akismet-debug-help") == "Empty \"blog\" value");
}

TEST_CASE("a revoked key is refused from then on") {
  const Installation home;
  const std::string key = home.create_key("blog.example");
  const Winnowd winnowd(home);
  const std::string body = "api_key=" + key + kBlog;
  CHECK(post_form(winnowd.port(), "/1.1/comment-check", body).body == "false");
  home.winnow({"key", "revoke", "1"});
  CHECK(post_form(winnowd.port(), "/1.1/comment-check", body).body == "invalid");
  CHECK(post_form(winnowd.port(), "/1.1/verify-key", "key=" + key + kBlog).body == "invalid");
  CHECK(post_form(winnowd.port(), "/1.1/submit-spam", body).body == "invalid");
}

TEST_CASE("a suspended key: comments are held for a person, and the admins are told why") {
  const Installation home;
  const std::string key = home.create_key("blog.example");
  const Winnowd winnowd(home);
  home.winnow({"key", "suspend", "1"});
  const std::string plain = "Content-Type: text/plain; charset=utf-8";
  const std::string alert =
      "\nX-akismet-alert-code: 10010"
      "\nX-akismet-alert-msg: winnow: this key is suspended. Ask whoever runs your winnow.";
  const auto check = [&](const char* path, const Answer& answer) {
    INFO(path);
    const std::string body = (std::string(path) == "/1.1/verify-key" ? "key=" : "api_key=") + key + kBlog;
    check_answer(post_form(winnowd.port(), path, body), answer, key, "");
  };
  check("/1.1/comment-check",
        {"false", plain + "\nX-akismet-guid: {hex32}\nX-akismet-error: suspended" + alert});
  check("/1.1/submit-spam", {"invalid", plain + alert});
  check("/1.1/submit-ham", {"invalid", plain + alert});
  check("/1.1/verify-key", {"invalid", plain + alert});
  check("/1.1/get-stats", {"invalid", plain + alert});
  check("/1.1/get-subscription",
        json(R"({"account_id":1,"account_type":"winnow","account_name":"winnow, self-hosted",)"
             R"("status":"suspended","next_billing_date":false,"limit_reached":false})"));
}

TEST_CASE("a key for another site, and one that may bring no more sites into being") {
  const Installation home;
  const std::string key = home.create_key("blog.example");
  const std::string any = home.create_key("*");
  const Winnowd winnowd(home, {"--max-sites", "2"});
  const auto check = [&](const std::string& text, const std::string& code) {
    for (const char* path : {"/1.1/verify-key", "/1.1/comment-check", "/1.1/submit-spam"}) {
      INFO(path);
      const bool verifies = std::string(path) == "/1.1/verify-key";
      const Response response = post_form(
          winnowd.port(), path,
          (verifies ? "key=" : "api_key=") + text + "&user_ip=203.0.113.7&blog=http://other.example");
      const std::string why = response.header("X-akismet-debug-help");
      CHECK(why.find("site") != std::string::npos);
      const bool has_guid = std::string(path) == "/1.1/comment-check";
      check_answer(response,
                   {"invalid", "Content-Type: text/plain; charset=utf-8\nX-akismet-debug-help: " + why +
                                   "\nX-akismet-alert-code: " + code + "\nX-akismet-alert-msg: winnow: " +
                                   why + (has_guid ? "\nX-akismet-guid: {hex32}" : "")},
                   text, "");
    }
  };
  check(key, "10404");
  CHECK(post_form(winnowd.port(), "/1.1/verify-key", "key=" + any + "&blog=http://new.example").body ==
        "valid");
  check(any, "10007");
}

}  // namespace
}  // namespace winnow::api_test
