// RequestReader: takes the bytes of HTTP/1.1 and 1.0 requests as they come and says when one is whole. Never
// waits for anything. Boost.Beast reads heads, lengths and chunks; the bounds are ours.
//
// Bounds: those of a request in bounds.h, and a body as the caller says, counted while it comes.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "classifier/result.h"
#include "service/http/bounds.h"
#include "service/http/message.h"

namespace winnow::http {

// Thread rule: used by one thread at a time.
class RequestReader {
 public:
  enum class Progress {
    kMore,     // bytes are wanting
    kHead,     // request() has all but the body; allow_body() goes on
    kWhole,    // request() is whole, as far as it is read
    kRefused,  // refusal() says why, request() has what was read of the head; nothing later can be understood
  };

  RequestReader();
  ~RequestReader();
  RequestReader(const RequestReader&) = delete;
  RequestReader& operator=(const RequestReader&) = delete;

  // The next bytes. Behind a whole request they are kept for next().
  Progress take(std::string_view bytes);

  // After kHead. A body of more bytes than `limit` is refused; with 0 a body is left unread.
  Progress allow_body(std::size_t limit);

  // The request is dealt with: forgets it, and goes on with what came behind it.
  Progress next();

  // The rest of a request that is begun does not come: from here on it is refused.
  void cut_off();

  Request& request() { return request_; }
  // What the body may have, as allow_body() was told.
  std::size_t limit() const { return limit_; }
  // Forgets the body of the request.
  void release() { std::string().swap(request_.body); }
  const Error& refusal() const { return refusal_; }

  // True from the first byte of a request on.
  bool is_begun() const { return parser_ || progress_ != Progress::kMore; }
  // True if bytes are here that belong to the next request.
  bool has_next() const { return !rest_.empty(); }
  // True if the request has a body that was not read: the connection cannot go on.
  bool leaves_body() const { return leaves_body_; }
  // True if the client waits for "100 Continue" before it sends the body.
  bool awaits_continue() const;
  // Bytes that are kept here.
  std::size_t held() const;

 private:
  struct Parser;  // keeps Boost out of the header

  // Gives how many of `bytes` it has dealt with; what is behind them is to be kept.
  bool is_enough(std::string_view bytes) const;
  std::size_t parse(std::string_view bytes);
  Progress parse_rest();
  void read_head();
  void refuse_bytes(bool too_many);
  void refuse(ErrorKind kind, std::string message, std::string field = "");
  void finish();

  std::unique_ptr<Parser> parser_;  // there from the first byte of a request to its last
  std::string rest_;                // bytes that are not parsed yet
  Progress progress_ = Progress::kMore;
  Request request_;
  Error refusal_;
  std::size_t limit_ = 0;
  std::size_t wire_ = 0;  // bytes of this request, chunk sizes and all
  bool leaves_body_ = false;
};

}  // namespace winnow::http
