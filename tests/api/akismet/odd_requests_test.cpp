// Requests to Akismet's calls that no client sends: each gets a clear answer, and leaves a connection that is
// closed if the answer says so and else as good as before.
#include <doctest/doctest.h>

#include "tests/api/akismet/forms.h"
#include "tests/api/winnowd_process.h"

namespace winnow::api_test {
namespace {

constexpr const char* kPlain = "Content-Type: text/plain; charset=utf-8";
constexpr const char* kGuid = "\nX-akismet-guid: {hex32}";
constexpr const char* kForm = "application/x-www-form-urlencoded";

struct Service {
  Installation home;
  std::string key = home.create_key("blog.example.org");
  std::string comment = "blog=blog.example.org&user_ip=203.0.113.7&comment_content=a+lamp";
  std::string good = "api_key=" + key + "&" + comment;
  Winnowd winnowd{home};

  // Sends these bytes and checks the answer, and that the connection is what the answer says.
  void ask_raw(const std::string& bytes, const Answer& answer) const {
    INFO(bytes.substr(0, 300));
    Client client(winnowd.port());
    client.send(bytes);
    const Response response = client.read(bytes.starts_with("HEAD "));
    const bool closes = response.header("Connection") == "close";
    check_answer(response, answer, key, closes ? "close" : "");
    if (closes) {
      CHECK(client.is_closed());
      return;
    }
    client.send(request("POST", "/1.1/comment-check", {}, good));
    CHECK(client.read().body == "false");
  }

