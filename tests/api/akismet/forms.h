// The requests of Akismet's clients, as each of them puts its own on the wire, and the whole answers to them:
// status line, every header, body.
//
// Texts of requests may hold {key}, the key of the site; {unknown}, a key that nobody has; {length}, that of
// the body. Texts of answers may hold {key}; {hex32}, 32 hex digits; {month}, as in 2026-01; {day}, as in
// 31; {score}; {reasons}.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "tests/api/http_client.h"

namespace winnow::api_test {

struct Answer {
  std::string body;
  std::string headers;  // lines "Name: value", beside Content-Length and Connection
  std::string line = "HTTP/1.1 200 OK";
};

// Answers that Akismet's documentation or its server gives word for word.
extern const Answer kValid;
extern const Answer kInvalid;     // a key that is not good, in calls that define the field `key`
extern const Answer kUnknownKey;  // the same in all others but comment-check
extern const Answer kHam;
extern const Answer kSpam;
extern const Answer kDiscard;
extern const Answer kUncheckedKey;  // the unknown key in comment-check, whose every answer has a GUID
extern const Answer kThanks;
Answer plain(std::string body);
Answer json(std::string body);

// How a client writes its requests. Where the host begins with the key, verify-key goes to the rest of it, as
// all such clients do.
struct Sender {
  std::string name;     // and version; (recorded): by running it; (read): from its source or documentation
  std::string site;     // host of the blog or forum
  std::string host;     // "rest.akismet.com" or "{key}.rest.akismet.com"
  std::string headers;  // lines in the client's order and case; {host} is the host, {path} that of the call
  bool closes = false;  // the connection ends with the answer, as the client asked
  std::string version = "HTTP/1.1";
  std::string secret = {};  // of what it sends; must be neither stored nor logged, no more than the key
};

struct Form {
  std::string call;  // "POST /1.1/comment-check"
  std::string body = {};
  Answer answer = {};
  // What winnow is to understand: of a check, the comment as JSON; of a submit, "the last check" if it is
  // about the comment that was checked last. Empty: not looked at.
  std::string meaning = {};
  enum Key { kGood, kUnknown } key = kGood;  // what {key} stands for
  std::string headers = {};                  // instead of the sender's
};

// Starts winnowd with a key for the sender's site and says the forms one after another, on one connection if
// the sender keeps it. Checks every answer and meaning.
void talk(const Sender& sender, std::initializer_list<Form> forms);

// Checks one answer; `connection` is the value of the header Connection, empty for none.
void check_answer(const Response& response, const Answer& expected, const std::string& key,
                  const std::string& connection);

}  // namespace winnow::api_test
