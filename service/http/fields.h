// Fields: what a client of the Akismet protocol sent, whatever the encoding: form, multipart or JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "classifier/result.h"
#include "service/http/message.h"

namespace winnow::http {

// The fields of one request. Of a field that was sent twice the first value counts, as a body comes before
// the query. Thread rule: const methods may be called from any number of threads at once.
class Fields {
 public:
  // Decodes the body by its Content-Type (a form, unless it says multipart/form-data or JSON), then the
  // query. JSON: members of one object; numbers and booleans as text (true is "1", false is empty), null as
  // empty, lists as repeated "name[]", nested objects left out. kInvalid if a JSON body is no object, or
  // multipart has no boundary.
  static Result<Fields> read(const Request& request);

  // True if the field was sent, be it with an empty value or as a bare name.
  bool has(std::string_view name) const;

  // True if the field was sent more than once, with different values.
  bool has_two_values(std::string_view name) const;

  // True if a field was sent whose name begins so.
  bool has_any(std::string_view prefix) const;

  // Its value as valid UTF-8 of at most `max_bytes` bytes, read in the charset that the request names
  // (blog_charset, else that of the Content-Type, else UTF-8). Empty if it was not sent; so is the text
  // "undefined", which JavaScript clients send for a missing value.
  std::string text(std::string_view name, std::size_t max_bytes) const;

  // Values of name, name[], name[0], name[1]... in the order sent; empty values left out.
  std::vector<std::string> list(std::string_view name, std::size_t max_values, std::size_t max_bytes) const;

  // Values of all fields whose name begins so, likewise.
  std::vector<std::string> all(std::string_view prefix, std::size_t max_values, std::size_t max_bytes) const;

  // is_test=1 or true; absent, empty, 0 and anything else are no.
  bool flag(std::string_view name) const;

 private:
  template <typename IsWanted>
  std::vector<std::string> texts(IsWanted is_wanted, std::size_t max_values, std::size_t max_bytes) const;
  const std::string* find(std::string_view name) const;
  std::string as_text(const std::string& bytes, std::size_t max_bytes) const;

  std::vector<Field> fields_;
  std::string charset_;
};

}  // namespace winnow::http
