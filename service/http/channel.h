// Channel: the bytes of one TCP connection, as they are or through TLS (service/http/tls.h), in steps that
// never block.
#pragma once

#include <cstddef>
#include <memory>
#include <string>

namespace winnow::http {

struct Step {
  enum Outcome {
    kDone,
    kWantsRead,   // nothing was done; again when the socket has bytes
    kWantsWrite,  // nothing was done; again when the socket takes bytes
    kEnd,         // the peer has sent its last byte
    kFailed,
  };
  Outcome outcome = kFailed;
  std::size_t count = 0;  // bytes moved, if kDone
};

// Thread rule: used by one thread at a time.
class Channel {
 public:
  virtual ~Channel() = default;

  // To be repeated until it is done, before the first byte is moved.
  virtual Step open() = 0;
  virtual Step receive(char* to, std::size_t size) = 0;
  virtual Step send(const char* from, std::size_t size) = 0;
  // Tells the peer that no more will be sent. Once, last.
  virtual void finish() = 0;

  // Why the last step failed, in words without any data of the peer; empty if the connection just broke.
  virtual std::string failure() const { return ""; }
};

// `socket` must not block, and outlives the channel.
std::unique_ptr<Channel> plain_channel(int socket);

}  // namespace winnow::http
