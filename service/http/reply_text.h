// A reply as HTTP/1.1 has it on the wire (RFC 9112, section 4).
#pragma once

#include <string>

#include "service/http/message.h"

namespace winnow::http {

// `to`: the request; a HEAD gets no body, HTTP/1.0 is told that the connection goes on. `keep_alive`: whether
// it does.
std::string reply_text(const Reply& reply, const Request& to, bool keep_alive);

inline constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

}  // namespace winnow::http
