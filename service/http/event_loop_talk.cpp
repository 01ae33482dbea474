// What the loop does with one connection: reads it, answers what needs no worker, and lets it go.
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>

#include "service/http/bounds.h"
#include "service/http/event_loop.h"
#include "service/http/framing.h"
#include "service/http/reply_text.h"

namespace winnow::http {
namespace {

using Phase = Connection::Phase;
using Progress = RequestReader::Progress;

constexpr int kReadsPerTurn = 4;  // of one connection before others have their turn

std::uint32_t events_for(const Step& step) {
  return step.outcome == Step::kWantsWrite ? EPOLLOUT : EPOLLIN;
}

bool wants(const Step& step) {
  return step.outcome == Step::kWantsRead || step.outcome == Step::kWantsWrite;
}

}  // namespace

void EventLoop::look_at(Connection& connection) {
  std::unique_lock lock(connection.mutex);
  if (!go_on(connection)) return;
  connection.phase = Phase::kWaiting;
  const bool urgent = !connection.handshake && router_.is_health(connection.reader.request());
  // A worker that takes it at once should not find it locked.
  lock.unlock();
  if (work_.push(&connection, urgent)) return;
  lock.lock();
  shed(connection, tally_.shed_queue_full);
}

bool EventLoop::go_on(Connection& connection) {
  switch (connection.phase) {
    case Phase::kHandshake:
      return true;
    case Phase::kReading:
      return read(connection);
    case Phase::kSending:
      send_on(connection);
      return false;
    case Phase::kAnswered:
      if (connection.keep_alive) return begin_next(connection);
      part(connection);
      return false;
    case Phase::kLingering:
      swallow(connection);
      return false;
    case Phase::kWaiting:
    case Phase::kGone:
      return false;
  }
  return false;
}

bool EventLoop::read(Connection& connection) {
  std::uint32_t next = EPOLLIN;
  for (int i = 0; i < kReadsPerTurn; ++i) {
    const Step step = connection.channel->receive(bytes_.data(), bytes_.size());
    if (wants(step)) {
      next = events_for(step);
      break;
    }
    if (step.outcome != Step::kDone) {
      end_of_bytes(connection, step);
      return false;
    }
    const Progress progress = connection.reader.take({bytes_.data(), step.count});
    bytes_came(connection);
    if (take(connection, progress)) return true;
    if (connection.phase != Phase::kReading) return false;
    if (step.count < bytes_.size() && !connection.door.tls) break;  // that was all
  }
  arm(connection, next);
  return false;
}

void EventLoop::end_of_bytes(Connection& connection, const Step& step) {
  if (step.outcome == Step::kEnd && connection.reader.is_begun()) {
    connection.reader.cut_off();
    refuse(connection, connection.reader.refusal());
  } else {
    part(connection);
  }
}

// Bytes that are part of no request do not put the deadline off, nor do TLS records without any.
void EventLoop::bytes_came(Connection& connection) {
  connection.since = Clock::now();
  if (!connection.reader.is_begun()) return;
  if (connection.last_moment == Clock::time_point::max())
    connection.last_moment = connection.since + kRequestTime;
  connection.deadline = std::min(connection.since + kPatience, connection.last_moment);
}

bool EventLoop::take(Connection& connection, Progress progress) {
  if (progress == Progress::kHead) {
    parts_.complete(connection.reader.request(), connection);
    progress = connection.reader.allow_body(router_.body_limit(connection.reader.request()));
  }
  count_bytes(connection);
  if (progress == Progress::kWhole) return true;
  if (progress == Progress::kRefused) {
    refuse(connection, connection.reader.refusal());
  } else if (connection.counted > kSmallRequest &&
             tally_.bytes_held > static_cast<std::int64_t>(parts_.max_held)) {
    connection.reader.cut_off();
    connection.linger = true;
    shed(connection, tally_.shed_memory);
  } else if (connection.reader.awaits_continue()) {
    std::erase_if(connection.reader.request().headers,
                  [](const Field& field) { return field.first == "expect"; });
    connection.channel->send(kContinue.data(), kContinue.size());
  }
  return false;
}

bool EventLoop::begin_next(Connection& connection) {
  connection.phase = Phase::kReading;
  const Progress progress = connection.reader.next();
  await_request(connection);
  bytes_came(connection);
  if (take(connection, progress)) return true;
  if (connection.phase == Phase::kReading) arm(connection, EPOLLIN);
  return false;
}

void EventLoop::await_request(Connection& connection) {
  connection.phase = Phase::kReading;
  connection.since = Clock::now();
  connection.last_moment = Clock::time_point::max();
  const auto time = connection.served > 0 ? kIdleTime : kFirstByteTime;
  connection.deadline = connection.since + (stopping_ ? kLastMoment : Clock::duration(time));
}

void EventLoop::count_bytes(Connection& connection) {
  const std::size_t held = connection.reader.held() + connection.out.size();
  tally_.bytes_held += static_cast<std::int64_t>(held) - static_cast<std::int64_t>(connection.counted);
  connection.counted = held;
}

void EventLoop::answer(Connection& connection, std::string text, bool keep_alive) {
  connection.out = std::move(text);
  connection.keep_alive = keep_alive;
  ++connection.served;
  connection.last_moment = Clock::now() + (stopping_ ? kRequestTime : kReplyTime);
  const Step step = connection.send();
  if (step.outcome == Step::kDone && keep_alive && !connection.reader.has_next()) {
    connection.reader.next();
    count_bytes(connection);
    await_request(connection);
    arm(connection, EPOLLIN);
    return;
  }
  connection.reader.release();
  count_bytes(connection);
  after_sending(connection, step);
}

void EventLoop::send_on(Connection& connection) {
  after_sending(connection, connection.send());
}

void EventLoop::after_sending(Connection& connection, const Step& step) {
  const Clock::time_point now = Clock::now();
  connection.since = now;
  connection.deadline = std::min(now + kPatience, connection.last_moment);
  if (wants(step) && tally_.bytes_held <= static_cast<std::int64_t>(parts_.max_held)) {
    connection.phase = Phase::kSending;
    arm(connection, events_for(step));
    return;
  }
  if (step.outcome != Step::kDone) connection.keep_alive = connection.linger = false;
  connection.phase = Phase::kAnswered;
  arm(connection, EPOLLOUT);
}

void EventLoop::refuse(Connection& connection, const Error& error) {
  Request& head = connection.reader.request();
  if (head.remote_addr.empty()) parts_.complete(head, connection);
  ++(error.kind == ErrorKind::kTooLarge ? tally_.refused_large : tally_.refused_invalid);
  connection.linger = true;
  answer(connection, reply_text(router_.refuse(head, error), head, false), false);
}

void EventLoop::shed(Connection& connection, ServerTally::Count& count) {
  ++count;
  if (connection.handshake) return drop(connection);
  const Request& head = connection.reader.request();
  const bool keep_alive =
      !connection.linger && wants_keep_alive(head) && !connection.reader.leaves_body() && !stopping_;
  connection.linger = connection.linger || connection.reader.leaves_body();
  answer(connection, reply_text(router_.overloaded(head), head, keep_alive), keep_alive);
}

void EventLoop::continue_handshake(Connection& connection, const Step& step) {
  if (wants(step)) {
    connection.phase = Phase::kHandshake;
    arm(connection, events_for(step));
    return;
  }
  if (step.outcome == Step::kDone) {
    connection.handshake = false;
    await_request(connection);
    arm(connection, EPOLLIN);
    return;
  }
  ++tally_.handshakes_failed;
  connection.keep_alive = false;
  connection.linger = !connection.channel->failure().empty();  // for OpenSSL's alert
  connection.phase = Phase::kAnswered;
  arm(connection, EPOLLOUT);
}

void EventLoop::part(Connection& connection) {
  connection.finish();
  if (!connection.linger) return drop(connection);
  connection.phase = Phase::kLingering;
  connection.deadline = Clock::now() + kLingerTime;
  arm(connection, EPOLLIN);
}

void EventLoop::swallow(Connection& connection) {
  for (int i = 0; i < kReadsPerTurn; ++i) {
    const ssize_t got = ::recv(connection.socket, bytes_.data(), bytes_.size(), 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) break;
    if (got > 0) connection.swallowed += static_cast<std::size_t>(got);
    if (got <= 0 || connection.swallowed > kLingerBytes) return drop(connection);
  }
  arm(connection, EPOLLIN);
}

}  // namespace winnow::http
