#include "service/key_uses.h"

#include <algorithm>
#include <chrono>

namespace winnow {
namespace {

constexpr std::chrono::minutes kPause{1};

}  // namespace

KeyUses::~KeyUses() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_one();
  if (thread_.joinable()) thread_.join();
  store_now();
}

void KeyUses::note(KeyId key, UnixMillis now) {
  const std::lock_guard lock(mutex_);
  UnixMillis& last = used_[key];
  last = std::max(last, now);
}

void KeyUses::start() {
  thread_ = std::thread([this] { store_until_stopped(); });
}

void KeyUses::store_now() {
  std::map<KeyId, UnixMillis> used;
  {
    const std::lock_guard lock(mutex_);
    used.swap(used_);
  }
  if (used.empty() || store_.touch_keys(used)) return;
  for (const auto& [key, at] : used) note(key, at);
}

void KeyUses::store_until_stopped() {
  std::unique_lock lock(mutex_);
  while (!stopped_.wait_for(lock, kPause, [this] { return stopping_; })) {
    lock.unlock();
    store_now();
    lock.lock();
  }
}

}  // namespace winnow
