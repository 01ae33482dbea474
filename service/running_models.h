// RunningModels: the engines of this moment, as their models lie on disk. A model that is promoted or
// repaired is loaded beside the one that answers, then takes its place; one that cannot be loaded leaves the
// old one answering.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "classifier/engine.h"
#include "classifier/result.h"

namespace winnow {

// Thread rule: all methods from any thread. in_force() and shadow() wait for no loading.
class RunningModels {
 public:
  // Ids of the models that are to run in shadow.
  using Wanted = std::function<Result<std::set<std::string>>()>;

  // The settings `model` (mostly a link, see service/model_shelf.h) and `rules`. look() calls `shadows`.
  RunningModels(std::filesystem::path model, std::filesystem::path rules, Wanted shadows)
      : model_(std::move(model)), rules_dir_(std::move(rules)), wanted_(std::move(shadows)) {}
  ~RunningModels() { stop(); }

  // Loads model and operator's rules and puts them in force. Fails as Engine::load does; then those in force
  // stay.
  Result<void> reload();

  // The same at the start, when there is nothing in force that could stay: where the model cannot be loaded,
  // puts the one that was in force before it, or any other of the shelf, in force till it can be; where the
  // operator's rules are damaged, goes without. Logs both. Fails as reload() where no model can be loaded or
  // the rules' directory is not there.
  Result<void> start_up();

  // Who judges keeps the engine that it got. Null before the first reload() that went well.
  std::shared_ptr<const Engine> in_force() const;
  // A model that runs in shadow; null if look() did not find it wanted, or whole.
  std::shared_ptr<const Engine> shadow(std::string_view id) const;

  // Looks once whether other models, or other bytes, are there than were last tried; takes them, or logs
  // once why not. The operator's rules stay those of the last reload().
  void look();

  // Looks twice a second, on a thread of its own, until stop().
  void start();
  void stop();

 private:
  // A model that is kept as it is on disk.
  struct Kept {
    std::string seen;                      // what was there when it was last tried, see stamp_of()
    std::string failure;                   // why that could not be loaded; empty if it could be
    int looks = 0;                         // since it was tried
    std::shared_ptr<const Engine> engine;  // guarded by mutex_
  };
  // What the log says of one.
  struct Words {
    const char* taken;
    const char* refused;
  };

  void renew(Kept& kept, const std::filesystem::path& named, const Words& words);
  void renew_shadows();
  Result<void> read_rules();
  Result<void> put_first_that_loads();
  void put(Kept& kept, Engine engine);

  const std::filesystem::path model_;
  const std::filesystem::path rules_dir_;
  const Wanted wanted_;

  std::mutex loading_;   // taken before mutex_
  Kept in_force_;        // guarded by loading_, but for its engine
  OperatorRules rules_;  // guarded by loading_
  // By id, each as in_force_; who adds or removes one holds both mutexes.
  std::map<std::string, Kept, std::less<>> shadows_;
  // Guarded by loading_; engines that requests may still have, freed by look() and not by a request.
  std::vector<std::shared_ptr<const Engine>> retired_;

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace winnow
