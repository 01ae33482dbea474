// HTTP as the handlers see it: plain values, no httplib type.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "service/log.h"

namespace winnow::http {

using Field = std::pair<std::string, std::string>;

// `text` with A-Z as a-z: HTTP compares names, schemes and media types so.
inline std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

// Parts of what winnowd answers; each may be kept to an address of its own.
enum class Side {
  kBoth,    // of an address: it answers everything; of a route: every address does
  kPublic,  // checks, reports and all that clients ask
  kAdmin,   // the desk and its API
};

struct Request {
  std::string method;          // "GET", "POST"
  std::string version;         // "HTTP/1.1", "HTTP/1.0"
  std::string path;            // percent-decoded, without query
  std::string query;           // raw text behind '?'
  std::vector<Field> headers;  // names in lower case, in no order
  std::string body;            // raw bytes; transfer and content encodings are undone
  std::string remote_addr;     // numeric address of the client (service/http/forwarded.h); may be empty
  bool is_https = false;       // came over TLS, here or at a trusted proxy
  Side side = Side::kBoth;     // of the address that it came to
  std::chrono::steady_clock::time_point started = std::chrono::steady_clock::now();  // when the head was read

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
  LogFields notes;  // what the log line says of this request beside route, status and time; never sent
  // Set: this is not the reply yet. Called once, with whoever is to be given the reply when it is there, on
  // whatever thread has it; so nobody waits for the disk. What it throws comes before it has given a reply.
  std::function<void(std::function<void(Reply)> respond)> later = {};
};

using Respond = std::function<void(Reply)>;

}  // namespace winnow::http
