#include "service/http/event_loop.h"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "service/http/bounds.h"
#include "service/log.h"

namespace winnow::http {
namespace {

using std::chrono::milliseconds;
using Phase = Connection::Phase;

constexpr int kEvents = 256;                   // taken from epoll at once
constexpr int kBurst = 64;                     // clients taken from one port before others have their turn
constexpr std::size_t kReadBytes = 64 * 1024;  // more than a TLS record: OpenSSL never keeps a part of one
constexpr milliseconds kSweepEvery{250};
constexpr milliseconds kSweepAtStop{25};
constexpr milliseconds kTellEvery{1000};

}  // namespace

EventLoop::EventLoop(const Router& router, Work& work, ServerTally& tally, Parts parts)
    : router_(router),
      work_(work),
      tally_(tally),
      parts_(std::move(parts)),
      epoll_(::epoll_create1(EPOLL_CLOEXEC)),
      stop_event_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)),
      bytes_(kReadBytes) {
  watch(stop_event_, stop_, EPOLLIN, EPOLL_CTL_ADD);
}

EventLoop::~EventLoop() {
  open_.clear();
  ::close(stop_event_);
  ::close(epoll_);
}

void EventLoop::stop() {
  stopping_ = true;
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(stop_event_, &one, sizeof one);
}

void EventLoop::watch(int socket, Watched& watched, std::uint32_t events, int operation) {
  epoll_event event{};
  event.events = events;
  event.data.ptr = &watched;
  ::epoll_ctl(epoll_, operation, socket, &event);
}

void EventLoop::arm(Connection& connection, std::uint32_t events) {
  watch(connection.socket, connection, events | EPOLLONESHOT, EPOLL_CTL_MOD);
}

Result<void> EventLoop::run(std::vector<std::unique_ptr<Door>>& doors) {
  doors_ = &doors;
  for (const auto& door : doors) watch(door->listener.socket(), *door, EPOLLIN, EPOLL_CTL_ADD);
  std::array<epoll_event, kEvents> events;
  Result<void> outcome;
  bool ends = false;
  while (!ends || !open_.empty()) {
    const int count = ::epoll_wait(epoll_, events.data(), kEvents, wait_time());
    if (count < 0 && errno != EINTR && outcome) {
      outcome = Error{ErrorKind::kUnavailable, "the sockets cannot be watched", "listen"};
      stop();
    }
    for (int i = 0; i < count; ++i) {
      Result<void> done = handle(*static_cast<Watched*>(events[static_cast<std::size_t>(i)].data.ptr));
      if (done) continue;
      outcome = std::move(done);
      stop();
    }
    work_.look_after();
    for (Connection* connection : work_.overdue()) {
      const std::lock_guard lock(connection->mutex);
      shed(*connection, tally_.shed_waited);
    }
    if (stopping_ && !ends) begin_stop();
    ends = ends || stopping_;
    if (Clock::now() >= next_sweep_) sweep();
    gone_.clear();
  }
  return outcome;
}

int EventLoop::wait_time() const {
  const std::optional<Clock::time_point> look = work_.next_look();
  if (open_.empty() && !look && !doors_paused_) return stopping_ ? 0 : -1;
  const Clock::time_point next = look ? std::min(*look, next_sweep_) : next_sweep_;
  return static_cast<int>(
      std::max<std::int64_t>(0, std::chrono::ceil<milliseconds>(next - Clock::now()).count()));
}

Result<void> EventLoop::handle(Watched& watched) {
  if (watched.kind == Watched::kConnection)
    look_at(static_cast<Connection&>(watched));
  else if (watched.kind == Watched::kDoor && !stopping_)
    return accept_all(static_cast<Door&>(watched));
  else if (watched.kind == Watched::kStop)
    watch(stop_event_, stop_, 0, EPOLL_CTL_MOD);
  return {};
}

void EventLoop::begin_stop() {
  for (const auto& door : *doors_) door->listener.close();  // nobody connects any more
  const Clock::time_point soon = Clock::now() + kLastMoment;
  for (const auto& connection : open_) {
    const std::unique_lock lock(connection->mutex, std::try_to_lock);
    if (!lock) continue;
    if (connection->phase == Phase::kHandshake ||
        (connection->phase == Phase::kReading && !connection->reader.is_begun()))
      connection->deadline = std::min(connection->deadline, soon);
    if (connection->phase == Phase::kSending)
      connection->last_moment = std::min(connection->last_moment, Clock::now() + kRequestTime);
  }
  next_sweep_ = Clock::now();
}

