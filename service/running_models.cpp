#include "service/running_models.h"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <system_error>

#include "service/log.h"
#include "service/model_shelf.h"
#include "service/promotion.h"

namespace winnow {
namespace {

constexpr std::chrono::milliseconds kPause{500};
// What could not be loaded is tried again after so many looks though its files are the same: not all that
// stands in the way is written in them.
constexpr int kLooksBetweenTries = 20;

// The directory behind the link, so that one model is read even where the link is replaced meanwhile.
std::filesystem::path behind_links(const std::filesystem::path& dir) {
  std::error_code failed;
  std::filesystem::path real = std::filesystem::canonical(dir, failed);
  return failed ? dir : real;
}

// Where the model lies and what tells its files from others of the same names: inode, size, time of change.
std::string stamp_of(const std::filesystem::path& dir) {
  std::string stamp = dir.string();
  std::error_code failed;
  std::vector<std::string> files;
  std::filesystem::directory_iterator entries(dir, failed);
  for (const auto end = std::filesystem::directory_iterator(); !failed && entries != end;
       entries.increment(failed)) {
    struct stat status {};
    if (::stat(entries->path().c_str(), &status) != 0) continue;
    files.push_back(entries->path().filename().string() + " " + std::to_string(status.st_ino) + " " +
                    std::to_string(status.st_size) + " " + std::to_string(status.st_ctim.tv_sec) + "." +
                    std::to_string(status.st_ctim.tv_nsec));
  }
  std::ranges::sort(files);
  for (const std::string& file : files) stamp += "\n" + file;
  return stamp;
}

// What may answer in place of a model that cannot be loaded: those that were in force before, the last first,
// then the rest of the shelf, the newest first.
std::vector<std::filesystem::path> substitutes_for(const std::filesystem::path& model) {
  std::vector<std::filesystem::path> dirs;
  const auto add = [&](const std::filesystem::path& dir) {
    if (std::ranges::find(dirs, dir) == dirs.end()) dirs.push_back(dir);
  };
  if (const Result<std::vector<Promotion>> past = promotions(model))
    for (auto each = past->rbegin(); each != past->rend(); ++each) add(shelf_of(model) / each->from);
  if (Result<std::vector<ShelvedModel>> shelf = models_on_shelf(model)) {
    std::ranges::sort(*shelf, std::ranges::greater(), &ShelvedModel::made_at);
    for (const ShelvedModel& each : *shelf) add(each.dir);
  }
  return dirs;
}

}  // namespace

Result<void> RunningModels::start_up() {
  Result<void> loaded = reload();
  if (loaded) return loaded;
  const std::lock_guard loading(loading_);
  if (Result<void> read = read_rules(); !read) return read;
  return put_first_that_loads();
}

Result<void> RunningModels::read_rules() {
  if (rules_dir_.empty()) return {};
  Result<OperatorRules> rules = OperatorRules::load(rules_dir_);
  if (rules) {
    rules_ = *std::move(rules);
    return {};
  }
  if (rules.error().kind == ErrorKind::kNotFound) return rules.error();
  log(LogLevel::kError, "operator's rules refused, comments are judged without them",
      {{"error", rules.error().message}});
  return {};
}

Result<void> RunningModels::put_first_that_loads() {
  const std::filesystem::path named = behind_links(model_);
  in_force_.seen = stamp_of(named);  // look() tries it again
  Result<Model> model = Model::load(named);
  const Result<void> refused = model ? Result<void>() : Result<void>(model.error());
  if (!model) {
    in_force_.failure = model.error().message;
    for (const std::filesystem::path& dir : substitutes_for(model_))
      if (model = Model::load(dir); model) break;
  }
  if (!model) return refused.error();
  if (!refused)
    log(LogLevel::kError, "model refused, another one answers in its place",
        {{"error", in_force_.failure}, {"model", model->id}});
  put(in_force_, Engine(*std::move(model), rules_));
  return {};
}

Result<void> RunningModels::reload() {
  const std::lock_guard loading(loading_);
  const std::filesystem::path dir = behind_links(model_);
  const std::string stamp = stamp_of(dir);
  Result<Engine> engine = Engine::load(dir, rules_dir_);
  if (!engine) return engine.error();
  rules_ = engine->operator_rules();
  in_force_.seen = stamp;
  in_force_.failure.clear();
  for (auto& [id, kept] : shadows_) kept.seen.clear();  // they judge by the new rules, too
  put(in_force_, *std::move(engine));
  return {};
}

std::shared_ptr<const Engine> RunningModels::in_force() const {
  const std::lock_guard lock(mutex_);
  return in_force_.engine;
}

std::shared_ptr<const Engine> RunningModels::shadow(std::string_view id) const {
  const std::lock_guard lock(mutex_);
  const auto found = shadows_.find(id);
  return found == shadows_.end() ? nullptr : found->second.engine;
}

void RunningModels::look() {
  const std::lock_guard loading(loading_);
  std::erase_if(retired_,
                [](const std::shared_ptr<const Engine>& engine) { return engine.use_count() == 1; });
  renew(in_force_, model_, {"model in force", "model refused, the old one goes on"});
  renew_shadows();
}

void RunningModels::renew_shadows() {
  const Result<std::set<std::string>> wanted = wanted_();
  if (!wanted) return;  // the database cannot be read, and every check says so
  {
    const std::lock_guard lock(mutex_);
    for (const std::string& id : *wanted) shadows_.try_emplace(id);
    std::erase_if(shadows_, [&](const auto& kept) { return !wanted->contains(kept.first); });
  }
  for (auto& [id, kept] : shadows_)
    renew(kept, shelf_of(model_) / id, {"model runs in shadow", "model in shadow refused"});
}

void RunningModels::renew(Kept& kept, const std::filesystem::path& named, const Words& words) {
  const std::filesystem::path dir = behind_links(named);
  std::string stamp = stamp_of(dir);
  if (stamp == kept.seen && (kept.failure.empty() || ++kept.looks < kLooksBetweenTries)) return;
  kept.seen = std::move(stamp);
  kept.looks = 0;
  Result<Model> model = Model::load(dir);
  if (model) {
    log(LogLevel::kInfo, words.taken, {{"model", model->id}});
    kept.failure.clear();
    put(kept, Engine(*std::move(model), rules_));
  } else if (model.error().message != kept.failure) {
    kept.failure = model.error().message;
    log(LogLevel::kError, words.refused, {{"error", kept.failure}});
  }
}

void RunningModels::put(Kept& kept, Engine engine) {
  auto made = std::make_shared<const Engine>(std::move(engine));
  {
    const std::lock_guard lock(mutex_);
    kept.engine.swap(made);
  }
  if (made) retired_.push_back(std::move(made));
}

void RunningModels::start() {
  thread_ = std::thread([this] {
    std::unique_lock lock(mutex_);
    while (!changed_.wait_for(lock, kPause, [this] { return stopping_; })) {
      lock.unlock();
      look();
      lock.lock();
    }
  });
}

void RunningModels::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

}  // namespace winnow
