#include "service/search_indexer.h"

#include <chrono>

#include "service/log.h"
#include "service/store/thread_priority.h"

namespace winnow {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kPause{1000};
constexpr milliseconds kShortestRest{5};
constexpr std::size_t kBatch = 200;
// While so many verdicts a second come, their commits wait for each step.
constexpr double kSome = 20;
constexpr std::size_t kBatchBeside = 16;
// And while so many come, the machine is theirs: the rest is so many times as long as the step, so that fewer
// than one in a hundred waits for one.
constexpr double kBusy = 1000;
constexpr int kRestsOfBusy = 100;
constexpr std::int64_t kFew = 500;  // indexed while somebody waits
constexpr std::int64_t kWorthALine = 10'000;

}  // namespace

Result<bool> is_index_behind(Store& store) {
  const Result<IndexState> state = store.index_state();
  if (!state) return state.error();
  if (!state->is_behind()) return false;
  if (state->newest - state->indexed > kFew) return true;
  const Result<std::size_t> indexed = store.index_verdicts(static_cast<std::size_t>(kFew));
  if (!indexed) return indexed.error();
  return false;
}

void SearchIndexer::start() {
  thread_ = std::thread([this] { work_until_stopped(); });
}

void SearchIndexer::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_one();
  if (thread_.joinable()) thread_.join();
}

bool SearchIndexer::rests_till_stopped(milliseconds pause) {
  std::unique_lock lock(mutex_);
  return stopped_.wait_for(lock, pause, [this] { return stopping_; });
}

// Checks come first: this thread has the lowest priority.
void SearchIndexer::work_until_stopped() {
  set_priority_of_this_thread(ThreadPriority::kLast);
  do {
    index_all();
  } while (!rests_till_stopped(kPause));
}

// What the store cannot do now is tried again at the next look; checks say what is wrong with it.
void SearchIndexer::index_all() {
  Result<IndexState> state = store_.index_state();
  if (!state) return;
  const bool is_long = state->newest - state->indexed >= kWorthALine;
  if (is_long)
    log(LogLevel::kInfo, "indexing older verdicts for search",
        {{"verdicts", std::to_string(state->newest - state->indexed)}});
  Result<IndexState> last = state;
  for (auto last_step = steady_clock::now();;) {
    const auto began = steady_clock::now();
    state = store_.index_state();
    if (!state) return;
    const double seconds = std::chrono::duration<double>(began - last_step).count();
    const double come = static_cast<double>(state->newest - last->newest) / seconds;
    last = state;
    last_step = began;
    const Result<std::size_t> indexed = store_.index_verdicts(come > kSome ? kBatchBeside : kBatch);
    if (!indexed) return;
    if (*indexed == 0) break;
    const auto worked = std::chrono::duration_cast<milliseconds>(steady_clock::now() - began);
    const milliseconds rest = std::max(worked, kShortestRest) * (come > kBusy ? kRestsOfBusy : 1);
    if (rests_till_stopped(rest)) return;
  }
  if (is_long) log(LogLevel::kInfo, "all verdicts can be searched");
}

}  // namespace winnow
