#include "service/http/auth.h"

#include <doctest/doctest.h>

#include "tests/unit/service/http/exchange.h"

namespace winnow::http {
namespace {

TEST_CASE("bearer tokens") {
  struct {
    const char* header;
    const char* token;
  } const cases[] = {
      {"Bearer abc", "abc"}, {"bearer  abc ", "abc"}, {"BEARER abc", "abc"}, {"Basic abc", ""},
      {"Bearer", ""},        {"Bearer ", ""},         {"Bearerabc", ""},     {"", ""},
  };
  for (const auto& [header, token] : cases) {
    CAPTURE(header);
    Request request;
    request.headers = {{"authorization", header}};
    CHECK(bearer_token(request) == token);
  }
  CHECK(bearer_token(Request()) == "");
}

TEST_CASE("the key of an Akismet call: key, then api_key, then the host") {
  struct {
    const char* body;
    const char* query;
    const char* host;
    bool defines_key;
    const char* key;
  } const cases[] = {
      {"key=K&api_key=A", "", "123456789abc.rest.akismet.com", true, "K"},
      {"key=K&api_key=A", "", "123456789abc.rest.akismet.com", false, "A"},
      {"key&api_key=A", "", "", true, "A"},
      {"key=K", "", "", false, ""},
      {"", "api_key=Q", "rest.akismet.com", false, "Q"},
      {"", "", "123456789abc.rest.akismet.com", false, "123456789abc"},
      {"", "", "123456789ABC.localhost:8420", true, "123456789ABC"},
      {"", "", "rest.akismet.com", false, ""},
      {"", "", "127.0.0.1:8420", false, ""},
      {"", "", "123456789abc", false, ""},
      {"", "", "", false, ""},
  };
  for (const auto& [body, query, host, defines_key, key] : cases) {
    CAPTURE(body);
    CAPTURE(host);
    Request request;
    request.body = body;
    request.query = query;
    request.headers = {{"host", host}};
    const Result<Fields> fields = Fields::read(request);
    REQUIRE(fields.ok());
    CHECK(*akismet_key(request, *fields, defines_key, {}) == key);
  }
}

TEST_CASE("a key in the host counts before the configured domains alone") {
  const std::vector<std::string> domains = {"rest.akismet.com", "spam.example.org"};
  const std::pair<const char*, const char*> cases[] = {
      {"123456789abc.rest.akismet.com", "123456789abc"},
      {"123456789abc.Spam.Example.ORG:8420", "123456789abc"},
      {"123456789abc.example.org", ""},
      {"123456789abc.evil.spam.example.org", ""},
      {"rest.akismet.com", ""},
  };
  for (const auto& [host, key] : cases) {
    CAPTURE(host);
    Request request;
    request.headers = {{"host", host}};
    CHECK(*akismet_key(request, *Fields::read(request), false, domains) == key);
  }
}

TEST_CASE("two different values of the field that counts are refused") {
  const auto asked = [](const char* body, const char* query, bool defines_key) {
    Request request;
    request.body = body;
    request.query = query;
    return akismet_key(request, *Fields::read(request), defines_key, {});
  };
  CHECK(asked("api_key=A&api_key=B", "", false).error().field == "api_key");
  CHECK(asked("api_key=A", "api_key=B", false).error().kind == ErrorKind::kInvalid);
  CHECK(asked("key=A&key=B&api_key=C", "", true).error().field == "key");
  CHECK(*asked("key=A&key=B&api_key=C", "", false) == "C");
  CHECK(*asked("key=A&api_key=C&api_key=D", "", true) == "A");
  CHECK(*asked("api_key=A&api_key=A", "api_key=A", false) == "A");
}

TEST_CASE("the use of a key that is let in is noted, and of no other") {
  Exchange home;
  KeyUses uses(*home.installation.store);
  Context context = home.context;
  context.key_uses = &uses;
  const std::string key = home.installation.add_token({}, {KeyScope::kCheck});
  const auto last_use = [&] {
    uses.store_now();
    return must(home.installation.store->keys()).front().last_used_at;
  };
  CHECK(enter(context, {}, key, {KeyScope::kAdmin}).outcome == Entrance::Outcome::kLacksScope);
  CHECK_FALSE(last_use().has_value());
  CHECK(enter(context, {}, key, {KeyScope::kCheck}).outcome == Entrance::Outcome::kLetIn);
  CHECK(last_use() == home.installation.now);
}

}  // namespace
}  // namespace winnow::http
