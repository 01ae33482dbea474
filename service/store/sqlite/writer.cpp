#include "service/store/sqlite/writer.h"

#include <utility>

namespace winnow::sqlite {
namespace {

// Of an empty transaction, while none can begin: who has patience is refused at once then, and nobody else
// need come.
constexpr std::chrono::milliseconds kBetweenTries{50};

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)), phrases_(*connection_), thread_([this] { work_until_ended(); }) {}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

Result<void> Writer::run(Work work, Patience patience) {
  const Error too_slow{ErrorKind::kUnavailable, "the database is busy for too long", ""};
  if (patience && is_stuck(*patience)) return too_slow;
  const auto job = std::make_shared<Job>();
  job->work = std::move(work);
  std::future<Result<void>> outcome = job->promise.get_future();
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back(job);
  }
  changed_.notify_one();
  if (patience && outcome.wait_for(*patience) == std::future_status::timeout) {
    Job::State waiting = Job::kWaiting;
    if (job->state.compare_exchange_strong(waiting, Job::kGivenUp)) return too_slow;
  }
  return outcome.get();
}

bool Writer::is_stuck(std::chrono::milliseconds patience) {
  const std::lock_guard lock(mutex_);
  return blocked_since_ && Clock::now() - *blocked_since_ > patience;
}

void Writer::work_until_ended() {
  while (true) {
    std::vector<std::shared_ptr<Job>> jobs;
    {
      std::unique_lock lock(mutex_);
      const auto has_come = [this] { return ending_ || !queue_.empty(); };
      if (blocked_since_)
        changed_.wait_for(lock, kBetweenTries, has_come);
      else
        changed_.wait(lock, has_come);
      if (queue_.empty() && ending_) return;
      jobs.swap(queue_);
    }
    commit_together(jobs);
    for (const auto& job : jobs) job->promise.set_value(std::move(job->outcome));
  }
}

// Waits for other processes that write, as long as the connection's busy timeout lets it.
void Writer::begin() {
  {
    const std::lock_guard lock(mutex_);
    if (!blocked_since_) blocked_since_ = Clock::now();
  }
  Query(*connection_, "BEGIN IMMEDIATE").run();
  const std::lock_guard lock(mutex_);
  blocked_since_.reset();
}

void Writer::commit_together(const std::vector<std::shared_ptr<Job>>& jobs) {
  const Result<void> committed = guarded([&]() -> Result<void> {
    begin();
    phrases_.begin();
    for (const auto& job : jobs) {
      Job::State waiting = Job::kWaiting;
      if (!job->state.compare_exchange_strong(waiting, Job::kBegun)) continue;
      job->outcome = run_in_savepoint(job->work);
      if (!connection_->in_transaction()) return job->outcome.error();  // the disk is full, or fails
    }
    Query(*connection_, "COMMIT").run();
    return {};
  });
  if (committed) return;
  roll_back();
  for (const auto& job : jobs) {
    if (job->outcome) job->outcome = committed.error();
  }
}

Result<void> Writer::run_in_savepoint(const Work& work) {
  Query(*connection_, "SAVEPOINT job").run();
  Result<void> outcome = guarded([&] { return work(*connection_, phrases_); });
  if (!connection_->in_transaction()) return outcome;
  if (!outcome) {
    Query(*connection_, "ROLLBACK TO job").run();
    phrases_.forget();
  }
  Query(*connection_, "RELEASE job").run();
  return outcome;
}

void Writer::roll_back() {
  phrases_.forget();
  if (!connection_->in_transaction()) return;
  (void)guarded([&]() -> Result<void> {  // whatever it answers, the callers are told that the commit failed
    Query(*connection_, "ROLLBACK").run();
    return {};
  });
}

}  // namespace winnow::sqlite
