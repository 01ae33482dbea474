#include "service/store/sqlite/checkpointer.h"

#include <algorithm>
#include <chrono>

namespace winnow::sqlite {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kShortestRest{20};
constexpr milliseconds kRestAfterFailure{1000};

}  // namespace

Checkpointer::Checkpointer(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)), thread_([this] { work_until_ended(); }) {}

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

void Checkpointer::grown(int pages) {
  {
    const std::lock_guard lock(mutex_);
    const bool is_long = pages_ >= kLogPages;
    pages_ = pages;
    if (is_long || pages < kLogPages) return;
  }
  changed_.notify_one();
}

// Rests as long as it works: the disk is there for commits first.
void Checkpointer::work_until_ended() {
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return ending_ || pages_ >= kLogPages; });
    if (ending_) return;
    pages_ = 0;
    lock.unlock();
    const auto began = steady_clock::now();
    const bool written = write_back();
    const auto worked = std::chrono::duration_cast<milliseconds>(steady_clock::now() - began);
    lock.lock();
    changed_.wait_for(lock, written ? std::max(worked, kShortestRest) : kRestAfterFailure,
                      [this] { return ending_; });
  }
}

bool Checkpointer::write_back() {
  const Result<void> done = guarded([&]() -> Result<void> {
    // Once for the bulk, and again for what was committed meanwhile: of a log that is written back to its end
    // the next commit begins anew.
    int pages = 0;
    for (int pass = 0; pass < 2; ++pass) {
      Query passive(*connection_, "PRAGMA wal_checkpoint(PASSIVE)");
      passive.next();
      pages = static_cast<int>(passive.integer(1));
    }
    if (pages > kMostLogPages) Query(*connection_, "PRAGMA wal_checkpoint(RESTART)").run();
    return {};
  });
  return done.ok();
}

}  // namespace winnow::sqlite
