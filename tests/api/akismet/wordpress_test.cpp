// WordPress with Akismet's plugin, three generations (recorded). What all of them have in common: the key in
// the body, names without '=' for empty values, and slashes before the quotes of a comment that was posted.
#include <doctest/doctest.h>

#include <string>

#include "tests/api/akismet/forms.h"

namespace winnow::api_test {
namespace {

struct Generation {
  const char* wordpress;
  const char* plugin;
  bool is_old;  // 5.0.2: with a Referer, without context, callback and comment_check_response
};
constexpr Generation kGenerations[] = {
    {"6.1", "5.0.2", true}, {"6.8", "5.5", false}, {"7.1", "5.7.2", false}};

std::string referer(const Generation& generation) {
  return generation.is_old ? "Referer: https://rest.akismet.com{path}\n" : "";
}

Sender sender_of(const Generation& generation) {
  return {.name = "WordPress " + std::string(generation.wordpress) + " with Akismet " + generation.plugin +
                  " (recorded)",
          .site = "blog.example.org",
          .host = "rest.akismet.com",
          .headers =
              "Host: {host}\n"
              "Accept: */*\n"
              "Accept-Encoding: deflate, gzip, br, zstd\n" +
              referer(generation) +
              "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\n"
              "User-Agent: WordPress/" +
              generation.wordpress + " | Akismet/" + generation.plugin +
              "\n"
              "Connection: close\n"
              "Content-Length: {length}\n",
          .closes = true};
}

// Headers of the calls that ask without a key.
std::string headers_of_get(const Generation& generation) {
  return "Host: {host}\n"
         "User-Agent: WordPress/" +
         std::string(generation.wordpress) +
         "; https://blog.example.org\n"
         "Accept: */*\n"
         "Accept-Encoding: deflate, gzip, br, zstd\n" +
         referer(generation) + "Connection: close\n";
}

constexpr const char* kSubscription =
    R"({"account_id":1,"account_type":"winnow","account_name":"winnow, self-hosted","status":"active",)"
    R"("next_billing_date":false,"limit_reached":false})";
constexpr const char* kNoStatistics =
    R"({"spam":0,"ham":0,"missed_spam":0,"false_positives":0,"accuracy":"100.00","time_saved":0,)"
    R"("breakdown":{}})";

TEST_CASE("WordPress: a key is entered, the settings are opened, another key is tried, the plugin is ended") {
  const std::string fresh = "key={key}&blog=https%3A%2F%2Fblog.example.org";
  const std::string stored = fresh + "&api_key={key}";
  for (const Generation& generation : kGenerations) {
    const auto get = [&](const char* path, const Answer& answer) {
      return Form{
          .call = "GET " + std::string(path), .answer = answer, .headers = headers_of_get(generation)};
    };
    const auto statistics = [](const std::string& from) {
      return Form{"POST /1.1/get-stats",
                  "blog=https%3A%2F%2Fblog.example.org&key={key}&from=" + from + "&api_key={key}",
                  json(kNoStatistics)};
    };
    talk(sender_of(generation),
         {get("/1.1/test", plain("connected")),
          {"POST /1.1/verify-key", fresh, kInvalid, "", Form::kUnknown},
          {"POST /1.1/get-subscription", fresh, kInvalid, "", Form::kUnknown},
          {"POST /1.1/verify-key", fresh, kValid},
          {"POST /1.1/get-subscription", fresh, json(kSubscription)},
          {"POST /1.1/get-subscription", stored, json(kSubscription)},
          statistics("6-months"),
          statistics("all"),
          get("/1.1/test", plain("connected")),
          {"POST /1.1/token", "api_key={key}", plain("{hex32}")},
          get("/1.2/compatible-plugins", json("[]")),
          {"POST /1.1/verify-key", "key={unknown}&blog=https%3A%2F%2Fblog.example.org&api_key={key}",
           kInvalid},
          {"POST /1.1/verify-key", "key={key}&blog=https%3A%2F%2Fblog.example.org&api_key={unknown}", kValid},
          {"POST /1.1/deactivate", stored, plain("deactivated")}});
  }
}

const std::string kAgent =
    "Mozilla%2F5.0+%28X11%3B+Linux+x86_64%3B+rv%3A140.0%29+Gecko%2F20100101+Firefox%2F140.0";
const std::string kWhere =
    "&blog=https%3A%2F%2Fblog.example.org&blog_lang=en_US&blog_charset=UTF-8"
    "&permalink=https%3A%2F%2Fblog.example.org%2F%3Fp%3D12";
// What the plugin's script measured while the form was filled in.
const std::string kTimings =
    "&POST_ak_hp_textarea&POST_ak_js=1767225600000&POST_ak_bib=1767225603000&POST_ak_bfs=1767225640500"
    "&POST_ak_bkpc=120&POST_ak_bkp=70%2C65%3B80%2C101%3B&POST_ak_bmc=101%3B92%2C1310%3B&POST_ak_bmcc=2"
    "&POST_ak_bmk&POST_ak_bck&POST_ak_bmmc=4&POST_ak_btmc=0&POST_ak_bsc=1&POST_ak_bte&POST_ak_btec=0"
    "&POST_ak_bmm=502%2C30%3B211%2C64%3B";

// What the plugin adds at the end of a check.
std::string end_of_check(const Generation& generation) {
  const std::string modified = "&comment_post_modified_gmt=2026-01-05+10%3A20%3A30";
  if (generation.is_old) return modified + "&api_key={key}";
  return modified +
         "&comment_context%5B0%5D=paint+%26amp%3B+colour&comment_context%5B1%5D=lamps"
         "&callback=https%3A%2F%2Fblog.example.org%2Findex.php%3Frest_route%3D%2Fakismet%2Fv1%2Fwebhook"
         "&api_key={key}";
}

std::string context_of(const Generation& generation) {
  return generation.is_old ? "}" : R"(,"context":["paint & colour","lamps"]})";
}

constexpr const char* kPostedFrom =
    R"("blog":"https://blog.example.org","permalink":"https://blog.example.org/?p=12",)";

// A comment that a visitor posted, with the whole request of the visitor behind it.
std::string posted(const Generation& generation, const std::string& author, const std::string& content) {
  return "comment_post_ID=12&comment_author=" + author +
         "&comment_author_email=ada%40example.org&comment_author_url&comment_content=" + content +
         "&comment_type=comment&comment_parent=0&user_id=0&user_ID=0&comment_author_IP=203.0.113.24"
         "&comment_agent=" +
         kAgent + "&user_ip=203.0.113.24&user_agent=" + kAgent +
         "&referrer=https%3A%2F%2Fblog.example.org%2F%3Fp%3D12" + kWhere +
         "&akismet_comment_nonce=passed&POST_comment=" + content + "&POST_author=" + author +
         "&POST_email=ada%40example.org&POST_url&POST_comment_post_ID=12&POST_comment_parent=0"
         "&POST_akismet_comment_nonce=0a1b2c3d4e" +
         kTimings +
         "&REQUEST_URI=%2Fwp-comments-post.php&REMOTE_ADDR=203.0.113.24"
         "&HTTP_ACCEPT_ENCODING=gzip%2C+deflate&HTTP_CONTENT_TYPE=application%2Fx-www-form-urlencoded"
         "&HTTP_CONTENT_LENGTH=412&HTTP_HOST=blog.example.org&HTTP_USER_AGENT=" +
         kAgent +
         "&HTTP_ACCEPT_LANGUAGE=en-GB%2Cen%3Bq%3D0.7"
         "&HTTP_REFERER=https%3A%2F%2Fblog.example.org%2F%3Fp%3D12"
         "&HTTP_ORIGIN=https%3A%2F%2Fblog.example.org&HTTP_CONNECTION=close" +
         end_of_check(generation);
}

// The same comment as it comes out of WordPress' database.
std::string stored(const std::string& author, const std::string& content, const std::string& approved) {
  return "comment_ID=31&comment_post_ID=12&comment_author=" + author +
         "&comment_author_email=ada%40example.org&comment_author_url&comment_author_IP=203.0.113.24"
         "&comment_date=2026-01-06+11%3A12%3A13&comment_date_gmt=2026-01-06+10%3A12%3A13&comment_content=" +
         content + "&comment_karma=0&comment_approved=" + approved + "&comment_agent=" + kAgent +
         "&comment_type=comment&comment_parent=0&user_id=0";
}

std::string submitted(const Generation& generation, const std::string& comment, const std::string& answered) {
  return comment + "&user_ID=0&user_ip=203.0.113.24&user_agent=" + kAgent + kWhere + kTimings +
         "&reporter=ada&user_role&comment_post_modified_gmt=2026-01-05+10%3A20%3A30" +
         (generation.is_old ? "" : "&comment_check_response=" + answered) + "&api_key={key}";
}

std::string rechecked(const std::string& comment, const std::string& reason) {
  return comment + "&user_ip=203.0.113.24&user_agent=" + kAgent + "&referrer" + kWhere +
         "&recheck_reason=" + reason + "&user_role&api_key={key}";
}

constexpr const char* kBrowser =
    R"("user_agent":"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",)";

// Slashed as in a check, and plain as in a report.
constexpr const char* kSlashedAuthor = "Ada+O%5C%27Neill";
constexpr const char* kPlainAuthor = "Ada+O%27Neill";
constexpr const char* kSlashed =
    "I don%5C%27t+think the+%5C%22old%5C%22+lamp+fits%2C+but+%3Ca+href%3D%5C%22http%3A%2F%2F"
    "lamps.example.org%2F%5C%22%3Ethis+one%3C%2Fa%3E+in+C%3A%5C%5Cpictures+might.";
constexpr const char* kUnslashed =
    "I don%27t+think the+%22old%22+lamp+fits%2C+but+%3Ca+href%3D%22http%3A%2F%2F"
    "lamps.example.org%2F%22%3Ethis+one%3C%2Fa%3E+in+C%3A%5Cpictures+might.";

TEST_CASE("WordPress: a comment is posted, called spam by a moderator, and ham again") {
  for (const Generation& generation : kGenerations) {
    const std::string understood =
        R"({"content":"I don't think the \"old\" lamp fits, but <a href=\"http://lamps.example.org/\">)"
        R"(this one</a> in C:\\pictures might.","author":"Ada O'Neill","author_email":"ada@example.org",)" +
        std::string(kPostedFrom) + R"("type":"comment","user_ip":"203.0.113.24",)" + kBrowser +
        R"("referrer":"https://blog.example.org/?p=12","blog_lang":"en_US",)"
        R"("post_modified_gmt":"2026-01-05 10:20:30","javascript":"ran","form_token":"passed",)"
        R"("form_seconds":"40","accept_language":"en-GB,en;q=0.7")" +
        context_of(generation);
    talk(sender_of(generation),
         {{"POST /1.1/comment-check", posted(generation, kSlashedAuthor, kSlashed), kHam, understood},
          {"POST /1.1/submit-spam", submitted(generation, stored(kPlainAuthor, kUnslashed, "spam"), "false"),
           kThanks, "the last check"},
          {"POST /1.1/submit-ham", submitted(generation, stored(kPlainAuthor, kUnslashed, "0"), "true"),
           kThanks, "the last check"},
          {"POST /1.1/comment-check", posted(generation, "Ada", "Such+cheap+lamps"), kSpam},
          {"POST /1.1/comment-check", posted(generation, "Ada", "Such+blatant+lamps"), kDiscard},
          {"POST /1.1/comment-check", posted(generation, "akismet-guaranteed-spam", "Hello"), kDiscard},
          {"POST /1.1/comment-check", posted(generation, "Ada", "Hello"), kUncheckedKey, "", Form::kUnknown},
          {"POST /1.1/submit-spam", submitted(generation, stored("Ada", "Hello", "spam"), "false"),
           kUnknownKey, "", Form::kUnknown},
          {"POST /1.1/submit-ham", submitted(generation, stored("Ada", "Hello", "0"), "false"), kUnknownKey,
           "", Form::kUnknown}});
  }
}

TEST_CASE("WordPress: comments are checked again, by the button and after an outage") {
  for (const Generation& generation : kGenerations) {
    const auto understood = [](const std::string& reason) {
      return R"({"content":"I don't think the \"old\" lamp fits, but <a href=\"http://lamps.example.org/\">)"
             R"(this one</a> in C:\\pictures might.","author":"Ada O'Neill",)"
             R"("author_email":"ada@example.org",)" +
             std::string(kPostedFrom) + R"("type":"comment","user_ip":"203.0.113.24",)" + kBrowser +
             R"("blog_lang":"en_US","date_gmt":"2026-01-06 10:12:13","recheck_reason":")" + reason + R"("})";
    };
    const std::string comment = stored(kPlainAuthor, kUnslashed, "0");
    talk(sender_of(generation),
         {{"POST /1.1/comment-check", rechecked(comment, "recheck_queue"), kHam, understood("recheck_queue")},
          {"POST /1.1/verify-key", "key={key}&blog=https%3A%2F%2Fblog.example.org&api_key={key}", kValid},
          {"POST /1.1/comment-check", rechecked(comment, "retry"), kHam, understood("retry")},
          {"POST /1.1/comment-check", rechecked(stored("Ada", "cheap+lamps", "0"), "retry"), kSpam}});
  }
}

