#include "service/http/auth.h"

#include <doctest/doctest.h>

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
      {"api_key=A", "api_key=Q", "", false, "A"},
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
    CHECK(akismet_key(request, *fields, defines_key) == key);
  }
}

}  // namespace
}  // namespace winnow::http
