// Calls of the Akismet protocol in every encoding, and the headers of verdicts.
#include <doctest/doctest.h>

#include "tests/api/http_client.h"
#include "tests/api/winnowd_process.h"
#include "tests/source_dir.h"

namespace winnow::api_test {
namespace {

constexpr const char* kBlog = "&blog=http%3A%2F%2Fblog.example%2F&user_ip=203.0.113.7";
constexpr const char* kThanks = "Thanks for making the web a better place.";

std::string multipart(const Headers& fields) {
  std::string body;
  for (const auto& [name, value] : fields)
    body += "--XyZ\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  return body + "--XyZ--\r\n";
}

TEST_CASE("the four calls as form, multipart and JSON") {
  const Installation home;
  const std::string key = home.create_key("http://blog.example/");
  const Winnowd winnowd(home);
  struct {
    const char* path;
    const char* content;
    const char* answer;
    const char* type;
  } const calls[] = {
      {"/1.1/verify-key", "", "valid", "text/plain; charset=utf-8"},
      {"/1.1/comment-check", "a cheap offer", "true", "text/plain; charset=utf-8"},
      {"/1.1/comment-check", "a kind word", "false", "text/plain; charset=utf-8"},
      {"/1.1/submit-spam", "a cheap offer", kThanks, "text/html; charset=utf-8"},
      {"/1.1/submit-ham", "a kind word", kThanks, "text/html; charset=utf-8"},
  };
  for (const auto& [path, content, answer, type] : calls) {
    CAPTURE(path);
    const Headers fields = {{"api_key", key},
                            {"key", key},
                            {"blog", "http://blog.example"},
                            {"user_ip", "::1"},
                            {"comment_content", content}};
    std::string form, json;
    for (const auto& [name, value] : fields) {
      form += name + "=" + urlencoded(value) + "&";
      json += (json.empty() ? "{\"" : ",\"") + name + "\":\"" + value + "\"";
    }
    const Response responses[] = {
        post_form(winnowd.port(), path, form),
        ask(winnowd.port(), "POST", path, {{"Content-Type", "multipart/form-data; boundary=XyZ"}},
            multipart(fields)),
        ask(winnowd.port(), "POST", path, {{"Content-Type", "application/json"}}, json + "}"),
        ask(winnowd.port(), "POST", path, {}, form),
    };
    for (const Response& response : responses) {
      CHECK(response.status == 200);
      CHECK(response.body == answer);
      CHECK(response.header("Content-Type") == type);
      CHECK(response.count("Content-Type") == 1);
      CHECK(response.count("Content-Length") == 1);
      CHECK(response.header("X-akismet-debug-help") == "");
      CHECK(response.header("X-akismet-guid").size() == (std::string(path) == "/1.1/comment-check" ? 32 : 0));
    }
  }
}

TEST_CASE("the key in the body, in the query and in the host name") {
  const Installation home;
  const std::string key = home.create_key("*");
  const Winnowd winnowd(home);
  std::string upper = key;
  for (char& c : upper) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  const std::string body = std::string("comment_content=hello") + kBlog;
  const Response responses[] = {
      post_form(winnowd.port(), "/1.1/comment-check", body + "&api_key=" + key),
      post_form(winnowd.port(), "/1.1/comment-check", body + "&api_key=" + upper),
      post_form(winnowd.port(), "/1.1/comment-check?api_key=" + key, body),
      post_form(winnowd.port(), "/1.1/comment-check", body, {{"Host", key + ".rest.akismet.com"}}),
      post_form(winnowd.port(), "/1.1/comment-check", body, {{"Host", upper + ".localhost:8420"}}),
      post_form(winnowd.port(), "/1.1/comment-check", body + "&api_key&", {{"Host", key + ".localhost"}}),
  };
  for (const Response& response : responses) CHECK(response.body == "false");
  CHECK(post_form(winnowd.port(), "/1.1/comment-check", body, {{"Host", "rest.akismet.com"}}).body ==
        "invalid");
  CHECK(post_form(winnowd.port(), "/1.1/verify-key", "key=" + key + "&blog=x.example&api_key=000000000000")
            .body == "valid");
}

TEST_CASE("headers of verdicts") {
  const Installation home;
  const std::string from = "api_key=" + home.create_key("blog.example") + kBlog;
  const Winnowd winnowd(home);
  const auto check = [&](const std::string& content) {
    return post_form(winnowd.port(), "/1.1/comment-check", from + "&comment_content=" + content);
  };
  const Response ham = check("hello"), spam = check("cheap"), blatant = check("blatant");
  CHECK(ham.body == "false");
  CHECK(spam.body == "true");
  CHECK(blatant.body == "true");
  CHECK(ham.header("X-akismet-pro-tip") == "");
  CHECK(spam.header("X-akismet-pro-tip") == "");
  CHECK(blatant.header("X-akismet-pro-tip") == "discard");
  for (const Response& response : {ham, spam, blatant}) {
    CHECK(response.header("X-winnow-score").size() == 6);
    CHECK(response.header("X-winnow-reasons").find('=') != std::string::npos);
    CHECK(response.header("X-akismet-debug-help") == "");
    CHECK(response.header("X-akismet-alert-code") == "");
  }
  CHECK(spam.header("X-winnow-reasons").starts_with("local.cheap=+8.00"));
  CHECK(ham.header("X-akismet-guid") != spam.header("X-akismet-guid"));
}

TEST_CASE("answers are neither compressed nor cut into ranges") {
  const Installation home;
  const std::string from = "api_key=" + home.create_key("blog.example") + kBlog;
  const Winnowd winnowd(home);
  const Response response =
      post_form(winnowd.port(), "/1.1/comment-check", from,
                {{"Accept-Encoding", "gzip, deflate, br, zstd"}, {"Range", "bytes=0-1"}});
  CHECK(response.status == 200);
  CHECK(response.body == "false");
  CHECK(response.header("Content-Encoding") == "");
}

TEST_CASE("WordPress: names without '=', an empty user_ip, a trailing '&'") {
  const Installation home;
  const std::string key = home.create_key("blog.example");
  const Winnowd winnowd(home);
  const Response response =
      post_form(winnowd.port(), "/1.1/comment-check",
                "comment_author_url&user_role&referrer&user_ip&comment_content=cheap&blog=blog."
                "example&comment_context%5B0%5D=news&POST_ak_hp_textarea&api_key=" +
                    key + "&");
  CHECK(response.body == "true");
}

TEST_CASE("of a field that was sent twice the first value counts") {
  const Installation home;
  const std::string from = "api_key=" + home.create_key("blog.example") + kBlog;
  const Winnowd winnowd(home);
  const auto check = [&](const std::string& body) {
    return post_form(winnowd.port(), "/1.1/comment-check", from + body).body;
  };
  CHECK(check("&comment_content=cheap&comment_content=hello") == "true");
  CHECK(check("&comment_content=hello&comment_content=cheap") == "false");
}

TEST_CASE("the guaranteed answers of the protocol, by the shipped model") {
  const Installation home;
  const std::string from = "is_test=1&api_key=" + home.create_key("blog.example") + kBlog;
  const Winnowd winnowd(home, {"--model", source_dir() + "/models/current"});
  const auto check = [&](const std::string& body) {
    return post_form(winnowd.port(), "/1.1/comment-check", from + body).body;
  };
  CHECK(check("&comment_author=viagra-test-123") == "true");
  CHECK(check("&comment_author=akismet-guaranteed-spam") == "true");
  CHECK(check("&comment_author_email=akismet-guaranteed-spam%40example.com&comment_content=Nice+post") ==
        "true");
  CHECK(check("&user_role=administrator&comment_content=blatant+cheap+pills") == "false");
}

}  // namespace
}  // namespace winnow::api_test
