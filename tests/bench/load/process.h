// What /proc tells of another process.
#pragma once

namespace winnow::load {

// False if winnowd is built with a sanitizer, as this is: that keeps what is freed.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kMemoryTells = false;
#elif defined(__has_feature)
inline constexpr bool kMemoryTells = !__has_feature(address_sanitizer) && !__has_feature(thread_sanitizer);
#else
inline constexpr bool kMemoryTells = true;
#endif

// What it has open: a pool opens more connections to the database as they are needed, so only the other two
// are as many after a load as before.
struct Descriptors {
  long sockets = 0, database = 0, others = 0;
  long all() const { return sockets + database + others; }
};

long resident_kib(int pid);  // VmRSS
Descriptors descriptors(int pid);

}  // namespace winnow::load
