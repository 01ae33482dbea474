#include "service/store/sqlite/checkpointer.h"

#include <algorithm>
#include <chrono>

namespace winnow::sqlite {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kShortestRest{20};
constexpr milliseconds kRestAfterFailure{1000};
constexpr int kPasses = 3;

// Writes back what no reader needs in the log; how many pages the log has.
int pages_after_writing_back(Connection& connection) {
  Query passive(connection, "PRAGMA wal_checkpoint(PASSIVE)");
  passive.next();
  return static_cast<int>(passive.integer(1));
}

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

void Checkpointer::write_rest(Connection& writer) {
  if (!rest_is_left_.exchange(false)) return;
  (void)guarded([&]() -> Result<void> {  // what is not written now stays in the log
    (void)pages_after_writing_back(writer);
    return {};
  });
}

bool Checkpointer::write_back() {
  const Result<void> done = guarded([&]() -> Result<void> {
    // Once for the bulk, and again for what was committed meanwhile.
    int pages = 0;
    for (int pass = 0; pass < kPasses; ++pass) pages = pages_after_writing_back(*connection_);
    if (pages > kMostLogPages)
      Query(*connection_, "PRAGMA wal_checkpoint(RESTART)").run();
    else
      rest_is_left_ = pages > kLongLogPages;
    return {};
  });
  return done.ok();
}

}  // namespace winnow::sqlite
