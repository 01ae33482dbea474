// Clients that run on PHP beside WordPress' plugin (all read).
#include <doctest/doctest.h>

#include "tests/api/akismet/forms.h"

namespace winnow::api_test {
namespace {

// Guzzle, which most of them use.
Sender guzzle(const std::string& name, const std::string& site, const std::string& agent) {
  return {.name = name,
          .site = site,
          .host = "{key}.rest.akismet.com",
          .headers =
              "Content-Length: {length}\n"
              "User-Agent: " +
              agent +
              "\n"
              "Content-Type: application/x-www-form-urlencoded\n"
              "Host: {host}\n"};
}

TEST_CASE("gothick/akismet and phpBB: is_test beside the key, the server's password among the fields") {
  Sender sender = guzzle("gothick/php-akismet with phpbb-ext-akismet (read)", "forum.example.org",
                         "phpBB/3.3.14 | gothick/akismet/1.0");
  sender.secret = "ada-lamp-secret";
  const auto post = [](const std::string& content) {
    return "blog=https%3A%2F%2Fforum.example.org&user_ip=203.0.113.24&user_agent=Firefox%2F140.0"
           "&referrer=https%3A%2F%2Fforum.example.org%2F"
           "&permalink=https%3A%2F%2Fforum.example.org%2Fviewtopic.php%3Ft%3D12&comment_type=forum-post"
           "&comment_author=Ada&comment_author_email=ada%40example.org&comment_content=" +
           content +
           "&blog_lang=en&blog_charset=UTF-8&PHP_AUTH_USER=ada&PHP_AUTH_PW=ada-lamp-secret"
           "&SERVER_SOFTWARE=Apache&HTTP_ACCEPT_LANGUAGE=en";
  };
  talk(sender,
       {{"POST /1.1/verify-key", "key={key}&blog=https%3A%2F%2Fforum.example.org&is_test=1", kValid},
        {"POST /1.1/verify-key", "key={key}&blog=https%3A%2F%2Fforum.example.org&is_test=1", kInvalid, "",
         Form::kUnknown},
        {"POST /1.1/comment-check", post("A+warm+light"), kHam,
         R"({"content":"A warm light","author":"Ada","author_email":"ada@example.org",)"
         R"("blog":"https://forum.example.org",)"
         R"("permalink":"https://forum.example.org/viewtopic.php?t=12","type":"forum-post",)"
         R"("user_ip":"203.0.113.24","user_agent":"Firefox/140.0","referrer":"https://forum.example.org/",)"
         R"("blog_lang":"en"})"},
        {"POST /1.1/submit-spam", post("A+warm+light"), kThanks, "the last check"},
        {"POST /1.1/submit-ham", post("A+warm+light"), kThanks, "the last check"},
        {"POST /1.1/comment-check", post("cheap+lamps"), kSpam}});
}

TEST_CASE("laravel-akismet: a honeypot, and a trimmed answer that must come without X-akismet-debug-help") {
  const Sender sender = guzzle("nickurt/laravel-akismet (read)", "blog.example.org", "GuzzleHttp/7");
  const auto comment = [](const std::string& content, const std::string& trap) {
    return "user_ip=203.0.113.24&user_agent=Firefox%2F140.0&referrer=https%3A%2F%2Fblog.example.org"
           "&permalink=https%3A%2F%2Fblog.example.org%2Flamps&comment_type=registration&comment_author=Ada"
           "&comment_author_email=ada%40example.org&comment_content=" +
           content + "&honeypot_field_name=trap&trap=" + trap +
           "&is_test=0&blog=https%3A%2F%2Fblog.example.org";
  };
  talk(sender, {{"POST /1.1/verify-key", "key={key}&blog=https%3A%2F%2Fblog.example.org", kValid},
                {"POST /1.1/comment-check", comment("A+warm+light", ""), kHam},
                {"POST /1.1/comment-check", comment("A+warm+light", "x"), kDiscard,
                 R"({"content":"A warm light","author":"Ada","author_email":"ada@example.org",)"
                 R"("blog":"https://blog.example.org","permalink":"https://blog.example.org/lamps",)"
                 R"("type":"registration","user_ip":"203.0.113.24","user_agent":"Firefox/140.0",)"
                 R"("referrer":"https://blog.example.org","honeypot":"x"})"},
                {"POST /1.1/submit-spam", comment("A+warm+light", "x"), kThanks, "the last check"},
                {"POST /1.1/submit-ham", comment("A+warm+light", ""), kThanks, "the last check"}});
}

TEST_CASE("flarum/akismet: what it knows of a user is what it sends") {
  const Sender sender = guzzle("flarum/akismet (read)", "forum.example.org", "Flarum/1.8.9 | Akismet/1.2.0");
  const auto post = [](const std::string& content) {
    return "user_ip=203.0.113.24&user_agent=Firefox%2F140.0"
           "&permalink=https%3A%2F%2Fforum.example.org%2Fd%2F12-lamps&comment_type=reply&comment_author=Ada"
           "&comment_author_email=ada%40example.org&comment_content=" +
           content + "&blog=https%3A%2F%2Fforum.example.org";
  };
  talk(sender, {{"POST /1.1/verify-key", "key={key}&blog=https%3A%2F%2Fforum.example.org", kValid},
                {"POST /1.1/comment-check", post("A+warm+light"), kHam},
                {"POST /1.1/submit-spam", post("A+warm+light"), kThanks, "the last check"},
                {"POST /1.1/comment-check", post("such+blatant+lamps"), kDiscard},
                {"POST /1.1/submit-ham", post("such+blatant+lamps"), kThanks, "the last check"}});
}

TEST_CASE("Serendipity: the key verified before every comment, by a pattern that `invalid` matches, too") {
  const Sender sender = {.name = "s9y/Serendipity's spamblock plugin (read)",
                         .site = "blog.example.org",
                         .host = "{key}.rest.akismet.com",
                         .headers =
                             "host: {host}\n"
                             "content-type: application/x-www-form-urlencoded; charset=utf-8\n"
                             "content-length: {length}\n"
                             "user-agent: Serendipity/2.5 | Akismet/1.11\n"
                             "connection: close\n",
                         .closes = true};
  const std::string verify = "key={key}&blog=http%3A%2F%2Fblog.example.org%2F";
  const auto comment = [](const std::string& content) {
    return "blog=http%3A%2F%2Fblog.example.org%2F&user_agent=Firefox%2F140.0&referrer=&user_ip=203.0.113.24"
           "&permalink=http%3A%2F%2Fblog.example.org%2Farchives%2F12-lamps.html&comment_type=comment"
           "&comment_author=Ada&comment_author_email=ada%40example.org&comment_author_url=&comment_content=" +
           content;
  };
  talk(sender, {{"POST /1.1/verify-key", verify, kValid},
                {"POST /1.1/comment-check", comment("A+warm+light"), kHam},
                {"POST /1.1/verify-key", verify, kValid},
                {"POST /1.1/comment-check", comment("cheap+lamps"), kSpam},
                {"POST /1.1/submit-ham", comment("cheap+lamps"), kThanks, "the last check"},
                {"POST /1.1/comment-check",
                 "user_ip=203.0.113.24&comment_content=A+lamp",
                 {"Missing required field: blog.",
                  "Content-Type: text/plain; charset=utf-8\n"
                  "X-akismet-debug-help: Empty \"blog\" value\n"
                  "X-akismet-guid: {hex32}"}}});
}

TEST_CASE("bbPress: all of $_SERVER, the author's account, and an '&' at the end, over HTTP/1.0") {
  const Sender sender = {.name = "bbPress (read)",
                         .site = "forum.example.org",
                         .host = "{key}.rest.akismet.com",
                         .headers =
                             "Host: {host}\n"
                             "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\n"
                             "Content-Length: {length}\n"
                             "User-Agent: bbPress/2.6.11\n",
                         .closes = true,
                         .version = "HTTP/1.0"};
  const auto topic = [](const std::string& content) {
    return "comment_author=Ada&comment_author_email=ada%40example.org&comment_author_url=&comment_content=" +
           content +
           "&comment_post_ID=12&comment_type=topic&comment_total=41"
           "&comment_last_active_gmt=2026-01-04+09%3A08%3A07"
           "&comment_account_registered_gmt=2024-03-02+01%3A00%3A00"
           "&permalink=https%3A%2F%2Fforum.example.org%2Ftopic%2Flamps&referrer=&user_agent=Firefox%2F140.0"
           "&user_ID=4&user_ip=203.0.113.24&user_role=bbp_participant&blog=https%3A%2F%2Fforum.example.org"
           "&blog_charset=UTF-8&blog_lang=en_US&POST_bbp_topic_title=Lamps&POST_bbp_topic_content=" +
           content +
           "&SERVER_NAME=forum.example.org&SERVER_PORT=443&DOCUMENT_ROOT=%2Fvar%2Fwww"
           "&HTTP_HOST=forum.example.org&HTTP_ACCEPT_LANGUAGE=en&REMOTE_ADDR=203.0.113.24&argc=0&";
  };
  talk(sender, {{"POST /1.1/comment-check", topic("A+warm+light"), kHam,
                 R"({"content":"A warm light","author":"Ada","author_email":"ada@example.org",)"
                 R"("blog":"https://forum.example.org",)"
                 R"("permalink":"https://forum.example.org/topic/lamps","type":"topic",)"
                 R"("user_ip":"203.0.113.24","user_agent":"Firefox/140.0","blog_lang":"en_US",)"
                 R"("user_role":"bbp_participant","accept_language":"en","author_total":"41"})"},
                {"POST /1.1/submit-spam", topic("A+warm+light") + "reporter_ip=203.0.113.2&reporter=Grace&",
                 kThanks, "the last check"},
                {"POST /1.1/submit-ham", topic("A+warm+light"), kThanks, "the last check"},
                {"POST /1.1/comment-check", topic("cheap+lamps"), kSpam}});
}

TEST_CASE("Akismet's SDK for PHP: api_key, arrays, classify, and the calls about the key") {
  Sender sender = guzzle("akismet-sdk-php 1.5 (read)", "blog.example.org", "shop/1.0 | Akismet PHP SDK/1.5");
  sender.host = "rest.akismet.com";
  const std::string site = "api_key={key}&blog=https%3A%2F%2Fblog.example.org";
  const auto comment = [&](const std::string& content) {
    return site + "&user_ip=203.0.113.24&user_agent=Firefox%2F140.0&comment_type=contact-form" +
           "&comment_author=Ada&comment_author_email=ada%40example.org&comment_content=" + content +
           "&comment_context%5B0%5D=lamps&comment_context%5B1%5D=paint&honeypot_field_name=hidden_honeypot_"
           "field"
           "&hidden_honeypot_field=&callback=https%3A%2F%2Fblog.example.org%2Fhook&classify=1";
  };
  const std::string statistics =
      R"({"spam":1,"ham":1,"missed_spam":1,"false_positives":0,"accuracy":"50.00","time_saved":10,)"
      R"("breakdown":{"{month}":{"spam":"1","ham":"1","missed_spam":"1","false_positives":"0","blogs":"1",)"
      R"("da":"{month}-01"}}})";
  talk(
      sender,
      {{"POST /1.1/verify-key", "key={key}&blog=https%3A%2F%2Fblog.example.org", kValid},
       {"POST /1.1/comment-check", comment("cheap+lamps"), kSpam},
       {"POST /1.1/comment-check", comment("A+warm+light"), kHam,
        R"({"content":"A warm light","author":"Ada","author_email":"ada@example.org",)"
        R"("blog":"https://blog.example.org","type":"contact-form","user_ip":"203.0.113.24",)"
        R"("user_agent":"Firefox/140.0","context":["lamps","paint"]})"},
       {"POST /1.1/submit-spam", comment("A+warm+light") + "&reporter=grace&comment_check_response=false",
        kThanks, "the last check"},
       {"POST /1.2/get-key-stats", "key={key}&from=6-months", json(statistics)},
       {"POST /1.2/get-key-stats", "key={key}&from=all", json(statistics)},
       {"POST /1.2/get-key-stats", "key={key}&from=60-days",
        json(R"({"spam":1,"ham":1,"missed_spam":1,)"
             R"("false_positives":0,"accuracy":"50.00",)"
             R"("time_saved":10,"breakdown":{"{month}-{day}":)"
             R"({"spam":"1","ham":"1","missed_spam":"1",)"
             R"("false_positives":"0","blogs":"1",)"
             R"("da":"{month}-{day}"}}})")},
       {"POST /1.2/get-key-stats", "key={key}&from=all", kInvalid, "", Form::kUnknown},
       {"POST /1.2/usage-limit", "api_key={key}",
        json(R"({"limit":"none","usage":2,"percentage":"0.00","throttled":false})")},
       {"POST /1.2/usage-limit", "api_key={key}&extended=true",
        json(R"({"limit":"none","usage":2,"percentage":"0.00","throttled":false,"notice_level":0,)"
             R"("upgrade":false})")},
       {"POST /1.2/key-sites", "api_key={key}&format=json&order=total&limit=10&offset=0",
        json(
            R"({"{month}":[{"site":"blog.example.org","api_calls":"2","spam":"1","ham":"1",)"
            R"("missed_spam":"1","false_positives":"0","is_revoked":false}],"limit":10,"offset":0,"total":1})")},
       {"POST /1.2/key-sites",
        "api_key={key}&format=csv&limit=10",
        {"Active sites for {key} during {month} (limit:10, offset: 0, total: 1)\n"
         "Site,Total API Calls,Spam,Ham,Missed Spam,False Positives,Is Revoked\n"
         "blog.example.org,2,1,1,1,0,false",
         "Content-Type: text/csv; charset=utf-8"}},
       {"POST /1.1/get-subscription", "key={key}&blog=https%3A%2F%2Fblog.example.org",
        json(R"({"account_id":1,"account_type":"winnow","account_name":"winnow, self-hosted",)"
             R"("status":"active","next_billing_date":false,"limit_reached":false})")},
       {"POST /1.1/token", "api_key={key}", plain("{hex32}")},
       {"POST /1.1/deactivate", "key={key}&blog=https%3A%2F%2Fblog.example.org", plain("deactivated")},
       {"POST /1.1/deactivate", "key={key}&blog=https%3A%2F%2Fblog.example.org", kInvalid, "",
        Form::kUnknown}});
}

}  // namespace
}  // namespace winnow::api_test
