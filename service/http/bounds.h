// What bounds a connection and a request, so that no client costs more than this. server.h says what happens
// beyond them.
#pragma once

#include <chrono>
#include <cstddef>

namespace winnow::http {

// Of a request; its body has the bound of its route (Router::body_limit()).
inline constexpr std::size_t kMaxHeadBytes = 64 * 1024;   // request line and headers
inline constexpr std::size_t kMaxHeaders = 100;           // in number
inline constexpr std::size_t kMaxHeaderBytes = 8 * 1024;  // one of them, or the target
// Bytes on the wire for one of a body: chunks of one byte each take six. What stands beside chunks (their
// extensions, trailers) is in one piece no longer than a header.
inline constexpr std::size_t kWireFactor = 8;
inline constexpr std::chrono::seconds kRequestTime{30};  // from its first byte to its last
inline constexpr std::chrono::seconds kPatience{5};      // silence inside a request, or while a reply is sent
inline constexpr std::chrono::seconds kReplyTime{300};   // until the peer has taken the reply

// Of a connection.
inline constexpr std::chrono::seconds kHandshakeTime{10};
inline constexpr std::chrono::seconds kFirstByteTime{10};  // until the first byte of the first request
inline constexpr std::chrono::seconds kIdleTime{60};       // between two requests
inline constexpr std::size_t kMaxRequests = 1000;
// How much, and for how long, of what a peer still sends is swallowed after the last reply: a socket that is
// closed with unread bytes is reset, and the peer might lose the reply.
inline constexpr std::chrono::seconds kLingerTime{2};
inline constexpr std::size_t kLingerBytes = 16 * 1024 * 1024;
// A client that connected just before the server stops may not have sent its request yet.
inline constexpr std::chrono::milliseconds kLastMoment{250};

// Of all together: bytes of requests that are not answered and replies that are not sent (or four times the
// largest body, if that is more). Beyond it only requests of up to kSmallRequest bytes are gathered.
inline constexpr std::size_t kHeldBytes = 64 * 1024 * 1024;
inline constexpr std::size_t kSmallRequest = 16 * 1024;

}  // namespace winnow::http
