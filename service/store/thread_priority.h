// Which threads come first where all want a processor.
#pragma once

#include <sys/resource.h>
#include <unistd.h>

namespace winnow {

// As nice(2) has them. kFirst: threads that others wait for, and that have little to do at a time.
enum class ThreadPriority { kFirst = -10, kLast = 19 };

// Of the calling thread. Raising it may not be allowed (CAP_SYS_NICE, or LimitNICE of systemd); then it takes
// its turn with the others.
inline void set_priority_of_this_thread(ThreadPriority priority) {
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(::gettid()), static_cast<int>(priority));
}

}  // namespace winnow
