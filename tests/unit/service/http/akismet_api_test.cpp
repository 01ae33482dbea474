#include "service/http/akismet_api.h"

#include <doctest/doctest.h>

#include "tests/unit/service/full_disk_store.h"
#include "tests/unit/service/http/exchange.h"

namespace winnow::http {
namespace {

constexpr const char* kVerify = "/1.1/verify-key";
constexpr const char* kCheck = "/1.1/comment-check";
constexpr const char* kSpam = "/1.1/submit-spam";
constexpr const char* kHam = "/1.1/submit-ham";
constexpr const char* kHelp = "X-akismet-debug-help";

TEST_CASE("verify-key, byte for byte") {
  Exchange home;
  const std::string key = home.installation.add_key("a.example");
  const std::string anywhere = home.installation.add_key("");
  struct {
    std::string body;
    const char* answer;
    const char* help;
  } const cases[] = {
      {"key=" + key + "&blog=http://a.example/", "valid", ""},
      {"api_key=" + key + "&blog=http%3A%2F%2Fa.example", "valid", ""},
      {"key=" + key + "&api_key=000000000000&blog=http://a.example", "valid", ""},
      {"key=000000000000&api_key=" + key + "&blog=http://a.example", "invalid", ""},
      {"key=" + anywhere + "&blog=http://new.example", "valid", ""},
      {"key=000000000000&blog=http://a.example", "invalid", ""},
      {"key=nonsense&blog=http://a.example", "invalid", ""},
      {"blog=http://a.example", "invalid", "Empty \"key\" value"},
      {"key=&blog=http://a.example", "invalid", "Empty \"key\" value"},
      {"key=" + key, "invalid", "Empty \"blog\" value"},
      {"key=" + key + "&blog", "invalid", "Empty \"blog\" value"},
      {"key=" + anywhere + "&blog=http://", "invalid", "We were unable to parse your blog URI"},
      {"key=" + key + "&blog=http://b.example", "invalid", "The key is for another site than the one named."},
  };
  for (const auto& [body, answer, help] : cases) {
    CAPTURE(body);
    const Reply reply = home.ask("POST", kVerify, body);
    CHECK(reply.status == 200);
    CHECK(reply.body == answer);
    CHECK(reply.content_type == "text/plain; charset=utf-8");
    CHECK(header(reply, kHelp) == help);
  }
}

TEST_CASE("comment-check, byte for byte") {
  Exchange home;
  const std::string key = home.installation.add_key("a.example");
  const std::string good = "api_key=" + key + "&blog=http://a.example&user_ip=1.2.3.4";
  struct {
    std::string body;
    const char* answer;
    const char* help;
    const char* tip;
  } const cases[] = {
      {good + "&comment_content=hello", "false", "", ""},
      {good + "&comment_content=cheap", "true", "", ""},
      {good + "&comment_content=cheap+blatant", "true", "", "discard"},
      {good, "false", "", ""},  // a signup has no content
      {good + "&is_test=1&test_discard=1", "true", "", "discard"},
      {good + "&is_test=0&test_discard=1", "false", "", ""},
      {good + "&test_discard=1", "false", "", ""},
      {"api_key=" + key + "&blog=http://a.example&user_ip", "false", "", ""},
      {"api_key=" + key + "&blog=http://a.example", "Missing required field: user_ip.",
       "Empty \"user_ip\" value", ""},
      {"api_key=" + key + "&user_ip=1.2.3.4", "Missing required field: blog.", "Empty \"blog\" value", ""},
      {"api_key=" + key + "&user_ip=1.2.3.4&blog", "Missing required field: blog.", "Empty \"blog\" value",
       ""},
      {"api_key=000000000000&blog=http://a.example&user_ip=1.2.3.4", "invalid", "Invalid key", ""},
      {"blog=http://a.example&user_ip=1.2.3.4", "invalid", "Empty \"api_key\" value", ""},
      {"key=" + key + "&blog=http://a.example&user_ip=1.2.3.4", "invalid", "Empty \"api_key\" value", ""},
  };
  for (const auto& [body, answer, help, tip] : cases) {
    CAPTURE(body);
    const Reply reply = home.ask("POST", kCheck, body);
    CHECK(reply.status == 200);
    CHECK(reply.body == answer);
    CHECK(reply.content_type == "text/plain; charset=utf-8");
    CHECK(header(reply, kHelp) == help);
    CHECK(header(reply, "X-akismet-pro-tip") == tip);
    CHECK(header(reply, "X-akismet-guid").size() == 32);
    const bool verdict = reply.body == "true" || reply.body == "false";
    CHECK((header(reply, "X-winnow-score") != "") == verdict);
    CHECK((header(reply, "X-winnow-reasons") != "") == verdict);
  }
}

TEST_CASE("the GUID is the verdict's id") {
  Exchange home;
  const std::string key = home.installation.add_key("a.example");
  const Reply reply =
      home.ask("POST", kCheck, "blog=a.example&user_ip=::1&comment_content=hello&is_test=true",
               {{"host", key + ".winnow.example"}});
  const auto stored = must(home.installation.store->find_verdict(header(reply, "X-akismet-guid")));
  REQUIRE(stored);
  CHECK(stored->comment.content == "hello");
  CHECK(stored->is_test);
}

TEST_CASE("submissions by guid, by content, with and without a blog") {
  Exchange home;
  const std::string key = home.installation.add_key("a.example");
  const SiteId site = must(home.installation.store->find_site("a.example"))->id;
  const std::string from = "api_key=" + key + "&";
  const std::string text = "comment_content=we+have+met+at+the+harbour+festival";
  const std::string guid =
      header(home.ask("POST", kCheck, from + "blog=a.example&user_ip&" + text), "X-akismet-guid");
  struct {
    const char* path;
    std::string body;
    Label label;
    std::string verdict;
    bool is_test;
  } const cases[] = {
      {kSpam, "guid=" + guid, Label::kSpam, guid, false},
      {kHam, "blog=http://a.example&" + text, Label::kHam, guid, false},
      {kSpam, "guid=00000000000000000000000000000000&" + text, Label::kSpam, guid, false},
      {kSpam, "comment_content=never+seen+before&reporter=mod", Label::kSpam, "", false},
      {kSpam, text + "&is_test=1", Label::kSpam, guid, true},
  };
  std::string last;
  for (const auto& [path, body, label, verdict, is_test] : cases) {
    CAPTURE(body);
    const Reply reply = home.ask("POST", path, from + body);
    CHECK(reply.status == 200);
    CHECK(reply.body == "Thanks for making the web a better place.");
    CHECK(reply.content_type == "text/html; charset=utf-8");
    CHECK(header(reply, kHelp) == "");
    const auto events = must(home.installation.store->feedback(site, last, 10));
    REQUIRE(events.size() == 1);
    last = events[0].id;
    CHECK(events[0].label == label);
    CHECK(events[0].verdict_id == verdict);
    CHECK(events[0].is_test == is_test);
  }
}

TEST_CASE("submissions that cannot be taken") {
  Exchange home;
  const std::string key = home.installation.add_key("a.example");
  const std::string anywhere = home.installation.add_key("");
  struct {
    std::string body;
    const char* answer;
    const char* help;
  } const cases[] = {
      {"api_key=000000000000&blog=a.example&comment_content=x", "invalid", "Invalid key"},
      {"blog=a.example&comment_content=x", "invalid", "Empty \"api_key\" value"},
      {"api_key=" + anywhere + "&comment_content=x", "Missing required field: blog.", "Empty \"blog\" value"},
      {"api_key=" + key + "&guid=00000000000000000000000000000000", "There is no check with this guid.",
       "Unknown \"guid\" value"},
  };
  for (const auto& [body, answer, help] : cases) {
    CAPTURE(body);
    const Reply reply = home.ask("POST", kSpam, body);
    CHECK(reply.status == 200);
    CHECK(reply.body == answer);
    CHECK(header(reply, kHelp) == help);
  }
}

TEST_CASE("a full disk: the client tries again, and takes nothing for a verdict") {
  Exchange home;
  const std::string key = home.installation.add_key("a.example");
  FullDiskStore full(*home.installation.store);
  const Services services = home.installation.on(full);
  const Router router({services, home.installation.secret, {{}, 10}, {}, kTestBody});
  for (const char* path : {kCheck, kSpam, kHam}) {
    CAPTURE(path);
    Request request;
    request.method = "POST";
    request.path = path;
    request.body = "api_key=" + key + "&blog=a.example&user_ip&comment_content=hello";
    const Reply reply = router.answer(request);
    CHECK(reply.status == 503);
    CHECK(header(reply, "Retry-After") == "5");
    CHECK((header(reply, "X-akismet-guid").size() == 32) == (std::string_view(path) == kCheck));
    for (const char* word : {"true", "false", "valid", "disk", "Thanks"})
      CHECK(reply.body.find(word) == std::string::npos);
  }
}

TEST_CASE("two keys, or a body that is not what it is said to be") {
  Exchange home;
  const std::string key = home.installation.add_key("a.example");
  const std::string rest = "&blog=a.example&user_ip=1.2.3.4&comment_content=hello";
  struct {
    std::string body;
    const char* answer;
    const char* help;
    const char* type = "application/x-www-form-urlencoded";
  } const cases[] = {
      {"api_key=" + key + "&api_key=000000000000" + rest, "invalid", "Two different \"api_key\" values"},
      {"api_key=" + key + "&api_key=" + key + rest, "false", ""},
      {"{\"api_key\":\"" + key + "\"}", "invalid", "The body is no form, as its Content-Type says"},
      {"--x\r\nContent-Disposition: form-data; name=\"api_key\"\r\n\r\n" + key + "\r\n--x--\r\n", "invalid",
       "The body is no form, as its Content-Type says"},
      {"api_key=" + key + rest, "invalid", "The body is no multipart form, as its Content-Type says",
       "multipart/form-data; boundary=x"},
      {"", "invalid", "Empty \"api_key\" value", "multipart/form-data; boundary=x"},
      {"--x\r\nContent-Disposition: form-data; name=\"blog\"\r\n\r\na.example\r\n--x--\r\n", "invalid",
       "Empty \"api_key\" value", "multipart/form-data; boundary=x"},
      {"{\"blog\":\"a.example\"}", "invalid", "Empty \"api_key\" value", "application/json"},
  };
  for (const auto& [body, answer, help, type] : cases) {
    CAPTURE(body);
    const Reply reply = home.ask("POST", kCheck, body, {{"content-type", type}});
    CHECK(reply.status == 200);
    CHECK(reply.body == answer);
    CHECK(header(reply, kHelp) == help);
    CHECK(header(reply, "X-akismet-guid").size() == 32);
  }
  CHECK(header(home.ask("POST", kVerify, "key=1&key=2&api_key=" + key + rest), kHelp) ==
        "Two different \"key\" values");
}

TEST_CASE("a suspended key: comments wait for a person, and the admins are told why") {
  Exchange home;
  const std::string key = home.installation.add_key("a.example");
  must(home.installation.store->suspend_key(home.installation.last_key, 1));
  const std::string body =
      "api_key=" + key + "&key=" + key + "&blog=a.example&user_ip=1.2.3.4&comment_content=hello";
  struct {
    const char* path;
    const char* answer;
    const char* error;
  } const cases[] = {
      {kVerify, "invalid", ""}, {kCheck, "false", "suspended"},    {kSpam, "invalid", ""},
      {kHam, "invalid", ""},    {"/1.1/get-stats", "invalid", ""}, {"/1.1/token", "invalid", ""}};
  for (const auto& [path, answer, error] : cases) {
    CAPTURE(path);
    const Reply reply = home.ask("POST", path, body);
    CHECK(reply.status == 200);
    CHECK(reply.body == answer);
    CHECK(header(reply, "X-akismet-error") == error);
    CHECK(header(reply, "X-akismet-alert-code") == "10010");
    CHECK(header(reply, "X-akismet-alert-msg").find("suspended") != std::string::npos);
  }
  CHECK(home.ask("POST", "/1.1/get-subscription", body).body.find("\"status\":\"suspended\"") !=
        std::string::npos);
  CHECK(must(home.installation.store->feedback(1, "", 10)).empty());

  must(home.installation.store->suspend_key(home.installation.last_key, std::nullopt));
  const Reply resumed = home.ask("POST", kCheck, body);
  CHECK(resumed.body == "false");
  CHECK(header(resumed, "X-akismet-alert-code") == "");
}

TEST_CASE("a key for another site: the admins are told why") {
  Exchange home;
  const std::string key = home.installation.add_key("a.example");
  const Reply reply = home.ask("POST", kCheck, "api_key=" + key + "&blog=b.example&user_ip=1.2.3.4");
  CHECK(reply.body == "invalid");
  CHECK(header(reply, "X-akismet-alert-code") == "10404");
  CHECK(header(reply, "X-akismet-alert-msg") == "winnow: The key is for another site than the one named.");
}

TEST_CASE("corrections are counted: by what winnow had answered, or is said to have answered") {
  Exchange home;
  const std::string key = home.installation.add_key("a.example");
  const std::string from = "api_key=" + key + "&blog=a.example&user_ip=1.2.3.4&comment_content=";
  home.ask("POST", kCheck, from + "a+cheap+offer+of+ours");
  home.ask("POST", kCheck, from + "a+kind+word+from+me");
  home.ask("POST", kSpam, from + "a+kind+word+from+me");
  home.ask("POST", kSpam, from + "a+kind+word+from+me");    // said twice
  home.ask("POST", kSpam, from + "a+cheap+offer+of+ours");  // agrees
  home.ask("POST", kHam, from + "a+cheap+offer+of+ours&is_test=1");
  home.ask("POST", kHam, from + "never+seen&comment_check_response=true");
  home.ask("POST", kHam, from + "never+seen+either&comment_check_response=false");
  home.ask("POST", kHam, from + "nor+this&comment_check_response");
  const auto tallies = must(home.installation.store->tallies(
      {TallyRange::Of::kKey, home.installation.last_key, 0, 100000}, Period::kMonth));
  REQUIRE(tallies.size() == 1);
  CHECK(tallies[0].period == "2023-11");
  CHECK(tallies[0].tally.spam == 1);
  CHECK(tallies[0].tally.ham == 1);
  CHECK(tallies[0].tally.missed_spam == 1);
  CHECK(tallies[0].tally.false_positives == 1);
}

TEST_CASE("a body that cannot be read") {
  Exchange home;
  const Reply reply = home.ask("POST", kCheck, "{", {{"content-type", "application/json"}});
  CHECK(reply.status == 400);
  CHECK(reply.body == "The body is not what its Content-Type says.");
  CHECK(header(reply, "X-akismet-guid").size() == 32);
}

}  // namespace
}  // namespace winnow::http
