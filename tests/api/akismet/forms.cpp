#include "tests/api/akismet/forms.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <regex>

#include "classifier/json.h"
#include "tests/api/winnowd_process.h"

namespace winnow::api_test {
namespace {

constexpr const char* kUnknownKeyText = "0123456789ab";
constexpr const char* kPlain = "Content-Type: text/plain; charset=utf-8";
constexpr const char* kGuid = "\nX-akismet-guid: {hex32}";
constexpr const char* kVerdict =
    "\nX-akismet-guid: {hex32}\nX-winnow-score: {score}\nX-winnow-reasons: {reasons}";

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

// True if `text` is `pattern`, where placeholders stand for what changes from run to run.
bool is_like(const std::string& text, const std::string& pattern, const std::string& key) {
  static const std::regex special(R"([\\^$.|?*+()\[\]{}])");
  std::string expression = std::regex_replace(replaced(pattern, "{key}", key), special, "\\$&");
  const std::pair<const char*, const char*> placeholders[] = {
      {R"(\{hex32\})", "[0-9a-f]{32}"},
      {R"(\{month\})", "20[0-9]{2}-[01][0-9]"},
      {R"(\{day\})", "[0-3][0-9]"},
      {R"(\{score\})", "[01]\\.[0-9]{4}"},
      {R"(\{reasons\})", R"([a-z_.]+=[+-][0-9]+\.[0-9]{2}(, [a-z_.]+=[+-][0-9]+\.[0-9]{2}){0,4})"}};
  for (const auto& [name, meaning] : placeholders) expression = replaced(expression, name, meaning);
  return std::regex_match(text, std::regex(expression));
}

Headers lines_of(const std::string& text) {
  Headers headers;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    const std::size_t colon = line.find(": ");
    headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    begin = end + 1;
  }
  return headers;
}

std::string wire_text(const Sender& sender, const Form& form, const std::string& key) {
  const auto filled = [&](std::string text) {
    return replaced(replaced(std::move(text), "{key}", form.key == Form::kGood ? key : kUnknownKeyText),
                    "{unknown}", kUnknownKeyText);
  };
  const bool verifies = form.call.ends_with("/verify-key");
  const std::string host = verifies ? replaced(sender.host, "{key}.", "") : sender.host;
  const std::string body = filled(form.body);
  std::string head =
      form.call + " " + sender.version + "\n" + (form.headers.empty() ? sender.headers : form.headers) + "\n";
  head = filled(replaced(std::move(head), "{host}", host));
  head = replaced(std::move(head), "{path}", form.call.substr(form.call.find('/')));
  head = replaced(std::move(head), "{length}", std::to_string(body.size()));
  return replaced(std::move(head), "\n", "\r\n") + body;
}

// What is stored of the comment is what the client meant.
void check_comment(int port, const std::string& key, const std::string& guid, const std::string& expected) {
  const Response stored = ask(port, "GET", "/api/v1/verdicts/" + guid, {{"Authorization", "Bearer " + key}});
  const Result<Json> json = parse_json(stored.body);
  REQUIRE(json);
  const Result<Json> comment = parse_json(expected);
  REQUIRE_MESSAGE(comment, expected);
  CHECK(to_text(json->at("comment")) == to_text(*comment));
}

// Neither stored nor logged.
void check_unknown(const Installation& home, const Winnowd& winnowd, const std::string& secret) {
  INFO(secret);
  CHECK(winnowd.log().find(secret) == std::string::npos);
  for (const auto& file : std::filesystem::directory_iterator(home.data()))
    CHECK_MESSAGE(read_text(file.path()).find(secret) == std::string::npos, file.path().string());
}

}  // namespace

const Answer kValid = plain("valid");
const Answer kInvalid = plain("invalid");
const Answer kUnknownKey = {"invalid", std::string(kPlain) + "\nX-akismet-debug-help: Invalid key"};
const Answer kUncheckedKey = {"invalid", kUnknownKey.headers + kGuid};
const Answer kHam = {"false", std::string(kPlain) + kVerdict};
const Answer kSpam = {"true", std::string(kPlain) + kVerdict};
const Answer kDiscard = {"true", kSpam.headers + "\nX-akismet-pro-tip: discard"};
const Answer kThanks = {"Thanks for making the web a better place.",
                        "Content-Type: text/html; charset=utf-8"};

Answer plain(std::string body) {
  return {std::move(body), kPlain};
}

Answer json(std::string body) {
  return {std::move(body), "Content-Type: application/json"};
}

void check_answer(const Response& response, const Answer& expected, const std::string& key,
                  const std::string& connection) {
  CHECK(response.line == expected.line);
  CHECK_MESSAGE(is_like(response.body, expected.body, key), response.body);
  Headers headers = lines_of(expected.headers);
  headers.emplace_back("Content-Length", std::to_string(response.body.size()));
  if (!connection.empty()) headers.emplace_back("Connection", connection);
  for (const auto& [name, value] : response.headers) {
    CAPTURE(name);
    CAPTURE(value);
    const auto found = std::ranges::find(headers, name, &Headers::value_type::first);
    REQUIRE_MESSAGE(found != headers.end(), "no such header is expected");
    CHECK(is_like(value, found->second, key));
    headers.erase(found);
  }
  for (const auto& [name, value] : headers) FAIL_CHECK("missing: ", name, ": ", value);
}

void talk(const Sender& sender, std::initializer_list<Form> forms) {
  const Installation home;
  const std::string key = home.create_key(sender.site);
  // What is looked at is how each field was read, addresses among them.
  const Winnowd winnowd(home, {"--personal-data", "clear"});
  std::unique_ptr<Client> client;
  std::string last_check;
  for (const Form& form : forms) {
    INFO(sender.name, ": ", form.call, " ", form.body);
    if (!client) client = std::make_unique<Client>(winnowd.port());
    REQUIRE(client->send(wire_text(sender, form, key)));
    const Response response = client->read();
    check_answer(response, form.answer, key, sender.closes ? "close" : "");
    if (const std::string guid = response.header("X-akismet-guid"); !guid.empty()) last_check = guid;
    if (form.meaning == "the last check")
      CHECK(winnowd.wait_for_log("verdict=" + last_check));
    else if (!form.meaning.empty())
      check_comment(winnowd.port(), key, last_check, form.meaning);
    if (!sender.closes) continue;
    CHECK(client->is_closed());
    client.reset();
  }
  check_unknown(home, winnowd, key);
  if (!sender.secret.empty()) check_unknown(home, winnowd, sender.secret);
}

}  // namespace winnow::api_test
