#include "service/http/errors.h"

#include <doctest/doctest.h>

#include "classifier/json.h"

namespace winnow::http {
namespace {

std::string_view header_of(const Reply& reply, std::string_view name) {
  for (const auto& [key, value] : reply.headers)
    if (key == name) return value;
  return {};
}

TEST_CASE("each kind of error has one status") {
  struct {
    ErrorKind kind;
    int status;
  } const cases[] = {
      {ErrorKind::kInvalid, 400},   {ErrorKind::kTooLarge, 413},    {ErrorKind::kUnauthenticated, 401},
      {ErrorKind::kForbidden, 403}, {ErrorKind::kNotFound, 404},    {ErrorKind::kConflict, 409},
      {ErrorKind::kTooMany, 429},   {ErrorKind::kUnavailable, 503}, {ErrorKind::kCorrupt, 500},
      {ErrorKind::kInternal, 500},
  };
  for (const auto& [kind, status] : cases) {
    CHECK(status_of(kind) == status);
    CHECK(problem({kind, "m", ""}).status == status);
    CHECK(plain_error({kind, "m", ""}).status == status);
  }
}

TEST_CASE("problems are RFC 9457 and name the field") {
  const Reply reply = problem({ErrorKind::kInvalid, "author must be a string.", "author"});
  CHECK(reply.content_type == "application/problem+json");
  const Json json = *parse_json(reply.body);
  CHECK(json["type"] == "urn:winnow:problem:bad-request");
  CHECK(json["title"].is_string());
  CHECK(json["status"] == 400);
  CHECK(json["detail"] == "author must be a string.");
  CHECK(json["field"] == "author");
  CHECK_FALSE(parse_json(problem({ErrorKind::kInvalid, "m", ""}).body)->contains("field"));
}

TEST_CASE("nothing of the inside comes out") {
  for (const ErrorKind kind : {ErrorKind::kInternal, ErrorKind::kCorrupt, ErrorKind::kUnavailable}) {
    const Error error{kind, "/secret/path: disk I/O error", ""};
    for (const Reply& reply : {problem(error), plain_error(error)}) {
      CHECK(reply.body.find("secret") == std::string::npos);
      for (const auto& [name, value] : reply.headers) CHECK(value.find("secret") == std::string::npos);
      REQUIRE_FALSE(reply.notes.empty());
      CHECK(reply.notes[0].second == error.message);
    }
    for (const char* word : {"true", "false", "valid"})
      CHECK(plain_error(error).body.find(word) == std::string::npos);
  }
}

TEST_CASE("headers that go with a status") {
  CHECK(header_of(problem({ErrorKind::kUnauthenticated, "m", ""}), "WWW-Authenticate").starts_with("Bearer"));
  CHECK(header_of(plain_error({ErrorKind::kUnavailable, "m", ""}), "Retry-After") == "5");
  CHECK(header_of(problem({ErrorKind::kTooMany, "m", "", 7}), "Retry-After") == "7");
  const Reply reply = method_not_allowed("GET, HEAD", true);
  CHECK(reply.status == 405);
  CHECK(header_of(reply, "Allow") == "GET, HEAD");
  CHECK(parse_json(reply.body)->at("status") == 405);
  CHECK(method_not_allowed("POST", false).content_type.starts_with("text/plain"));
}

}  // namespace
}  // namespace winnow::http