TEST_CASE(
    "WordPress: a comment over the REST API, of an administrator, and a pingback before it is fetched") {
  for (const Generation& generation : kGenerations) {
    const bool names_type = std::string_view(generation.wordpress) != "7.1";
    const std::string rest =
        "comment_content=A+caf%C3%A9+%E2%9C%93+of+%5Cpictures+and+%27quotes%27&comment_post_ID=12"
        "&comment_parent=7&comment_author_IP=203.0.113.24&comment_agent=" +
        kAgent + std::string(names_type ? "&comment_type=comment" : "") +
        "&comment_date_gmt=2026-01-06+10%3A12%3A13&user_id=2&comment_author=ada"
        "&comment_author_email=ada%40example.org&comment_author_url=https%3A%2F%2Fblog.example.org"
        "&comment_approved=1&user_ip=203.0.113.24&user_agent=" +
        kAgent + kWhere +
        "&akismet_comment_nonce=failed&REQUEST_URI=%2F%3Frest_route%3D%2Fwp%2Fv2%2Fcomments"
        "&REMOTE_ADDR=203.0.113.24&HTTP_ACCEPT_ENCODING=identity&HTTP_CONTENT_LENGTH=80"
        "&HTTP_HOST=blog.example.org&HTTP_USER_AGENT=" +
        kAgent +
        "&HTTP_ACCEPT_LANGUAGE=de"
        "&HTTP_X_WP_NONCE=1a2b3c4d5e&HTTP_CONTENT_TYPE=application%2Fjson&HTTP_CONNECTION=close" +
        end_of_check(generation);
    const std::string rest_understood =
        R"({"content":"A café ✓ of \\pictures and 'quotes'","author":"ada","author_email":"ada@example.org",)"
        R"("author_url":"https://blog.example.org",)" +
        std::string(kPostedFrom) + (names_type ? R"("type":"comment",)" : "") +
        R"("user_ip":"203.0.113.24",)" + kBrowser +
        R"("blog_lang":"en_US","date_gmt":"2026-01-06 10:12:13","post_modified_gmt":"2026-01-05 10:20:30",)"
        R"("parent":"7")" +
        context_of(generation);
    const std::string pingback =
        "comment_author_url=http%3A%2F%2Fnews.example.com%2Flamps&comment_post_ID=12&comment_author"
        "&comment_author_email&comment_content&comment_type=pingback&akismet_pre_check=1"
        "&comment_pingback_target=https%3A%2F%2Fblog.example.org%2F%3Fp%3D12&pingbacks_closed=0"
        "&is_multicall=0&multicall_count=0&user_ip=203.0.113.9"
        "&user_agent=WordPress%2F6.7%3B+http%3A%2F%2Fnews.example.com" +
        kWhere +
        "&akismet_comment_nonce=failed&REQUEST_URI=%2Fxmlrpc.php&REMOTE_ADDR=203.0.113.9"
        "&HTTP_ACCEPT_ENCODING=identity&HTTP_CONTENT_LENGTH=240&HTTP_HOST=blog.example.org"
        "&HTTP_USER_AGENT=WordPress%2F6.7%3B+http%3A%2F%2Fnews.example.com&HTTP_CONTENT_TYPE=text%2Fxml"
        "&HTTP_CONNECTION=close" +
        end_of_check(generation);
    const std::string pingback_understood =
        R"({"author_url":"http://news.example.com/lamps",)" + std::string(kPostedFrom) +
        R"("type":"pingback","user_ip":"203.0.113.9","user_agent":"WordPress/6.7; http://news.example.com",)"
        R"("blog_lang":"en_US","post_modified_gmt":"2026-01-05 10:20:30")" +
        context_of(generation);
    talk(sender_of(generation),
         {{"POST /1.1/comment-check", rest, kHam, rest_understood},
          {"POST /1.1/comment-check", posted(generation, "Ada", "cheap+lamps") + "&user_role=administrator",
           kHam},
          {"POST /1.1/comment-check", pingback, kHam, pingback_understood}});
  }
}

}  // namespace
}  // namespace winnow::api_test
