#include "service/store/sqlite/writer.h"

#include <utility>

namespace winnow::sqlite {

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

Result<void> Writer::run(Work work) {
  auto job = std::make_unique<Job>();
  job->work = std::move(work);
  std::future<Result<void>> outcome = job->promise.get_future();
  {
    const std::lock_guard lock(mutex_);
    queue_.push_back(std::move(job));
  }
  changed_.notify_one();
  return outcome.get();
}

void Writer::work_until_ended() {
  while (true) {
    std::vector<std::unique_ptr<Job>> jobs;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return ending_ || !queue_.empty(); });
      if (queue_.empty()) return;
      jobs.swap(queue_);
    }
    commit_together(jobs);
    for (const auto& job : jobs) job->promise.set_value(std::move(job->outcome));
  }
}

void Writer::commit_together(std::vector<std::unique_ptr<Job>>& jobs) {
  const Result<void> committed = guarded([&]() -> Result<void> {
    Query(*connection_, "BEGIN IMMEDIATE").run();
    for (const auto& job : jobs) {
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