  void post(const std::string& target, const std::string& body, const Answer& answer,
            const std::string& type = kForm, const std::string& host = "rest.akismet.com") const {
    ask_raw(request("POST", target, {{"Host", host}, {"Content-Type", type}}, body), answer);
  }
};

Answer with_help(const std::string& help) {
  return {"invalid", std::string(kPlain) + kGuid + "\nX-akismet-debug-help: " + help};
}

Answer refused(const std::string& line, const std::string& body) {
  return {body, std::string(kPlain) + kGuid, "HTTP/1.1 " + line};
}

TEST_CASE("a method that a call does not take: 405 with Allow") {
  const Service service;
  struct {
    const char* path;
    const char* allow;
  } const calls[] = {
      {"/1.1/verify-key", "POST"},
      {"/1.1/comment-check", "POST"},
      {"/1.1/submit-spam", "POST"},
      {"/1.1/submit-ham", "POST"},
      {"/1.1/get-subscription", "POST"},
      {"/1.1/get-stats", "POST"},
      {"/1.2/get-key-stats", "POST"},
      {"/1.2/usage-limit", "GET, HEAD, POST"},
      {"/1.2/key-sites", "GET, HEAD, POST"},
      {"/1.1/token", "POST"},
      {"/1.1/deactivate", "POST"},
      {"/1.1/verify-wpcom-key", "POST"},
      {"/1.1/test", "GET, HEAD"},
      {"/1.2/compatible-plugins", "GET, HEAD"},
  };
  for (const auto& [path, allow] : calls) {
    const std::string guid = std::string(path) == "/1.1/comment-check" ? kGuid : "";
    const Answer answer = {"This address takes " + std::string(allow) + " only.",
                           std::string(kPlain) + "\nAllow: " + allow + guid,
                           "HTTP/1.1 405 Method Not Allowed"};
    service.ask_raw(request("DELETE", path), answer);
    service.ask_raw(request("PUT", path, {}, service.good), answer);
    if (std::string_view(allow).starts_with("POST"))
      service.ask_raw(request("GET", std::string(path) + "?" + service.good), answer);
    else if (!std::string_view(allow).ends_with("POST"))
      service.post(path, service.good, answer);
  }
}

TEST_CASE("an unknown path: 404 that names the calls, in words that no client takes for an answer") {
  const Service service;
  const Answer no_such_call = {
      "winnow has no such call. Of Akismet's it has /1.1/verify-key, /1.1/comment-check, /1.1/submit-spam, "
      "/1.1/submit-ham, /1.1/get-subscription, /1.1/get-stats, /1.2/get-key-stats, /1.2/usage-limit, "
      "/1.2/key-sites, /1.1/token, /1.1/deactivate, /1.1/verify-wpcom-key, /1.1/test, "
      "/1.2/compatible-plugins.",
      kPlain, "HTTP/1.1 404 Not Found"};
  const Answer nothing_here = {
      "There is nothing here. Comments are checked by POST to /1.1/comment-check or /api/v1/check; /healthz "
      "says that winnow is up.",
      kPlain, "HTTP/1.1 404 Not Found"};
  for (const Answer& answer : {no_such_call, nothing_here})
    for (const char* word : {"true", "false", "valid"}) CHECK(answer.body.find(word) == std::string::npos);
  for (const char* path : {"/1.1", "/1.1/", "/1.2/", "/1.1/activity", "/1.2/comment-check", "/1.3/verify-key",
                           "/1.1/comment-check/", "/1.1/Comment-Check", "/1.1/COMMENT-CHECK",
                           "/1.1//comment-check", "/1.1/comment-check%00", "/1.1/comment-check;v=2"}) {
    service.post(path, service.good, no_such_call);
    service.ask_raw(request("GET", path), no_such_call);
  }
  for (const char* path : {"/", "//1.1/comment-check", "/comment-check", "/1/1/comment-check"}) {
    service.post(path, service.good, nothing_here);
    service.ask_raw(request("GET", path), nothing_here);
  }
}

TEST_CASE("a path in percent-encoding is the path, and a query may follow it") {
  const Service service;
  for (const char* path : {"/1.1/comment%2Dcheck", "/1.1/%63omment-check", "/1.1/comment-check?",
                           "/1.1/comment-check?comment_author=Ada&x"})
    service.post(path, service.good, kHam);
}

TEST_CASE("a target with scheme and host, as a forward proxy gets it") {
  const Service service;
  for (const char* origin : {"http://rest.akismet.com", "https://rest.akismet.com:443", "HTTP://WINNOW"})
    service.post(origin + std::string("/1.1/comment-check?x=/"), service.good, kHam);
  service.ask_raw("GET http://rest.akismet.com/1.1/test HTTP/1.1\r\n\r\n", plain("connected"));
  // The key is looked for in the target's host, whatever the header says.
  service.post("http://" + service.key + ".rest.akismet.com/1.1/comment-check", service.comment, kHam);
  service.post("http://rest.akismet.com/1.1/comment-check", service.comment,
               with_help("Empty \"api_key\" value"), kForm, service.key + ".rest.akismet.com");
  for (const char* nowhere :
       {"http://rest.akismet.com", "http:///", "http://", "http://x?y", "http:/1.1/test"})
    service.ask_raw(request("GET", nowhere),
                    {"There is nothing here. Comments are checked by POST to /1.1/comment-check or "
                     "/api/v1/check; /healthz says that winnow is up.",
                     kPlain, "HTTP/1.1 404 Not Found"});
}

TEST_CASE("two keys: the field wins over the host, and the first of two equal ones will do") {
  const Service service;
  const std::string good = "&api_key=" + service.key, bad = "&api_key=000000000000";
  const std::string good_host = service.key + ".rest.akismet.com", bad_host = "000000000000.rest.akismet.com";
  const std::string path = "/1.1/comment-check";
  service.post(path, service.comment + good, kHam, kForm, bad_host);
  service.post(path, service.comment + bad, kUncheckedKey, kForm, good_host);
  service.post(path, service.comment + "&api_key=", kHam, kForm, good_host);
  service.post(path, service.comment, kHam, kForm, good_host);
  service.post(path, service.comment, kUncheckedKey, kForm, bad_host);
  service.post(path, service.comment + good + good, kHam);
  service.post(path, service.comment + good + bad, with_help("Two different \"api_key\" values"));
  service.post(path + "?api_key=000000000000", service.comment + good,
               with_help("Two different \"api_key\" values"));
  // comment-check does not know the field `key`.
  service.post(path, service.comment + "&key=" + service.key, with_help("Empty \"api_key\" value"));
  service.post("/1.1/verify-key", "blog=blog.example.org&key=" + service.key, kValid, kForm, bad_host);
  service.post("/1.1/verify-key", "blog=blog.example.org&key=000000000000", kInvalid, kForm, good_host);
  service.post("/1.1/verify-key", "blog=blog.example.org", kValid, kForm, good_host);
}

TEST_CASE("a body that is not what its Content-Type says") {
  const Service service;
  const std::string path = "/1.1/comment-check";
  const std::string json =
      "{\"api_key\":\"" + service.key + "\",\"blog\":\"blog.example.org\",\"user_ip\":\"x\"}";
  const std::string multipart =
      "--B\r\nContent-Disposition: form-data; name=\"api_key\"\r\n\r\n" + service.key + "\r\n--B--\r\n";
  const Answer unreadable = refused("400 Bad Request", "The body is not what its Content-Type says.");
  service.post(path, service.good, unreadable, "application/json");
  service.post(path, multipart, unreadable, "application/json");
  service.post(path, "[1]", unreadable, "application/json");
  service.post(path, multipart, unreadable, "multipart/form-data");
  service.post(path, multipart, unreadable, "multipart/form-data; boundary=");
  service.post(path, service.good, with_help("The body is no multipart form, as its Content-Type says"),
               "multipart/form-data; boundary=B");
  service.post(path, multipart, with_help("The body is no multipart form, as its Content-Type says"),
               "multipart/form-data; boundary=C");
  service.post(path, json, with_help("The body is no form, as its Content-Type says"));
  service.post(path, multipart, with_help("The body is no form, as its Content-Type says"));
  // What is a form is read as one, whatever it is called.
  for (const char* type : {"text/plain", "application/octet-stream", "nonsense", ""})
    service.post(path, service.good, kHam, type);
  service.post(path, json, kHam, "application/json; charset=utf-8");
}

TEST_CASE("no body, or one without the fields that a call needs") {
  const Service service;
  service.post("/1.1/comment-check", "", with_help("Empty \"api_key\" value"));
  service.post("/1.1/comment-check", "", with_help("Empty \"api_key\" value"), "application/x-nothing");
  service.post("/1.1/comment-check", "&&&", with_help("Empty \"api_key\" value"));
  service.post("/1.1/comment-check", "api_key=" + service.key,
               {"Missing required field: blog.",
                std::string(kPlain) + kGuid + "\nX-akismet-debug-help: Empty \"blog\" value"});
  const auto without_guid = [](const std::string& help) {
    return Answer{"invalid", std::string(kPlain) + "\nX-akismet-debug-help: " + help};
  };
  for (const char* call : {"/1.1/verify-key", "/1.1/get-subscription", "/1.1/get-stats", "/1.2/get-key-stats",
                           "/1.2/usage-limit", "/1.2/key-sites", "/1.1/token", "/1.1/deactivate"})
    service.post(call, "", without_guid("Empty \"key\" value"));
  for (const char* call : {"/1.1/submit-spam", "/1.1/submit-ham"})
    service.post(call, "", without_guid("Empty \"api_key\" value"));
  for (const char* call : {"/1.1/verify-key", "/1.1/get-stats", "/1.1/deactivate"}) {
    service.post(call, "key=" + service.key, without_guid("Empty \"blog\" value"));
    service.post(call, "key=" + service.key + "&blog=http%3A%2F%2F",
                 without_guid("We were unable to parse your blog URI"));
  }
}

TEST_CASE("ten thousand fields: what stands among the first two thousand is read") {
  const Service service;
  std::string many;
  for (int i = 0; i < 10000; ++i) many += "&POST_x" + std::to_string(i) + "=1";
  service.post("/1.1/comment-check", service.good + many, kHam);
  service.post("/1.1/comment-check", many + "&" + service.good, with_help("Empty \"api_key\" value"));
}

TEST_CASE("a body beyond the limit: 413, and a GUID where a comment was to be checked") {
  const Service service;
  service.post("/1.1/comment-check", service.good + std::string(1 << 20, 'a'),
               refused("413 Payload Too Large", "The body has more than 1048576 bytes."));
  service.post("/1.1/comment-check", service.good + std::string(4 << 20, 'a'),
               refused("413 Payload Too Large", "The body has more than 1048576 bytes."));
  service.post("/1.1/submit-spam", service.good + std::string(1 << 20, 'a'),
               {"The body has more than 1048576 bytes.", kPlain, "HTTP/1.1 413 Payload Too Large"});
  service.post("/1.1/verify-key", service.good + std::string(64 << 10, 'a'),
               {"The body has more than 65536 bytes.", kPlain, "HTTP/1.1 413 Payload Too Large"});
}

TEST_CASE("Expect: 100-continue, as curl sends it with large bodies: the client never waits in vain") {
  const Service service;
  const auto head = [](std::size_t length) {
    return "POST /1.1/comment-check HTTP/1.1\r\nHost: rest.akismet.com\r\nContent-Type: " +
           std::string(kForm) + "\r\nContent-Length: " + std::to_string(length) +
           "\r\nExpect: 100-continue\r\n\r\n";
  };
  {
    const std::string body = service.good + std::string(1000000, 'a');
    Client client(service.winnowd.port());
    client.send(head(body.size()));
    CHECK(client.read().line == "HTTP/1.1 100 Continue");
    client.send(body);
    check_answer(client.read(), kHam, service.key, "");
  }
  {
    // The refusal comes though not a byte of the body does.
    Client client(service.winnowd.port());
    client.send(head(2000000));
    Response response = client.read();
    if (response.status == 100) response = client.read();
    check_answer(response, refused("413 Payload Too Large", "The body has more than 1048576 bytes."),
                 service.key, "close");
  }
}

TEST_CASE("Content-Length twice: the same is one, two are refused") {
  const Service service;
  const auto with_lengths = [&](const std::string& first, const std::string& second) {
    return "POST /1.1/comment-check HTTP/1.1\r\nHost: rest.akismet.com\r\nContent-Length: " + first +
           "\r\nContent-Length: " + second + "\r\n\r\n" + service.good;
  };
  const std::string length = std::to_string(service.good.size());
  const Answer unclear = refused("400 Bad Request", "The length of the body is not clear.");
  service.ask_raw(with_lengths(length, length), kHam);
  service.ask_raw(with_lengths(length, "3"), unclear);
  service.ask_raw(with_lengths("3", length), unclear);
  service.ask_raw(with_lengths(length + ", " + length, length), unclear);
}

TEST_CASE("what is no HTTP/1: refused with a length said once, and closed") {
  const Service service;
  const Answer no_http = {"This is no HTTP request that winnow understands.", kPlain,
                          "HTTP/1.1 400 Bad Request"};
  for (const char* bytes : {"GET /1.1/test\r\n", "GET /1.1/test\r\n\r\n", "POST /1.1/comment-check\r\n\r\n",
                            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"})
    service.ask_raw(bytes, no_http);
  const Answer too_long = {"The head of the request is too long.", kPlain, "HTTP/1.1 413 Payload Too Large"};
  service.ask_raw(request("GET", "/1.1/" + std::string(9000, 'x')), too_long);
  // The path was read, so that there is a GUID.
  service.ask_raw(request("POST", "/1.1/comment-check", {{"X-Long", std::string(9000, 'x')}}),
                  refused("413 Payload Too Large", too_long.body));
}

}  // namespace
}  // namespace winnow::api_test
