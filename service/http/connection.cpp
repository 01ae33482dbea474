#include "service/http/connection.h"

#include <sys/socket.h>
#include <unistd.h>

namespace winnow::http {

Step Connection::send() {
  while (sent < out.size()) {
    const Step step = channel->send(out.data() + sent, out.size() - sent);
    if (step.outcome != Step::kDone) return step;
    sent += step.count;
  }
  std::string().swap(out);
  sent = 0;
  return {Step::kDone};
}

void Connection::finish() {
  channel->finish();
  ::shutdown(socket, SHUT_WR);
}

void Connection::close() {
  if (phase == Phase::kGone) return;
  phase = Phase::kGone;
  ::close(socket);
}

}  // namespace winnow::http