void EventLoop::sweep() {
  const Clock::time_point now = Clock::now();
  next_sweep_ = now + (stopping_ ? kSweepAtStop : kSweepEvery);
  for (std::size_t i = open_.size(); i-- > 0;) {
    Connection& connection = *open_[i];
    const std::unique_lock lock(connection.mutex, std::try_to_lock);
    if (!lock || connection.phase == Phase::kWaiting) continue;
    if (connection.is_idle() && (stopping_ || now >= connection.deadline)) {
      part(connection);
    } else if (now >= connection.deadline) {
      ++tally_.connections_expired;
      if (connection.phase == Phase::kReading && connection.reader.is_begun()) {
        connection.reader.cut_off();
        refuse(connection, connection.reader.refusal());
      } else if (connection.phase == Phase::kReading) {
        part(connection);
      } else {
        drop(connection);
      }
    }
  }
  if (doors_paused_ && !stopping_) {
    doors_paused_ = false;
    for (const auto& door : *doors_) watch(door->listener.socket(), *door, EPOLLIN, EPOLL_CTL_MOD);
  }
  if (now >= told_ + kTellEvery) tell_what_was_shed();
}

// One line a second at most: a line for each would be more work than the requests.
void EventLoop::tell_what_was_shed() {
  told_ = Clock::now();
  const std::int64_t shed = tally_.shed_queue_full + tally_.shed_waited + tally_.shed_memory;
  if (shed == shed_told_) return;
  log(LogLevel::kWarn, "overloaded: requests were answered 503",
      {{"requests", std::to_string(shed - shed_told_)}, {"queued", std::to_string(work_.size())}});
  shed_told_ = shed;
}

Result<void> EventLoop::accept_all(Door& door) {
  for (int i = 0; i < kBurst; ++i) {
    if (open_.size() >= parts_.max_connections) make_room();
    if (doors_paused_) return {};
    Result<Listener::Accepted> accepted = door.listener.accept();
    if (!accepted) return accepted.error();
    if (accepted->outcome == Listener::Accepted::kNobody) return {};
    if (accepted->outcome == Listener::Accepted::kShortage) {
      make_room();
      pause_doors();  // the client stays in the queue
      return {};
    }
    accept_one(door, std::move(*accepted));
  }
  return {};
}

void EventLoop::accept_one(Door& door, Listener::Accepted&& accepted) {
  auto connection = std::make_unique<Connection>(accepted.socket, parts_.channel(accepted.socket, door),
                                                 std::move(accepted.peer), door);
  connection->handshake = door.tls;
  connection->phase = door.tls ? Phase::kHandshake : Phase::kReading;
  connection->deadline = Clock::now() + (door.tls ? kHandshakeTime : kFirstByteTime);
  connection->place = open_.size();
  Connection& placed = *connection;
  if (open_.empty()) next_sweep_ = std::max(next_sweep_, Clock::now() + kSweepEvery);
  open_.push_back(std::move(connection));
  ++tally_.connections_accepted;
  ++tally_.connections_open;
  watch(placed.socket, placed, EPOLLIN | EPOLLONESHOT, EPOLL_CTL_ADD);
}

void EventLoop::pause_doors() {
  doors_paused_ = true;
  next_sweep_ = std::min(next_sweep_, Clock::now() + kSweepEvery);
  for (const auto& door : *doors_) watch(door->listener.socket(), *door, 0, EPOLL_CTL_MOD);
}

// Closes a sixteenth of the connections: those that are idle first, then those that sent nothing for longest.
void EventLoop::make_room() {
  std::vector<std::tuple<bool, Clock::time_point, Connection*>> candidates;
  for (const auto& connection : open_) {
    const std::unique_lock lock(connection->mutex, std::try_to_lock);
    if (!lock) continue;
    if (connection->phase == Phase::kHandshake || connection->phase == Phase::kReading ||
        connection->phase == Phase::kLingering)
      candidates.emplace_back(!connection->is_idle(), connection->since, connection.get());
  }
  const std::size_t count = std::min(candidates.size(), parts_.max_connections / 16 + 1);
  std::partial_sort(candidates.begin(), candidates.begin() + static_cast<std::ptrdiff_t>(count),
                    candidates.end());
  for (std::size_t i = 0; i < count; ++i) {
    Connection& connection = *std::get<2>(candidates[i]);
    const std::lock_guard lock(connection.mutex);
    ++tally_.connections_evicted;
    drop(connection);
  }
  if (count == 0) pause_doors();
}

void EventLoop::drop(Connection& connection) {
  if (connection.phase == Phase::kGone) return;
  connection.close();
  tally_.bytes_held -= static_cast<std::int64_t>(connection.counted);
  --tally_.connections_open;
  std::swap(open_[connection.place], open_.back());
  open_[connection.place]->place = connection.place;
  gone_.push_back(std::move(open_.back()));
  open_.pop_back();
}

}  // namespace winnow::http
