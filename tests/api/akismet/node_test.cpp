// Clients that run on Node (recorded).
#include <doctest/doctest.h>

#include "tests/api/akismet/forms.h"

namespace winnow::api_test {
namespace {

TEST_CASE("npm akismet-api: blanks as %20, the key in the host, a honeypot of its own name") {
  const Sender sender = {.name = "akismet-api 6.0.0 (recorded)",
                         .site = "blog.example.org",
                         .host = "{key}.rest.akismet.com",
                         .headers =
                             "Host: {host}\n"
                             "Accept-Encoding: gzip, deflate\n"
                             "Content-Type: application/x-www-form-urlencoded\n"
                             "User-Agent: Node.js/v20.20.2 | Akismet-api/6.0.0\n"
                             "Content-Length: {length}\n"
                             "Connection: close\n",
                         .closes = true};
  const std::string verify = "key={key}&blog=https%3A%2F%2Fblog.example.org%2F";
  const std::string from =
      "user_ip=203.0.113.24&user_agent=Firefox%2F140.0%3B%20X11"
      "&referrer=https%3A%2F%2Fsearch.example.com%2F%3Fq%3Da%2Bb%26x%3D%25C3%25A9";
  const std::string about =
      "&comment_type=comment&comment_date_gmt=2026-01-06T10%3A12%3A13Z"
      "&permalink=https%3A%2F%2Fblog.example.org%2Flamps&comment_post_modified_gmt=2026-01-05T10%3A20%3A30Z";
  const std::string site = "&blog=https%3A%2F%2Fblog.example.org%2F&blog_lang=en%2C%20sv&blog_charset=UTF-8";
  const std::string odd =
      from +
      "&comment_author=Zo%C3%AB%20%F0%9F%92%A1&comment_content=50%25%20%2B%20a%26b%3Dc%0D%0Anext%09tab" +
      about + "&honeypot_field_name=website2&website2=filled" + site;
  const std::string odd_understood =
      R"({"content":"50% + a&b=c\r\nnext\ttab","author":"Zoë 💡","blog":"https://blog.example.org/",)"
      R"("permalink":"https://blog.example.org/lamps","type":"comment","user_ip":"203.0.113.24",)"
      R"("user_agent":"Firefox/140.0; X11","referrer":"https://search.example.com/?q=a+b&x=%C3%A9",)"
      R"("blog_lang":"en, sv","honeypot":"filled","date_gmt":"2026-01-06T10:12:13Z",)"
      R"("post_modified_gmt":"2026-01-05T10:20:30Z"})";
  const std::string ham =
      from + "&comment_author=Ada&comment_author_email=ada%40example.org&comment_content=A%20warm%20light" +
      about + "&comment_author_url=" + site;
  const std::string spam = from + "&comment_author=Ada&comment_content=cheap%20lamps" + about + site;
  talk(sender,
       {{"POST /1.1/verify-key", verify, kValid},
        {"POST /1.1/verify-key", verify, kInvalid, "", Form::kUnknown},
        {"POST /1.1/comment-check", odd, kDiscard, odd_understood},
        {"POST /1.1/comment-check", ham, kHam},
        {"POST /1.1/submit-spam", ham, kThanks, "the last check"},
        {"POST /1.1/submit-ham", ham, kThanks, "the last check"},
        {"POST /1.1/comment-check", spam, kSpam},
        {"POST /1.1/comment-check", spam + "&user_role=administrator&is_test=true", kHam},
        {"POST /1.1/comment-check", from + "&comment_author=viagra-test-123&is_test=true" + site, kDiscard},
        {"POST /1.1/comment-check",
         "user_agent=Firefox&comment_content=hello" + site,
         {"Missing required field: user_ip.",
          "Content-Type: text/plain; charset=utf-8\n"
          "X-akismet-debug-help: Empty \"user_ip\" value\n"
          "X-akismet-guid: {hex32}"}},
        {"POST /1.1/comment-check", ham, kUncheckedKey, "", Form::kUnknown},
        {"POST /1.1/submit-spam", spam, kUnknownKey, "", Form::kUnknown}});
}

TEST_CASE("Twikoo: akismet-api 5, HTML, the key verified before every comment") {
  const Sender sender = {.name = "twikoo-func 1.7.9 (recorded)",
                         .site = "blog.example.org",
                         .host = "{key}.rest.akismet.com",
                         .headers =
                             "Host: {host}\n"
                             "Accept-Encoding: gzip, deflate\n"
                             "Content-Type: application/x-www-form-urlencoded\n"
                             "User-Agent: Node.js/v20.20.2 | Akismet-api/5.3.0\n"
                             "Content-Length: {length}\n"
                             "Connection: close\n",
                         .closes = true};
  const std::string verify = "key={key}&blog=https%3A%2F%2Fblog.example.org";
  const auto check = [](const std::string& content) {
    return "user_ip=203.0.113.24&user_agent=Firefox%2F140.0&comment_author=Ada"
           "&comment_author_email=ada%40example.org&comment_content=" +
           content +
           "&comment_type=comment&permalink=https%3A%2F%2Fblog.example.org%2Flamps%2F&comment_author_url="
           "&blog=https%3A%2F%2Fblog.example.org";
  };
  talk(sender, {{"POST /1.1/verify-key", verify, kInvalid, "", Form::kUnknown},
                {"POST /1.1/verify-key", verify, kValid},
                {"POST /1.1/comment-check", check("%3Cp%3EA%20warm%20light.%3C%2Fp%3E"), kHam,
                 R"({"content":"<p>A warm light.</p>","author":"Ada","author_email":"ada@example.org",)"
                 R"("blog":"https://blog.example.org","permalink":"https://blog.example.org/lamps/",)"
                 R"("type":"comment","user_ip":"203.0.113.24","user_agent":"Firefox/140.0"})"},
                {"POST /1.1/verify-key", verify, kValid},
                {"POST /1.1/comment-check", check("%3Cp%3Echeap%20lamps%3C%2Fp%3E"), kSpam}});
}

TEST_CASE("@cedx/akismet: api_key in every call, also to verify it, and a list of contexts") {
  const Sender sender = {.name = "@cedx/akismet 16.2.1 (recorded)",
                         .site = "blog.example.org",
                         .host = "rest.akismet.com",
                         .headers =
                             "host: {host}\n"
                             "connection: keep-alive\n"
                             "user-agent: Node.js/20 | Akismet/16.2.1\n"
                             "content-type: application/x-www-form-urlencoded;charset=UTF-8\n"
                             "accept: */*\n"
                             "accept-language: *\n"
                             "sec-fetch-mode: cors\n"
                             "accept-encoding: gzip, deflate\n"
                             "content-length: {length}\n"};
  const std::string site =
      "blog=https%3A%2F%2Fblog.example.org%2F&blog_charset=UTF-8&blog_lang=en%2Cfr&api_key={key}";
  const auto comment = [&](const std::string& content, const std::string& reason) {
    return site + "&user_ip=203.0.113.24&comment_author_email=ada%40example.org&comment_author=Ada" +
           "&user_agent=Firefox%2F140.0&comment_content=" + content +
           "&comment_context%5B0%5D=lamps&comment_context%5B1%5D=paint+%26+colour"
           "&comment_date_gmt=2026-01-06T10%3A12%3A13.000Z&permalink=https%3A%2F%2Fblog.example.org%2Flamps"
           "&comment_post_modified_gmt=2026-01-05T10%3A20%3A30.000Z" +
           reason + "&referrer=https%3A%2F%2Fblog.example.org%2F&comment_type=comment";
  };
  const std::string understood =
      R"({"content":"A warm light","author":"Ada","author_email":"ada@example.org",)"
      R"("blog":"https://blog.example.org/","permalink":"https://blog.example.org/lamps","type":"comment",)"
      R"("user_ip":"203.0.113.24","user_agent":"Firefox/140.0","referrer":"https://blog.example.org/",)"
      R"("blog_lang":"en,fr","date_gmt":"2026-01-06T10:12:13.000Z",)"
      R"("post_modified_gmt":"2026-01-05T10:20:30.000Z","context":["lamps","paint & colour"]})";
  talk(sender,
       {{"POST /1.1/verify-key", site, kValid},
        {"POST /1.1/verify-key", site, kInvalid, "", Form::kUnknown},
        {"POST /1.1/comment-check", comment("A+warm+light", ""), kHam, understood},
        {"POST /1.1/submit-spam", comment("A+warm+light", ""), kThanks, "the last check"},
        {"POST /1.1/submit-ham", comment("A+warm+light", ""), kThanks, "the last check"},
        {"POST /1.1/comment-check", comment("A+warm+light", "&recheck_reason=edit"), kHam},
        {"POST /1.1/comment-check", comment("cheap+lamps", ""), kSpam},
        {"POST /1.1/comment-check", comment("cheap+lamps", "") + "&user_role=administrator&is_test=1", kHam},
        {"POST /1.1/comment-check", comment("Hello", ""), kUncheckedKey, "", Form::kUnknown},
        {"POST /1.1/submit-spam", comment("Hello", ""), kUnknownKey, "", Form::kUnknown}});
}

TEST_CASE("npm akismet, and Waline: lower-case headers, port 80, the library's own agent") {
  const Sender sender = {.name = "akismet 2.0.7, @waline/vercel 1.39.3 (recorded)",
                         .site = "blog.example.org",
                         .host = "{key}.rest.akismet.com",
                         .headers =
                             "content-type: application/x-www-form-urlencoded\n"
                             "user-agent: Generic Node.js/1.0.0 | Akismet/3.1.7\n"
                             "host: {host}\n"
                             "content-length: {length}\n"
                             "Connection: keep-alive\n"};
  const std::string verify = "key={key}&blog=https%3A%2F%2Fblog.example.org";
  const auto plain_check = [](const std::string& content) {
    return "user_ip=203.0.113.24&user_agent=Firefox%2F140.0&permalink=https%3A%2F%2Fblog.example.org%2Flamps"
           "&comment_author=Ada&comment_author_email=ada%40example.org&comment_author_url=&comment_content=" +
           content + "&blog=https%3A%2F%2Fblog.example.org";
  };
  const auto waline_check = [](const std::string& content) {
    return "user_ip=203.0.113.24&permalink=https%3A%2F%2Fblog.example.org%2Flamps&comment_author=Ada"
           "&comment_content=" +
           content +
           "&blog=https%3A%2F%2Fblog.example.org"
           "&user_agent=Generic%20Node.js%2F1.0.0%20%7C%20Akismet%2F3.1.7";
  };
  talk(sender, {{"POST /1.1/verify-key", verify, kValid},
                {"POST /1.1/verify-key", verify, kInvalid, "", Form::kUnknown},
                {"POST /1.1/comment-check", plain_check("A%20warm%20light"), kHam,
                 R"({"content":"A warm light","author":"Ada","author_email":"ada@example.org",)"
                 R"("blog":"https://blog.example.org","permalink":"https://blog.example.org/lamps",)"
                 R"("user_ip":"203.0.113.24","user_agent":"Firefox/140.0"})"},
                {"POST /1.1/submit-spam", plain_check("A%20warm%20light"), kThanks, "the last check"},
                {"POST /1.1/submit-ham", plain_check("A%20warm%20light"), kThanks, "the last check"},
                {"POST /1.1/comment-check", plain_check("cheap%20lamps"), kSpam},
                {"POST /1.1/verify-key", verify, kValid},
                {"POST /1.1/comment-check", waline_check("A%20dim%20light"), kHam},
                {"POST /1.1/comment-check", waline_check("cheap%20lamps"), kSpam}});
}

TEST_CASE(
    "NodeBB: api_key to verify, an IPv4 address in IPv6, the text `undefined`, a submit without agent") {
  const Sender sender = {.name = "nodebb-plugin-spam-be-gone 2.3.2 (recorded; undefined and ::ffff: read)",
                         .site = "forum.example.org",
                         .host = "rest.akismet.com",
                         .headers =
                             "host: {host}\n"
                             "connection: keep-alive\n"
                             "Content-Type: application/x-www-form-urlencoded\n"
                             "User-Agent: NodeBB/4.4.0 | nodebb-plugin-spam-be-gone/2.3.2\n"
                             "accept: */*\n"
                             "accept-language: *\n"
                             "sec-fetch-mode: cors\n"
                             "accept-encoding: br, gzip, deflate\n"
                             "content-length: {length}\n"};
  const std::string verify = "api_key={key}&blog=https%3A%2F%2Fforum.example.org";
  const auto check = [&](const std::string& content, const std::string& reason) {
    return "referrer=undefined&user_ip=%3A%3Affff%3A203.0.113.24&user_agent=Firefox%2F140.0"
           "&permalink=https%3A%2F%2Fforum.example.org%2Fapi%2Fv3%2Ftopics%2F12&comment_content=" +
           content + "&comment_author=ada&comment_author_email=ada%40example.org&comment_type=forum-post" +
           reason + "&" + verify;
  };
  const std::string flag =
      "user_ip=203.0.113.24&permalink=https%3A%2F%2Fforum.example.org%2Ftopic%2F12%2Flamps"
      "&comment_author=ada&comment_author_email=ada%40example.org&comment_content=Lamps%0A%0AA+warm+light"
      "&comment_type=forum-post&" +
      verify;
  talk(sender,
       {{"POST /1.1/verify-key", verify, kInvalid, "", Form::kUnknown},
        {"POST /1.1/verify-key", verify, kValid},
        {"POST /1.1/comment-check", check("A+dim+light", "&recheck_reason=edit"), kHam},
        {"POST /1.1/comment-check", check("cheap+lamps", ""), kSpam},
        {"POST /1.1/submit-ham", check("cheap+lamps", ""), kThanks, "the last check"},
        {"POST /1.1/comment-check", check("Lamps%0A%0AA+warm+light", ""), kHam,
         R"({"content":"Lamps\n\nA warm light","author":"ada","author_email":"ada@example.org",)"
         R"("blog":"https://forum.example.org","permalink":"https://forum.example.org/api/v3/topics/12",)"
         R"("type":"forum-post","user_ip":"203.0.113.24","user_agent":"Firefox/140.0"})"},
        {"POST /1.1/submit-spam", flag, kThanks, "the last check"}});
}

}  // namespace
}  // namespace winnow::api_test
