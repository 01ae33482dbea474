// Where one request on a connection ends and whether another may follow (RFC 9112, sections 6 and 9).
#pragma once

#include <cstddef>

#include "service/http/message.h"

namespace winnow::http {

// What the head of a request says of its body.
struct Framing {
  bool has_body = false;
  // False if the length makes no sense or is said twice: by two different lengths, or by a length and a
  // transfer encoding. That is how requests are smuggled past a proxy; such a request is refused.
  bool is_clear = true;
  std::size_t length = 0;  // 0 where the body is chunked
};

Framing framing_of(const Request& head);

// HTTP/1.1 goes on unless the client says close, HTTP/1.0 only if it says keep-alive.
bool wants_keep_alive(const Request& head);

}  // namespace winnow::http
