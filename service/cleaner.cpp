#include "service/cleaner.h"

#include <algorithm>
#include <string>
#include <system_error>

#include "service/log.h"

namespace winnow {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kLook{1000};
constexpr milliseconds kShortestRest{5};
constexpr std::chrono::hours kEvery{1};
constexpr std::chrono::minutes kScrubAgain{1};  // where it failed
constexpr std::size_t kBatch = 100;
constexpr UnixMillis kDay = 24 * 3600 * 1000;
constexpr std::string_view kCopies = "winnow.db.before-";

void complain(std::string_view what, const Error& error) {
  log(LogLevel::kWarn, what, {{"error", error.message}});
}

}  // namespace

Retention retention_of(const Config& config) {
  return {config.retention_days, config.retention_discard_days, config.retention_report_days,
          config.identity_rotation_days};
}

Cleaner::Cleaner(Store& store, Concealment& concealment, const Retention& retention,
                 std::filesystem::path data_dir, std::function<UnixMillis()> now)
    : store_(store),
      concealment_(concealment),
      retention_(retention),
      data_dir_(std::move(data_dir)),
      now_(std::move(now)) {}

void Cleaner::start() {
  thread_ = std::thread([this] { work_until_stopped(); });
}

void Cleaner::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Cleaner::rests(milliseconds pause) {
  std::unique_lock lock(mutex_);
  return !stopped_.wait_for(lock, pause, [this] { return stopping_; });
}

bool Cleaner::rests_as_long_as(steady_clock::time_point began) {
  return rests(std::max(duration_cast<milliseconds>(steady_clock::now() - began), kShortestRest));
}

void Cleaner::work_until_stopped() {
  steady_clock::time_point run_at = steady_clock::now(), scrub_at = run_at;
  std::string complaint;  // once, not every second
  do {
    const Result<void> taken = concealment_.refresh();
    if (!taken && taken.error().message != complaint)
      complain("the keys of pseudonyms cannot be read", taken.error());
    complaint = taken ? "" : taken.error().message;
    if (steady_clock::now() >= run_at) {
      run_at = steady_clock::now() + kEvery;
      if (const Result<void> done = run(); !done) complain("a cleanup was not finished", done.error());
    }
    const Result<std::optional<UnixMillis>> due = store_.scrub_due();
    if (!due || !due->has_value() || **due > now_() || steady_clock::now() < scrub_at) continue;
    if (const Result<void> done = scrub(); !done) {
      complain("what was deleted is not gone from the files yet", done.error());
      scrub_at = steady_clock::now() + kScrubAgain;
    }
  } while (rests(kLook));
}

Result<void> Cleaner::run() {
  if (Result<void> done = rotate(); !done) return done;
  if (Result<void> done = conceal(); !done) return done;
  return retain();
}

Result<void> Cleaner::note(CleanupWhat what, std::size_t verdicts, std::size_t reports) {
  return store_.put_cleanup(
      {0, now_(), what, static_cast<std::int64_t>(verdicts), static_cast<std::int64_t>(reports)});
}

Result<void> Cleaner::rotate() {
  if (concealment_.kept() != PersonalData::kHashed || retention_.rotation_days == 0) return {};
  const Result<bool> began = concealment_.rotate(now_(), retention_.rotation_days);
  if (!began) return began.error();
  return *began ? note(CleanupWhat::kRotate, 0, 0) : Result<void>();
}

// Nothing is to be noted where there was nothing to do: it was the rule already.
Result<void> Cleaner::conceal() {
  std::size_t verdicts = 0, reports = 0;
  for (;;) {
    const auto began = steady_clock::now();
    const Result<CleanupStep> step = store_.conceal_stored(
        to_string(concealment_.kept()),
        [this](const Comment& comment) { return concealment_.concealed(comment); }, kBatch);
    if (!step) return step.error();
    verdicts += step->verdicts;
    reports += step->reports;
    const bool is_in_form = step->verdicts + step->reports == 0;
    if (is_in_form && step->looked < kBatch) break;  // what comes meanwhile is looked at in the next run
    if (!rests_as_long_as(began)) break;
  }
  if (verdicts + reports == 0) return {};
  return note(CleanupWhat::kConceal, verdicts, reports);
}

// Noted also where nothing had its time: that proves the run.
Result<void> Cleaner::retain() {
  const UnixMillis now = now_();
  std::size_t verdicts = 0, reports = 0;
  const auto go_on = [&](std::int64_t days, const auto& delete_some) -> Result<void> {
    while (days > 0) {
      const auto began = steady_clock::now();
      const Result<CleanupStep> step = delete_some(now - days * kDay);
      if (!step) return step.error();
      verdicts += step->verdicts;
      reports += step->reports;
      if (step->looked == 0 || !rests_as_long_as(began)) return {};
    }
    return {};
  };
  const auto texts = [&](UnixMillis before) { return store_.delete_texts({before, false}, now, kBatch); };
  const auto discarded = [&](UnixMillis before) { return store_.delete_texts({before, true}, now, kBatch); };
  const auto uncounted = [&](UnixMillis before) {
    return store_.delete_uncounted_texts(before, now, kBatch);
  };
  const auto removed = [&](UnixMillis before) { return store_.remove_reports(before, now, kBatch); };
  if (Result<void> done = go_on(retention_.days, texts); !done) return done;
  if (Result<void> done = go_on(retention_.discard_days, discarded); !done) return done;
  if (Result<void> done = go_on(retention_.days, uncounted); !done) return done;
  if (Result<void> done = go_on(retention_.report_days, removed); !done) return done;
  if (retention_.days > 0)
    if (Result<void> done = remove_copies(now - retention_.days * kDay); !done) return done;
  return note(CleanupWhat::kRetention, verdicts, reports);
}

Result<void> Cleaner::scrub() {
  const Result<std::vector<Cleanup>> done = store_.cleanups(0, 1000);
  if (!done) return done.error();
  for (const Cleanup& each : *done) {
    if (each.what != CleanupWhat::kErase) continue;
    if (Result<void> removed = remove_copies(each.at); !removed) return removed;
    break;
  }
  auto began = steady_clock::now();
  const Result<void> scrubbed = store_.scrub([&] {
    const bool goes_on = rests_as_long_as(began);
    began = steady_clock::now();
    return goes_on;
  });
  return scrubbed ? note(CleanupWhat::kScrub, 0, 0) : scrubbed;
}

Result<void> Cleaner::remove_copies(UnixMillis from_before) const {
  using namespace std::chrono;
  std::error_code failed;
  for (const auto& entry : std::filesystem::directory_iterator(data_dir_, failed)) {
    if (!entry.path().filename().native().starts_with(kCopies)) continue;
    const auto written = entry.last_write_time(failed);
    const auto at = duration_cast<milliseconds>(file_clock::to_sys(written).time_since_epoch()).count();
    if (failed || at >= from_before) continue;
    if (!std::filesystem::remove(entry.path(), failed) && failed)
      return Error{ErrorKind::kUnavailable,
                   "cannot delete " + entry.path().string() + ": " + failed.message(), ""};
    log(LogLevel::kInfo, "deleted a copy of the database that an upgrade left",
        {{"file", entry.path().filename().string()}});
  }
  return {};
}

}  // namespace winnow
