// Snapshot file: "winnow memory 2", last event, last withdrawal and last removal folded, id of that event, id
// of the model and of its last report, whether that has passed, and how people are named (each a line), then
// what Memory::serialize() gives.
#include "service/learning.h"

#include <charconv>

#include "classifier/durable_file.h"
#include "classifier/features.h"
#include "classifier/model.h"
#include "service/concealment.h"
#include "service/log.h"

namespace winnow {
namespace {

constexpr std::string_view kHeading = "winnow memory 2";
constexpr std::chrono::milliseconds kPause{500};
constexpr std::size_t kBatch = 500;
// A log of so many reports is folded from its beginning while the one who asks waits: a second or so.
constexpr std::int64_t kShortLog = 5000;
// A snapshot is written when so many reports came since the last; fewer in all are folded quickly.
constexpr std::int64_t kSnapshotEvery = 2000;
constexpr std::size_t kOutcomesKept = 1000;

Lesson lesson_of(const LoggedEvent& logged, bool teaches) {
  const FeedbackEvent& event = logged.event;
  Lesson lesson;
  lesson.seq = logged.seq;
  lesson.site = event.site;
  // Keys and sites are numbered apart: a site that speaks for itself is voter -site.
  lesson.voter = logged.of_any_site_key ? -event.site : event.key;
  lesson.reporter = event.reporter;
  lesson.spam = event.label == Label::kSpam;
  lesson.curator = event.curator;
  lesson.points = event.points.value_or(0);
  lesson.at = event.at;
  lesson.teaches = teaches;
  return lesson;
}

// Another than who reported took it back.
bool is_taken_back_by_another(const FeedbackEvent& event) {
  return event.withdrawn && (event.withdrawn->key != event.key || event.withdrawn->by != event.reporter);
}

std::string take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string line(text.substr(0, end));
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

std::int64_t number_of(const std::string& line) {
  std::int64_t number = -1;
  std::from_chars(line.data(), line.data() + line.size(), number);
  return number;
}

}  // namespace

Learning::Learning(Store& store, const MemoryOptions& options, std::filesystem::path snapshot,
                   std::function<std::shared_ptr<const Engine>()> engine, const Concealment* concealment)
    : store_(store),
      options_(options),
      snapshot_(std::move(snapshot)),
      engine_(std::move(engine)),
      concealment_(concealment),
      fold_(new Fold{Memory(options), {}, "", "", "", true}) {}

Learning::~Learning() {
  {
    const std::lock_guard lock(stop_);
    stopping_ = true;
  }
  stopped_.notify_one();
  if (thread_.joinable()) thread_.join();
  const std::lock_guard lock(folding_);
  write_snapshot();
}

Result<void> Learning::load() {
  return catch_up();
}

Result<void> Learning::start() {
  if (std::unique_ptr<Fold> known = read_snapshot()) {
    const std::scoped_lock lock(folding_, in_force_);
    snapshot_end_ = known->end;
    snapshot_model_ = known->model;
    fold_ = std::move(known);
  }
  const Result<Work> work = work_to_do();
  if (!work) return work.error();
  if (*work == Work::kAnewLong) {
    log(LogLevel::kInfo, "the log of reports is folded anew, in the background");
  } else if (Result<void> folded = catch_up(); !folded) {
    return folded;
  }
  thread_ = std::thread([this] { look_until_stopped(); });
  return {};
}

void Learning::look_until_stopped() {
  std::string complained;
  std::unique_lock lock(stop_);
  do {
    lock.unlock();
    const Result<Work> work = work_to_do();
    const Result<void> done = !work                      ? Result<void>(work.error())
                              : *work == Work::kAnewLong ? replace_fold()
                                                         : catch_up();
    const std::string complaint = done ? "" : done.error().message;
    if (!done && complaint != complained && !stopping_)
      log(LogLevel::kError, "reports cannot be learned from now", {{"error", complaint}});
    complained = complaint;
    lock.lock();
  } while (!stopped_.wait_for(lock, kPause, [this] { return stopping_.load(); }));
}

// The log is folded from its beginning when it has changed behind what is folded already, or the model has.
Result<Learning::Work> Learning::work_to_do() const {
  const Result<LogEnd> end = store_.log_end();
  if (!end) return end.error();
  const std::string model = engine_()->model().id;
  const std::shared_lock lock(in_force_);
  const bool is_same_log = end->withdrawal == fold_->end.withdrawal && end->removal == fold_->end.removal;
  if (is_same_log && model == fold_->model) return Work::kOn;
  return end->event > kShortLog ? Work::kAnewLong : Work::kAnew;
}

Result<void> Learning::catch_up() {
  const std::lock_guard lock(folding_);
  const Result<Work> work = work_to_do();
  if (!work) return work.error();
  if (*work == Work::kOn) return fold_on_in_force();
  if (*work == Work::kAnewLong && thread_.joinable()) {
    const bool is_empty = fold_->model.empty();  // the thread is at its beginning
    return is_empty ? Result<void>() : fold_on_in_force();
  }
  Result<std::unique_ptr<Fold>> fresh = fold_anew();
  if (!fresh) return fresh.error();
  const std::unique_lock writing(in_force_);
  fold_ = *std::move(fresh);
  return {};
}

// By the thread: others fold on meanwhile.
Result<void> Learning::replace_fold() {
  Result<std::unique_ptr<Fold>> fresh = fold_anew();
  if (!fresh) return fresh.error();
  const std::lock_guard lock(folding_);
  if (Result<void> rest = fold_on(**fresh, nullptr, nullptr); !rest) return rest;
  {
    const std::unique_lock writing(in_force_);
    fold_ = *std::move(fresh);
  }
  write_snapshot();
  return {};
}

Result<std::unique_ptr<Learning::Fold>> Learning::fold_anew() const {
  const Result<LogEnd> end = store_.log_end();
  if (!end) return end.error();
  if (!snapshot_.empty() && end->removal != fold_->end.removal) {
    std::error_code failed;  // what was erased must not lie there until the next is written
    std::filesystem::remove(snapshot_, failed);
  }
  const std::shared_ptr<const Engine> engine = engine_();
  const Model& model = engine->model();
  std::unique_ptr<Fold> fresh(new Fold{Memory(options_, model.background),
                                       {0, end->withdrawal, end->removal},
                                       "",
                                       model.id,
                                       model.trained_until,
                                       true});
  if (!fresh->trained_until.empty()) {
    const Result<std::optional<FeedbackEvent>> last = store_.find_feedback(fresh->trained_until);
    if (!last) return last.error();
    // A model that was trained elsewhere knows none of this log's reports.
    fresh->teaches = !last->has_value();
  }
  if (const Result<void> folded = fold_on(*fresh, nullptr, nullptr); !folded) return folded.error();
  return fresh;
}

// Folds what the log has behind fold.end. `in_force`: taken for each report, so that those who judge
// meanwhile wait for one at most; null if no one sees the fold yet.
Result<void> Learning::fold_on(Fold& fold, std::shared_mutex* in_force, Outcomes* lately) const {
  while (true) {
    if (stopping_) return Error{ErrorKind::kUnavailable, "winnow is about to end", ""};
    const Result<std::vector<LoggedEvent>> batch = store_.feedback_log(fold.end.event, kBatch);
    if (!batch) return batch.error();
    for (const LoggedEvent& logged : *batch) {
      const Features features(logged.event.comment);
      const Lesson lesson = lesson_of(logged, fold.teaches);
      std::unique_lock<std::shared_mutex> writing;
      if (in_force) writing = std::unique_lock(*in_force);
      fold.end.event = logged.seq;
      fold.last = logged.event.id;
      if (logged.event.id == fold.trained_until) fold.teaches = true;
      if (logged.event.is_test) continue;
      if (is_taken_back_by_another(logged.event)) fold.memory.discredit(lesson);
      if (logged.event.withdrawn) continue;
      const Taught taught = fold.memory.learn(lesson, features, counted_as(logged.event.comment));
      if (lately) lately->emplace_back(logged.event.id, taught);
      if (lately && lately->size() > kOutcomesKept) lately->pop_front();
    }
    if (batch->size() < kBatch) return {};
  }
}

Result<void> Learning::fold_on_in_force() {
  if (Result<void> folded = fold_on(*fold_, &in_force_, &lately_); !folded) return folded;
  if (fold_->end.event - snapshot_end_.event >= kSnapshotEvery) write_snapshot();
  return {};
}

Result<bool> Learning::is_up_to_date() const {
  const Result<Work> work = work_to_do();
  if (!work) return work.error();
  return *work == Work::kOn;
}

std::optional<Taught> Learning::taught(std::string_view event_id) const {
  const std::shared_lock lock(in_force_);
  for (auto one = lately_.rbegin(); one != lately_.rend(); ++one)
    if (one->first == event_id) return one->second;
  return std::nullopt;
}

Who Learning::asked_as(const Comment& comment) const {
  return concealment_ ? concealment_->who(comment) : who_of(comment);
}

Who Learning::counted_as(const Comment& comment) const {
  return concealment_ ? concealment_->counted_as(comment) : who_of(comment);
}

std::string Learning::names_form() const {
  return std::string(to_string(concealment_ ? concealment_->kept() : PersonalData::kClear));
}

void Learning::View::judge(const Features& features, std::vector<Signal>& signals) const {
  const Who who = learning_.asked_as(features.comment);
  learning_.with_memory([&](const Memory& memory) { memory.judge(site_, features, who, signals); });
}

void Learning::View::add_shares(const TokenList& list, double before, std::span<double> shares) const {
  learning_.with_memory([&](const Memory& memory) { memory.add_shares(site_, list, before, shares); });
}

std::unique_ptr<Learning::Fold> Learning::read_snapshot() const {
  if (snapshot_.empty()) return nullptr;
  const Result<std::string> bytes = read_file(snapshot_);
  if (!bytes) return nullptr;
  std::string_view rest = *bytes;
  if (take_line(rest) != kHeading) return nullptr;
  LogEnd end;
  end.event = number_of(take_line(rest));
  end.withdrawal = number_of(take_line(rest));
  end.removal = number_of(take_line(rest));
  std::string last = take_line(rest);
  std::string model = take_line(rest);
  std::string trained_until = take_line(rest);
  const bool teaches = take_line(rest) == "1";
  if (take_line(rest) != names_form()) return nullptr;
  // A database that was put back from a copy is another log than the snapshot's.
  const Result<std::vector<LoggedEvent>> at_end = store_.feedback_log(end.event - 1, 1);
  if (!at_end || at_end->empty() || at_end->front().seq != end.event || at_end->front().event.id != last)
    return nullptr;
  Result<Memory> memory = Memory::parse(rest, options_, engine_()->model().background);
  if (!memory) return nullptr;
  return std::unique_ptr<Fold>(new Fold{*std::move(memory), end, std::move(last), std::move(model),
                                        std::move(trained_until), teaches});
}

void Learning::write_snapshot() {
  if (snapshot_.empty() || fold_->end.event < kSnapshotEvery) return;
  if (fold_->end == snapshot_end_ && fold_->model == snapshot_model_) return;
  snapshot_end_ = fold_->end;
  snapshot_model_ = fold_->model;
  std::string bytes(kHeading);
  for (const std::string& line :
       {std::to_string(fold_->end.event), std::to_string(fold_->end.withdrawal),
        std::to_string(fold_->end.removal), fold_->last, fold_->model, fold_->trained_until,
        std::string(fold_->teaches ? "1" : "0"), names_form()})
    bytes += "\n" + line;
  bytes += "\n" + fold_->memory.serialize();
  if (const Result<void> written = write_durably(snapshot_, bytes); !written)
    log(LogLevel::kWarn, "the snapshot of the memory was not written", {{"error", written.error().message}});
}

}  // namespace winnow
