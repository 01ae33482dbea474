// Clients in Perl and Go (recorded), Python and .NET (read), a forum that sends multipart forms (read), and
// the example of Akismet's documentation.
#include <doctest/doctest.h>

#include "tests/api/akismet/forms.h"

namespace winnow::api_test {
namespace {

std::string perl_comment(const std::string& content) {
  return "blog=http%3A%2F%2Fblog.example.org%2F&user_ip=203.0.113.24&user_agent=Firefox%2F140.0+(X11)"
         "&referrer=http%3A%2F%2Fblog.example.org%2F&permalink=http%3A%2F%2Fblog.example.org%2Flamps"
         "&comment_type=comment&comment_author=Ada+O'Neill&comment_author_email=ada%40example.org"
         "&comment_author_url=&comment_content=" +
         content;
}

TEST_CASE("Net::Akismet: port 80, ! ' ( ) as they are, over HTTP/1.1 and HTTP/1.0") {
  for (const char* version : {"HTTP/1.1", "HTTP/1.0"}) {
    const Sender sender = {.name = "Net::Akismet 0.05 (recorded; HTTP/1.0: read)",
                           .site = "blog.example.org",
                           .host = "{key}.rest.akismet.com",
                           .headers =
                               "TE: deflate,gzip;q=0.3\n"
                               "Connection: TE, close\n"
                               "Host: {host}\n"
                               "User-Agent: Perl-Net-Akismet/0.05 libwww-perl/6.68\n"
                               "Content-Length: {length}\n"
                               "Content-Type: application/x-www-form-urlencoded\n",
                           .closes = true,
                           .version = version};
    const std::string verify = "key={key}&blog=http%3A%2F%2Fblog.example.org%2F";
    talk(sender, {{"POST /1.1/verify-key", verify, kInvalid, "", Form::kUnknown},
                  {"POST /1.1/verify-key", verify, kValid},
                  {"POST /1.1/comment-check", perl_comment("A+warm+light!"), kHam,
                   R"=({"content":"A warm light!","author":"Ada O'Neill","author_email":"ada@example.org",)="
                   R"=("blog":"http://blog.example.org/","permalink":"http://blog.example.org/lamps",)="
                   R"=("type":"comment","user_ip":"203.0.113.24","user_agent":"Firefox/140.0 (X11)",)="
                   R"=("referrer":"http://blog.example.org/"})="},
                  {"POST /1.1/submit-spam", perl_comment("A+warm+light!"), kThanks, "the last check"},
                  {"POST /1.1/submit-ham", perl_comment("A+warm+light!"), kThanks, "the last check"},
                  {"POST /1.1/comment-check", perl_comment("cheap+lamps"), kSpam},
                  {"POST /1.1/comment-check",
                   "blog=http%3A%2F%2Fblog.example.org%2F&user_ip=192.0.2.9&user_agent=x&referrer=&permalink="
                   "&comment_type=&comment_author=&comment_author_email=&comment_author_url="
                   "&comment_content=",
                   kHam}});
  }
}

TEST_CASE("adtac/go-akismet: empty values left out, no verify-key") {
  const Sender sender = {.name = "adtac/go-akismet (recorded)",
                         .site = "blog.example.org",
                         .host = "{key}.rest.akismet.com",
                         .headers =
                             "Host: {host}\n"
                             "User-Agent: Go-http-client/1.1\n"
                             "Content-Length: {length}\n"
                             "Content-Type: application/x-www-form-urlencoded\n"
                             "Accept-Encoding: gzip\n"};
  const auto comment = [](const std::string& content) {
    return "blog=https%3A%2F%2Fblog.example.org&blog_charset=UTF-8&blog_lang=en&comment_author=Ada"
           "&comment_content=" +
           content +
           "&comment_type=comment&permalink=https%3A%2F%2Fblog.example.org%2Flamps&user_ip=203.0.113.24";
  };
  talk(sender, {{"POST /1.1/comment-check", comment("A+warm+light"), kHam,
                 R"({"content":"A warm light","author":"Ada","blog":"https://blog.example.org",)"
                 R"("permalink":"https://blog.example.org/lamps","type":"comment",)"
                 R"("user_ip":"203.0.113.24","blog_lang":"en"})"},
                {"POST /1.1/submit-spam", comment("A+warm+light"), kThanks, "the last check"},
                {"POST /1.1/submit-ham", comment("A+warm+light"), kThanks, "the last check"},
                {"POST /1.1/comment-check", comment("cheap+lamps"), kSpam},
                {"POST /1.1/comment-check", comment("Hello"), kUncheckedKey, "", Form::kUnknown}});
}

TEST_CASE("python akismet 1: the key in the host") {
  const Sender sender = {.name = "python akismet 1.3 (read)",
                         .site = "blog.example.org",
                         .host = "{key}.rest.akismet.com",
                         .headers =
                             "Host: {host}\n"
                             "User-Agent: Python/3.11.2 | akismet.py/1.3\n"
                             "Accept-Encoding: gzip, deflate\n"
                             "Accept: */*\n"
                             "Connection: keep-alive\n"
                             "Content-Length: {length}\n"
                             "Content-Type: application/x-www-form-urlencoded\n"};
  const auto comment = [](const std::string& content) {
    return "blog=https%3A%2F%2Fblog.example.org&user_ip=203.0.113.24&user_agent=Firefox%2F140.0"
           "&comment_content=" +
           content + "&comment_author=Ada";
  };
  const std::string verify = "key={key}&blog=https%3A%2F%2Fblog.example.org";
  talk(sender, {{"POST /1.1/verify-key", verify, kValid},
                {"POST /1.1/verify-key", verify, kInvalid, "", Form::kUnknown},
                {"POST /1.1/comment-check", comment("A+warm+light"), kHam},
                {"POST /1.1/submit-spam", comment("A+warm+light"), kThanks, "the last check"},
                {"POST /1.1/submit-ham", comment("A+warm+light"), kThanks, "the last check"},
                {"POST /1.1/comment-check", comment("such+blatant+lamps"), kDiscard}});
}

TEST_CASE("python akismet 24: the key in the body, the calls about the key by GET, one of them without it") {
  const std::string head =
      "Host: {host}\n"
      "Accept: */*\n"
      "Accept-Encoding: gzip, deflate\n"
      "Connection: keep-alive\n"
      "User-Agent: akismet.py/24.11.0 | Python/3.12.3\n";
  const Sender sender = {
      .name = "python akismet 24.11 (read)",
      .site = "blog.example.org",
      .host = "rest.akismet.com",
      .headers = head + "Content-Length: {length}\nContent-Type: application/x-www-form-urlencoded\n"};
  const auto comment = [](const std::string& content) {
    return "api_key={key}&blog=https%3A%2F%2Fblog.example.org&user_ip=203.0.113.24&comment_content=" +
           content + "&comment_author=Ada";
  };
  const auto get = [&](const std::string& target, const Answer& answer) {
    return Form{.call = "GET " + target, .answer = answer, .headers = head};
  };
  const Answer no_key = {"invalid",
                         "Content-Type: text/plain; charset=utf-8\n"
                         "X-akismet-debug-help: Empty \"key\" value"};
  talk(sender, {{"POST /1.1/verify-key", "key={key}&blog=https%3A%2F%2Fblog.example.org", kValid},
                {"POST /1.1/verify-key", "key={key}&blog=https%3A%2F%2Fblog.example.org", kInvalid, "",
                 Form::kUnknown},
                {"POST /1.1/comment-check", comment("A+warm+light"), kHam},
                {"POST /1.1/submit-ham", comment("A+warm+light"), kThanks, "the last check"},
                get("/1.2/usage-limit?api_key={key}",
                    json(R"({"limit":"none","usage":1,"percentage":"0.00","throttled":false})")),
                get("/1.2/usage-limit?api_key={unknown}", kInvalid),
                get("/1.2/key-sites?api_key={key}&month=2020-01&limit=2",
                    json(R"({"2020-01":[],"limit":2,"offset":0,"total":0})")),
                get("/1.2/key-sites?month=2020-01", no_key)});
}

TEST_CASE("Akismet.Net: as it was released, and as its main branch leaves out the version") {
  const Sender sender = {.name = "Akismet.Net (read)",
                         .site = "blog.example.org",
                         .host = "{key}.rest.akismet.com",
                         .headers =
                             "Host: {host}\n"
                             "User-Agent: Blog/1.0 | Akismet.Net/3.0\n"
                             "Content-Type: application/x-www-form-urlencoded\n"
                             "Content-Length: {length}\n"};
  const auto comment = [](const std::string& content, const std::string& more) {
    return "blog=https%3A%2F%2Fblog.example.org&user_ip=203.0.113.24&user_agent=Firefox%2F140.0"
           "&comment_type=comment&comment_author=Ada&comment_content=" +
           content + more;
  };
  const std::string site = "key={key}&blog=https%3A%2F%2Fblog.example.org";
  const Answer nothing = {
      "There is nothing here. Comments are checked by POST to /1.1/comment-check or /api/v1/check; "
      "/healthz says that winnow is up.",
      "Content-Type: text/plain; charset=utf-8", "HTTP/1.1 404 Not Found"};
  talk(sender, {{"POST /1.1/verify-key", site, kValid},
                {"POST /1.1/comment-check", comment("A+warm+light", ""), kHam},
                {"POST /1.1/comment-check", comment("A+warm+light", "&recheck_reason=recheck"), kHam},
                {"POST /1.1/comment-check", comment("cheap+lamps", ""), kSpam},
                {"POST /1.1/submit-ham", comment("cheap+lamps", ""), kThanks, "the last check"},
                {"POST /1.1/deactivate", site, plain("deactivated")}});
  Sender last = sender;
  last.closes = true;  // the body of a request that goes nowhere is not read
  talk(last, {{"POST /comment-check", comment("A+warm+light", ""), nothing}});
}

TEST_CASE("a forum's own client: multipart/form-data as fetch() writes it") {
  const Sender sender = {.name = "a forum with fetch() and FormData (read)",
                         .site = "forum.example.org",
                         .host = "rest.akismet.com",
                         .headers =
                             "host: {host}\n"
                             "connection: keep-alive\n"
                             "content-type: multipart/form-data; boundary=----formdata-undici-017203040506\n"
                             "accept: */*\n"
                             "accept-language: *\n"
                             "sec-fetch-mode: cors\n"
                             "user-agent: node\n"
                             "accept-encoding: gzip, deflate\n"
                             "content-length: {length}\n"};
  const auto part = [](const std::string& name, const std::string& value) {
    return "------formdata-undici-017203040506\r\nContent-Disposition: form-data; name=\"" + name +
           "\"\r\n\r\n" + value + "\r\n";
  };
  const std::string end = "------formdata-undici-017203040506--\r\n";
  const auto comment = [&](const std::string& content) {
    return part("api_key", "{key}") + part("blog", "https://forum.example.org") +
           part("user_ip", "203.0.113.24") + part("user_agent", "Firefox/140.0") +
           part("comment_type", "reply") + part("comment_author", "Ada") + part("comment_content", content) +
           end;
  };
  talk(sender,
       {{"POST /1.1/verify-key", part("key", "{key}") + part("blog", "https://forum.example.org") + end,
         kValid},
        {"POST /1.1/comment-check", comment("A warm & \"dim\"\r\nlight, 100%+"), kHam,
         R"({"content":"A warm & \"dim\"\r\nlight, 100%+","author":"Ada","blog":"https://forum.example.org",)"
         R"("type":"reply","user_ip":"203.0.113.24","user_agent":"Firefox/140.0"})"},
        {"POST /1.1/submit-spam", comment("A warm & \"dim\"\r\nlight, 100%+"), kThanks, "the last check"},
        {"POST /1.1/comment-check", comment("cheap lamps"), kSpam}});
}

TEST_CASE("the documentation's example: HTTP/1.0, a site without scheme") {
  const Sender sender = {.name = "the documentation's example in PHP (read)",
                         .site = "blog.example.org",
                         .host = "rest.akismet.com",
                         .headers =
                             "Host: {host}\n"
                             "Content-Type: application/x-www-form-urlencoded\n"
                             "Content-Length: {length}\n"
                             "User-Agent: WordPress/4.4.1 | Akismet/3.1.7\n",
                         .closes = true,
                         .version = "HTTP/1.0"};
  const std::string comment =
      "api_key={key}&blog=https%3A%2F%2Fblog.example.org&user_ip=203.0.113.24&user_agent=Firefox%2F140.0"
      "&referrer=https%3A%2F%2Fsearch.example.com&permalink=https%3A%2F%2Fblog.example.org%2Flamps"
      "&comment_type=comment&comment_context=lamps&comment_author=Ada"
      "&comment_author_email=ada%40example.org&comment_content=A+warm+light"
      "&honeypot_field_name=hidden_honeypot_field&hidden_honeypot_field=&blog_lang=en%2C+fr_ca";
  talk(sender, {{"POST /1.1/verify-key", "key={key}&blog=blog.example.org", kValid},
                {"POST /1.1/comment-check", comment, kHam,
                 R"({"content":"A warm light","author":"Ada","author_email":"ada@example.org",)"
                 R"("blog":"https://blog.example.org","permalink":"https://blog.example.org/lamps",)"
                 R"("type":"comment","user_ip":"203.0.113.24","user_agent":"Firefox/140.0",)"
                 R"("referrer":"https://search.example.com","blog_lang":"en, fr_ca","context":["lamps"]})"},
                {"POST /1.1/submit-spam", comment, kThanks, "the last check"},
                {"POST /1.1/submit-ham", comment, kThanks, "the last check"}});
}

}  // namespace
}  // namespace winnow::api_test
