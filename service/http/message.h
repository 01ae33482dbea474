// HTTP as the handlers see it: plain values, no httplib type.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace winnow::http {

using Field = std::pair<std::string, std::string>;

struct Request {
  std::string method;       // "GET", "POST"
  std::string path;         // decoded, without query
  std::string query;        // raw text behind '?'
  std::vector<Field> headers;  // names in lower case
  std::string body;         // raw; empty for multipart, which the server takes apart while it reads
  std::vector<Field> parts; // fields of a multipart/form-data body, files left out
  std::string remote_addr;  // address of the peer of the connection

  // First header of that (lower-case) name, or empty.
  std::string_view header(std::string_view name) const {
    for (const auto& [key, value] : headers)
      if (key == name) return value;
    return {};
  }
};

struct Reply {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  std::string body;
  std::vector<Field> headers;
};

}  // namespace winnow::http
