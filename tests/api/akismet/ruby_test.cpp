// Clients that run on Ruby: one recorded, two read.
#include <doctest/doctest.h>

#include "tests/api/akismet/forms.h"

namespace winnow::api_test {
namespace {

TEST_CASE("ruby akismet: the visitor's environment first, one connection for all calls") {
  const Sender sender = {.name = "akismet 3.0.0 (recorded)",
                         .site = "blog.example.org",
                         .host = "{key}.rest.akismet.com",
                         .headers =
                             "User-Agent: blog/1.0 | Ruby Akismet/3.0.0\n"
                             "Content-Type: application/x-www-form-urlencoded\n"
                             "Accept-Encoding: gzip;q=1.0,deflate;q=0.6,identity;q=0.3\n"
                             "Accept: */*\n"
                             "Host: {host}\n"
                             "Content-Length: {length}\n"};
  const std::string verify = "blog=https%3A%2F%2Fblog.example.org&key={key}&blog_charset=UTF-8";
  const auto comment = [](const std::string& content, const std::string& special) {
    return "REMOTE_ADDR=203.0.113.24&HTTP_ACCEPT_LANGUAGE=sv-SE&REQUEST_URI=%2Fcomments%3Fx%3D1"
           "&comment_type=comment&comment_content=" +
           content +
           "&comment_author=Ada&comment_author_email=ada%40example.org&comment_author_url="
           "&blog_lang=en%2C+fr&referrer=https%3A%2F%2Fsearch.example.com%2F%3Fa%3Db%26c"
           "&permalink=https%3A%2F%2Fblog.example.org%2Flamps"
           "&comment_date_gmt=2026-01-06T10%3A12%3A13%2B00%3A00"
           "&comment_post_modified_gmt=2026-01-05T10%3A20%3A30%2B00%3A00" +
           special +
           "&blog=https%3A%2F%2Fblog.example.org&user_ip=203.0.113.24&user_agent=Firefox%2F140.0"
           "&blog_charset=UTF-8";
  };
  talk(sender,
       {{"POST /1.1/verify-key", verify, kValid},
        {"POST /1.1/verify-key", verify, kInvalid, "", Form::kUnknown},
        {"POST /1.1/comment-check", comment("A+warm+light", ""), kHam,
         R"({"content":"A warm light","author":"Ada","author_email":"ada@example.org",)"
         R"("blog":"https://blog.example.org","permalink":"https://blog.example.org/lamps",)"
         R"("type":"comment","user_ip":"203.0.113.24","user_agent":"Firefox/140.0",)"
         R"("referrer":"https://search.example.com/?a=b&c","blog_lang":"en, fr",)"
         R"("date_gmt":"2026-01-06T10:12:13+00:00","post_modified_gmt":"2026-01-05T10:20:30+00:00"})"},
        {"POST /1.1/submit-spam", comment("A+warm+light", ""), kThanks, "the last check"},
        {"POST /1.1/submit-ham", comment("A+warm+light", ""), kThanks, "the last check"},
        {"POST /1.1/comment-check", comment("cheap+lamps", ""), kSpam},
        {"POST /1.1/comment-check", comment("cheap+lamps", "&user_role=administrator&is_test=1"), kHam},
        {"POST /1.1/comment-check", comment("A+lamp", "&is_test=1&test_discard=1"), kDiscard},
        {"POST /1.1/submit-spam", comment("A+lamp", ""), kUnknownKey, "", Form::kUnknown}});
}

TEST_CASE("rakismet: verify-key is not escaped, is_test=0 stands in every call") {
  const Sender sender = {.name = "rakismet 1.5 (read)",
                         .site = "blog.example.org",
                         .host = "{key}.rest.akismet.com",
                         .headers =
                             "User-Agent: Rakismet/1.5.6\n"
                             "Content-Type: application/x-www-form-urlencoded\n"
                             "Accept-Encoding: gzip;q=1.0,deflate;q=0.6,identity;q=0.3\n"
                             "Accept: */*\n"
                             "Connection: close\n"
                             "Host: {host}\n"
                             "Content-Length: {length}\n",
                         .closes = true};
  const std::string verify = "key={key}&blog=http://blog.example.org/";
  const auto comment = [](const std::string& content) {
    return "blog=http%3A%2F%2Fblog.example.org%2F&is_test=0&author=&comment_author=Ada&comment_author_url="
           "&comment_author_email=ada%40example.org&comment_type=comment&comment_content=" +
           content +
           "&permalink=&user_ip=203.0.113.24&user_agent=Firefox%2F140.0&referrer=&user_role="
           "&HTTP_ACCEPT_LANGUAGE=en&HTTP_HOST=blog.example.org";
  };
  talk(sender, {{"POST /1.1/verify-key", verify, kValid},
                {"POST /1.1/verify-key", verify, kInvalid, "", Form::kUnknown},
                {"POST /1.1/comment-check", comment("A+warm+light"), kHam,
                 R"({"content":"A warm light","author":"Ada","author_email":"ada@example.org",)"
                 R"("blog":"http://blog.example.org/","type":"comment","user_ip":"203.0.113.24",)"
                 R"("user_agent":"Firefox/140.0"})"},
                {"POST /1.1/submit-spam", comment("A+warm+light"), kThanks, "the last check"},
                {"POST /1.1/submit-ham", comment("A+warm+light"), kThanks, "the last check"},
                {"POST /1.1/comment-check", comment("cheap+lamps"), kSpam}});
}

TEST_CASE("discourse-akismet: content_type where others say comment_type") {
  const Sender sender = {.name = "discourse-akismet (read)",
                         .site = "forum.example.org",
                         .host = "{key}.rest.akismet.com",
                         .headers =
                             "User-Agent: Discourse/3.5.0 | Discourse-Akismet/0.1.0\n"
                             "Content-Type: application/x-www-form-urlencoded\n"
                             "Host: {host}\n"
                             "Content-Length: {length}\n"};
  const auto post = [](const std::string& content) {
    return "content_type=forum-post&permalink=https%3A%2F%2Fforum.example.org%2Ft%2Flamps%2F12%2F3"
           "&comment_author=Ada&comment_content=" +
           content +
           "&comment_author_email=ada%40example.org&user_ip=203.0.113.24&user_agent=Firefox%2F140.0"
           "&referrer=https%3A%2F%2Fforum.example.org%2F&blog=https%3A%2F%2Fforum.example.org";
  };
  talk(sender, {{"POST /1.1/comment-check", post("Lamps%0A%0AA+warm+light"), kHam,
                 R"({"content":"Lamps\n\nA warm light","author":"Ada","author_email":"ada@example.org",)"
                 R"("blog":"https://forum.example.org",)"
                 R"("permalink":"https://forum.example.org/t/lamps/12/3","type":"forum-post",)"
                 R"("user_ip":"203.0.113.24","user_agent":"Firefox/140.0",)"
                 R"("referrer":"https://forum.example.org/"})"},
                {"POST /1.1/submit-spam", post("Lamps%0A%0AA+warm+light"), kThanks, "the last check"},
                {"POST /1.1/submit-ham", post("Lamps%0A%0AA+warm+light"), kThanks, "the last check"},
                {"POST /1.1/comment-check", post("cheap+lamps"), kSpam},
                {"POST /1.1/comment-check", post("Hello"), kUncheckedKey, "", Form::kUnknown}});
}

}  // namespace
}  // namespace winnow::api_test
