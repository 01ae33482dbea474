// EventLoop: owns every connection that waits for its peer. One thread accepts, reads requests until they are
// whole, sends what peers take slowly, and closes what takes too long; a worker has a connection only from a
// whole request to its reply.
//
// A connection is armed in epoll for one event at a time. So the loop and the workers hand it to each other
// without a message: who is through with it arms it, for reading where the peer is waited for, for writing,
// which is possible at once, where the loop has something to do.
#pragma once

#include <sys/epoll.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "service/http/connection.h"
#include "service/http/door.h"
#include "service/http/routes.h"
#include "service/http/server_counts.h"
#include "service/http/work_queue.h"

namespace winnow::http {

using Work = WorkQueue<Connection*>;

class EventLoop {
 public:
  struct Parts {
    std::size_t max_connections;
    std::size_t max_held;  // bytes of all requests and replies together, see server.h
    // The way through a new connection.
    std::function<std::unique_ptr<Channel>(int socket, const Door& door)> channel;
    // Completes the head of a request by what its connection knows.
    std::function<void(Request& head, const Connection& connection)> complete;
  };

  // `router`, `work` and `tally` outlive the loop.
  EventLoop(const Router& router, Work& work, ServerTally& tally, Parts parts);
  ~EventLoop();

  // Serves until stop(), and then until no connection is left. Once. kUnavailable if a listening socket is
  // lost.
  Result<void> run(std::vector<std::unique_ptr<Door>>& doors);
  // From any thread.
  void stop();
  bool is_stopping() const { return stopping_; }

  // For whoever holds the connection's mutex: sends the reply as far as the peer takes it and hands the
  // connection back. `text`: from reply_text().
  void answer(Connection& connection, std::string text, bool keep_alive);
  // A worker has done a step of the handshake.
  void continue_handshake(Connection& connection, const Step& step);

 private:
  using Clock = Connection::Clock;

  void watch(int socket, Watched& watched, std::uint32_t events, int operation);
  void arm(Connection& connection, std::uint32_t events);
  int wait_time() const;
  Result<void> handle(Watched& watched);
  void begin_stop();
  void sweep();
  void tell_what_was_shed();

  Result<void> accept_all(Door& door);
  void accept_one(Door& door, Listener::Accepted&& accepted);
  void pause_doors();
  void make_room();
  void part(Connection& connection);
  void swallow(Connection& connection);
  void drop(Connection& connection);

  void look_at(Connection& connection);
  // These give true if the connection is to go to a worker.
  bool go_on(Connection& connection);
  bool read(Connection& connection);
  bool take(Connection& connection, RequestReader::Progress progress);
  bool begin_next(Connection& connection);
  void end_of_bytes(Connection& connection, const Step& step);
  void bytes_came(Connection& connection);
  void await_request(Connection& connection);
  void count_bytes(Connection& connection);

  void send_on(Connection& connection);
  void after_sending(Connection& connection, const Step& step);
  void refuse(Connection& connection, const Error& error);
  void shed(Connection& connection, ServerTally::Count& count);

  const Router& router_;
  Work& work_;
  ServerTally& tally_;
  const Parts parts_;
  const int epoll_;
  const int stop_event_;
  Watched stop_{Watched::kStop};
  std::atomic<bool> stopping_{false};
  std::vector<std::unique_ptr<Door>>* doors_ = nullptr;
  bool doors_paused_ = false;
  std::vector<std::unique_ptr<Connection>> open_;
  std::vector<std::unique_ptr<Connection>> gone_;  // until no event can name them any more
  std::vector<char> bytes_;                        // what was just read
  Clock::time_point next_sweep_;
  Clock::time_point told_;  // when shedding was last logged
  std::int64_t shed_told_ = 0;
};

}  // namespace winnow::http
