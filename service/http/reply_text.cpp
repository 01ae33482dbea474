#include "service/http/reply_text.h"

#include <algorithm>
#include <boost/beast/http/status.hpp>

namespace winnow::http {
namespace {

void add(std::string& text, std::string_view name, std::string_view value) {
  text.append(name).append(": ");
  // A line break would begin a header that nobody meant.
  for (const char c : value) text += c == '\r' || c == '\n' ? ' ' : c;
  text += "\r\n";
}

}  // namespace

std::string reply_text(const Reply& reply, const Request& to, bool keep_alive) {
  std::string text;
  text.reserve(512 + reply.body.size());
  const auto reason = boost::beast::http::obsolete_reason(
      boost::beast::http::int_to_status(static_cast<unsigned>(reply.status)));
  text.append("HTTP/1.1 ").append(std::to_string(reply.status)).append(" ");
  text.append(reason.data(), reason.size()).append("\r\n");
  for (const auto& [name, value] : reply.headers) add(text, name, value);
  const bool has_body = reply.status != 204 && reply.status != 304;  // RFC 9110, section 15
  if (has_body) {
    add(text, "Content-Type", reply.content_type);
    add(text, "Content-Length", std::to_string(reply.body.size()));
  }
  if (!keep_alive)
    add(text, "Connection", "close");
  else if (to.version == "HTTP/1.0")
    add(text, "Connection", "keep-alive");
  text += "\r\n";
  if (has_body && to.method != "HEAD") text += reply.body;
  return text;
}

}  // namespace winnow::http
