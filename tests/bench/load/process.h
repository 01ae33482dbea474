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

long resident_kib(int pid);  // VmRSS
long descriptors(int pid);   // that it has open
long sockets(int pid);       // of these

}  // namespace winnow::load
