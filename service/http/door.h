// Door: an address that winnowd listens on, and what it is for.
#pragma once

#include "service/http/listener.h"
#include "service/http/message.h"

namespace winnow::http {

// What the event loop watches.
struct Watched {
  enum Kind { kStop, kDoor, kConnection };
  const Kind kind;
};

struct Door : Watched {
  // cppcheck-suppress uninitDerivedMemberVar ; Watched{} sets it
  Door(Listener listens, bool speaks_tls, Side for_side)
      : Watched{kDoor}, listener(std::move(listens)), tls(speaks_tls), side(for_side) {}

  Listener listener;
  const bool tls;
  const Side side;
};

}  // namespace winnow::http
