// Submits of the Akismet protocol: what is learned from them, and what is not.
#include <doctest/doctest.h>

#include "tests/api/http_client.h"
#include "tests/api/winnowd_process.h"

namespace winnow::api_test {
namespace {

constexpr const char* kBlog = "&blog=http%3A%2F%2Fblog.example%2F&user_ip=203.0.113.7";
constexpr const char* kThanks = "Thanks for making the web a better place.";

TEST_CASE("feedback by guid and by content, slashed as WordPress checks and plain as it reports") {
  const Installation home;
  const std::string key = home.create_key("blog.example");
  const std::string token = home.create_key("blog.example", "api");
  const std::string from = "api_key=" + key + kBlog;
  const Winnowd winnowd(home);
  const std::string slashed =
      R"(I don\'t think <a href=\"http://lamp.example/\">this lamp</a> fits our room at all)";
  const std::string plain =
      R"(I don't think <a href="http://lamp.example/">this lamp</a> fits our room at all)";
  const Response before =
      post_form(winnowd.port(), "/1.1/comment-check", from + "&comment_content=" + urlencoded(slashed));
  CHECK(before.body == "false");
  CHECK(post_form(winnowd.port(), "/1.1/submit-spam", from + "&comment_content=" + urlencoded(plain)).body ==
        kThanks);
  const Response after =
      post_form(winnowd.port(), "/1.1/comment-check", from + "&comment_content=" + urlencoded(slashed));
  CHECK(after.header("X-winnow-score") > before.header("X-winnow-score"));
  CHECK(after.header("X-winnow-reasons").find("memory.same_text") != std::string::npos);

  // Ham by guid: the newer word counts.
  CHECK(post_form(winnowd.port(), "/1.1/submit-ham",
                  "api_key=" + key + "&guid=" + before.header("X-akismet-guid"))
            .body == kThanks);
  const Response last =
      post_form(winnowd.port(), "/1.1/comment-check", from + "&comment_content=" + urlencoded(plain));
  CHECK(last.header("X-winnow-score") < before.header("X-winnow-score"));
}

TEST_CASE("tests are judged, never learned from, and may ask for a discard") {
  const Installation home;
  const std::string from = "api_key=" + home.create_key("blog.example") + kBlog;
  const Winnowd winnowd(home);
  const std::string content = "&comment_content=the+garden+behind+our+house+is+lovely+in+spring";
  const std::string score =
      post_form(winnowd.port(), "/1.1/comment-check", from + content).header("X-winnow-score");
  for (int i = 0; i < 3; ++i)
    CHECK(post_form(winnowd.port(), "/1.1/submit-spam", from + content + "&is_test=1").body == kThanks);
  CHECK(post_form(winnowd.port(), "/1.1/comment-check", from + content).header("X-winnow-score") == score);
  CHECK(post_form(winnowd.port(), "/1.1/comment-check", from + content + "&is_test=true").body == "false");
  const Response discard =
      post_form(winnowd.port(), "/1.1/comment-check", from + content + "&is_test=1&test_discard=1");
  CHECK(discard.body == "true");
  CHECK(discard.header("X-akismet-pro-tip") == "discard");
}

}  // namespace
}  // namespace winnow::api_test
