// Connection: the state of one accepted TCP connection, plain or TLS.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>

#include "service/http/channel.h"
#include "service/http/door.h"
#include "service/http/request_reader.h"

namespace winnow::http {

// Thread rule: all but `kind`, `socket`, `peer` and `door` is used under `mutex`, which the event loop holds
// while it looks at the connection, and whoever answers while it does; but for the request of a connection
// that waits (kWaiting): that is its worker's, or whose reply it gets, until it is answered.
struct Connection : Watched {
  using Clock = std::chrono::steady_clock;

  enum class Phase {
    kHandshake,  // waits for the peer
    kReading,    // waits for a request, or the rest of one
    kWaiting,    // has a request, or a step of the handshake, for a worker
    kSending,    // waits for the peer to take the rest of a reply
    kAnswered,   // the loop is to go on
    kLingering,  // all is said; what still comes is swallowed
    kGone,       // closed
  };

  // Takes `client`, which must not block, over.
  // cppcheck-suppress uninitDerivedMemberVar ; Watched{} sets it
  Connection(int client, std::unique_ptr<Channel> through, std::string address, const Door& came_by)
      : Watched{kConnection},
        socket(client),
        peer(std::move(address)),
        door(came_by),
        channel(std::move(through)) {}
  ~Connection() { close(); }

  // A worker has it, or it has a reply to finish.
  bool is_busy() const { return phase == Phase::kWaiting || phase == Phase::kSending; }
  // Between two requests.
  bool is_idle() const { return phase == Phase::kReading && served > 0 && !reader.is_begun(); }

  // Sends what it can of `out`: kDone once all is sent.
  Step send();
  // Tells the peer that no more comes.
  void finish();
  // Closes the socket; once is enough.
  void close();

  std::mutex mutex;
  const int socket;
  const std::string peer;  // numeric address
  const Door& door;
  const std::unique_ptr<Channel> channel;
  RequestReader reader;
  Phase phase = Phase::kReading;
  Clock::time_point since = Clock::now();                    // the peer's last sign of life
  Clock::time_point deadline = Clock::time_point::max();     // of this phase
  Clock::time_point last_moment = Clock::time_point::max();  // of the whole request or reply
  bool handshake = false;                                    // it is not done yet
  std::string out;                                           // the reply
  std::size_t sent = 0;                                      // of it
  bool keep_alive = true;                                    // another request may follow
  bool linger = false;                                       // the peer may still be sending when this ends
  std::size_t served = 0;
  std::size_t swallowed = 0;
  std::size_t counted = 0;  // bytes of this connection in the sum of all
  std::size_t place = 0;    // in the loop's list; the loop's alone
};

}  // namespace winnow::http
