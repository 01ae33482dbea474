#include "service/house_rules.h"

#include <chrono>
#include <utility>

#include "service/log.h"

namespace winnow {
namespace {

constexpr std::chrono::milliseconds kPause{500};
constexpr int kLooksBetweenStores = 10;  // of what was counted

}  // namespace

HouseRules::HouseRules(Store& store, std::function<UnixMillis()> now) : store_(store), now_(std::move(now)) {}

HouseRules::~HouseRules() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  stopped_.notify_one();
  if (thread_.joinable()) thread_.join();
  store_counts();
}

Result<void> HouseRules::catch_up() {
  const std::lock_guard reading(reading_);
  const Result<HouseRevision> revision = store_.house_revision();
  if (!revision) return revision.error();
  if (revision->lists != seen_.lists) {
    Result<std::vector<ListEntry>> entries = store_.lists_in_force(now_());
    if (!entries) return entries.error();
    std::shared_ptr<const Lists> made = std::make_shared<const Lists>(*std::move(entries), lists().get());
    const std::lock_guard lock(mutex_);
    lists_.swap(made);
    seen_.lists = revision->lists;
  }
  if (revision->rules != seen_.rules) {
    const Result<std::vector<RuleOff>> rules = store_.rules_off();
    if (!rules) return rules.error();
    RulesOff ids;
    for (const RuleOff& rule : *rules) ids.insert(rule.id);
    const std::lock_guard lock(mutex_);
    off_ = std::make_shared<const RulesOff>(std::move(ids));
    seen_.rules = revision->rules;
  }
  return {};
}

Result<void> HouseRules::start() {
  if (Result<void> caught_up = catch_up(); !caught_up) return caught_up;
  thread_ = std::thread([this] { look_until_stopped(); });
  return {};
}

void HouseRules::look_until_stopped() {
  std::string complained;
  int looks = 0;
  std::unique_lock lock(mutex_);
  while (!stopped_.wait_for(lock, kPause, [this] { return stopping_; })) {
    lock.unlock();
    const Result<void> done = catch_up();
    const std::string complaint = done ? "" : done.error().message;
    if (!done && complaint != complained)
      log(LogLevel::kError, "lists and rules cannot be read now", {{"error", complaint}});
    complained = complaint;
    if (++looks % kLooksBetweenStores == 0) store_counts();
    lock.lock();
  }
}

std::shared_ptr<const Lists> HouseRules::lists() const {
  const std::lock_guard lock(mutex_);
  return lists_;
}

std::shared_ptr<const RulesOff> HouseRules::rules_off() const {
  const std::lock_guard lock(mutex_);
  return off_;
}

void HouseRules::count(const ListMatches& matches) {
  const ListEntry* decided = matches.allow ? matches.allow : matches.block;
  if (!decided) return;
  const std::lock_guard lock(mutex_);
  ++hits_[decided->id];
}

void HouseRules::store_counts() {
  std::map<std::int64_t, std::int64_t> hits;
  {
    const std::lock_guard lock(mutex_);
    hits.swap(hits_);
  }
  if (hits.empty()) return;
  if (store_.count_list_hits(hits)) return;
  const std::lock_guard lock(mutex_);
  for (const auto& [id, count] : hits) hits_[id] += count;
}

}  // namespace winnow
