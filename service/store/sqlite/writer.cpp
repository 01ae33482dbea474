#include "service/store/sqlite/writer.h"

#include <algorithm>
#include <future>
#include <iterator>
#include <string>
#include <utility>

#include "service/store/thread_priority.h"

namespace winnow::sqlite {
namespace {

// Of an empty transaction, while none can begin: who has patience is refused at once then, and nobody else
// need come.
constexpr std::chrono::milliseconds kBetweenTries{50};
// A transaction costs as much for one work as for some, so they begin no sooner after one another than this,
// or, where the last had more than kSome, than kFarApart: the processor's time that this spares makes all
// wait less.
constexpr std::chrono::microseconds kApart{500};
constexpr std::chrono::microseconds kFarApart{1000};
constexpr std::size_t kSome = 8;

Error too_slow() {
  return {ErrorKind::kUnavailable, "the database is busy for too long", ""};
}

// What a savepoint may have to undo is kept in memory: for a file, each transaction would make one and delete
// it.
std::unique_ptr<Connection> without_files(std::unique_ptr<Connection> connection) {
  connection->execute("PRAGMA temp_store = MEMORY");
  return connection;
}

}  // namespace

Writer::Writer(std::unique_ptr<Connection> connection, std::unique_ptr<Connection> checkpointer)
    : checkpointer_(std::move(checkpointer)),
      connection_(without_files(std::move(connection))),
      phrases_(*connection_),
      thread_([this] { work_until_ended(); }),
      teller_([this] { tell_until_ended(); }) {}

Writer::~Writer() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  changed_.notify_one();
  thread_.join();
  {
    const std::lock_guard lock(mutex_);
    all_done_ = true;
  }
  done_.notify_one();
  teller_.join();
}

void Writer::start(Work work, Patience patience, Done done, Calls calls) {
  const Clock::time_point now = Clock::now();
  bool was_idle = false;
  {
    std::unique_lock lock(mutex_);
    if (patience && blocked_since_ && now - *blocked_since_ > *patience) {
      lock.unlock();
      return done(too_slow());
    }
    was_idle = queue_.empty();
    // cppcheck-suppress danglingLifetime ; run() waits until what it points to was called
    queue_.push_back(
        {std::move(work), std::move(done), patience ? now + *patience : Clock::time_point::max(), calls, {}});
  }
  if (was_idle) changed_.notify_one();
}

Result<void> Writer::run(Work work, Patience patience, Calls calls) {
  std::promise<Result<void>> outcome;
  start(
      std::move(work), patience, [&outcome](const Result<void>& done) { outcome.set_value(done); }, calls);
  return outcome.get_future().get();
}

void Writer::work_until_ended() {
  set_priority_of_this_thread(ThreadPriority::kFirst);
  connection_->watch_log([this](int pages) { checkpointer_.grown(pages); });
  Clock::time_point next_begin;
  while (true) {
    std::vector<Job> jobs;
    {
      std::unique_lock lock(mutex_);
      const auto has_come = [this] { return ending_ || !queue_.empty(); };
      if (blocked_since_)
        changed_.wait_for(lock, kBetweenTries, has_come);
      else
        changed_.wait(lock, has_come);
      if (queue_.empty() && ending_) return;
      changed_.wait_until(lock, next_begin, [this] { return ending_; });
    }
    const Clock::time_point began = Clock::now();
    commit_together(jobs);
    next_begin = began + (jobs.size() > kSome ? kFarApart : kApart);
    {
      const std::lock_guard lock(mutex_);
      std::ranges::move(jobs, std::back_inserter(finished_));
    }
    done_.notify_one();
    checkpointer_.write_rest(*connection_);
  }
}

// A commit may hang, and so may the wait for another process; the queue then stands still.
void Writer::tell_until_ended() {
  set_priority_of_this_thread(ThreadPriority::kFirst);
  Clock::time_point next_look = Clock::now() + kLook;
  std::unique_lock lock(mutex_);
  while (!all_done_ || !finished_.empty()) {
    done_.wait_until(lock, next_look, [this] { return all_done_ || !finished_.empty(); });
    if (const Clock::time_point now = Clock::now(); now >= next_look) {
      next_look = now + kLook;
      give_up_impatient(now);
    }
    std::vector<Job> jobs;
    jobs.swap(finished_);
    lock.unlock();
    for (const Job& job : jobs) job.done(job.outcome);
    jobs.clear();
    lock.lock();
  }
}

// Under mutex_.
void Writer::give_up_impatient(Clock::time_point now) {
  const auto given_up = std::stable_partition(queue_.begin(), queue_.end(),
                                              [now](const Job& job) { return job.give_up_at > now; });
  for (auto job = given_up; job != queue_.end(); ++job) {
    job->outcome = too_slow();
    finished_.push_back(std::move(*job));
  }
  queue_.erase(given_up, queue_.end());
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

// `jobs` gets what was in the queue when the transaction had begun.
void Writer::commit_together(std::vector<Job>& jobs) {
  const auto take = [&] {
    const std::lock_guard lock(mutex_);
    jobs.swap(queue_);
  };
  const Result<void> committed = guarded([&]() -> Result<void> {
    begin();
    take();
    phrases_.begin();
    if (Result<void> run = run_all(jobs); !run) return run;
    Query(*connection_, "COMMIT").run();
    return {};
  });
  if (committed) return;
  if (jobs.empty()) take();
  roll_back();
  for (Job& job : jobs) {
    if (job.outcome) job.outcome = committed.error();
  }
}

// An error if there is no transaction any more: the disk is full, or fails.
Result<void> Writer::run_all(std::span<Job> jobs) {
  for (auto job = jobs.begin(); job != jobs.end();) {
    const auto end =
        std::find_if(job, jobs.end(), [](const Job& each) { return each.calls == Calls::kOnce; });
    const auto run_together = [&](Connection& connection, Phrases& phrases) -> Result<void> {
      for (const Job& each : std::span(job, end))
        if (Result<void> run = each.work(connection, phrases); !run) return run;
      return {};
    };
    if (end - job > 1) {
      const Result<void> run = run_in_savepoint(run_together);
      if (!connection_->in_transaction()) return run.error();
      if (run) {
        job = end;
        continue;
      }
    }
    for (const auto last = std::max(end, job + 1); job != last; ++job) {
      job->outcome = run_in_savepoint(job->work);
      if (!connection_->in_transaction()) return job->outcome.error();
    }
  }
  return {};
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
