// Learning: keeps the memory in step with the log of reports, whoever wrote them: this process, the command
// line, another winnowd on the same database.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "classifier/engine.h"
#include "classifier/memory/memory.h"
#include "service/store/store.h"

namespace winnow {

class Concealment;  // service/concealment.h

// Thread rule: all methods may be called from any thread.
class Learning {
 public:
  // `snapshot`: the file that a start begins from; empty: none. `engine`: that in force; never null, but not
  // asked before load(). Reports that its model was trained on teach nothing more. `concealment` says under
  // which names people are known; null: as the comments say.
  Learning(Store& store, const MemoryOptions& options, std::filesystem::path snapshot,
           std::function<std::shared_ptr<const Engine>()> engine, const Concealment* concealment = nullptr);
  // Stops the thread and writes the snapshot if much has come since the last.
  ~Learning();

  // Folds the whole log. Fails as the store does.
  Result<void> load();
  // Begins with the snapshot, where there is a good one, and folds what came since. From then on the log is
  // looked at twice a second in a thread of its own, which also does what takes long: to fold a long log from
  // its beginning, because there is no snapshot, a report was withdrawn or the model is another. Till that is
  // done the memory is what it was. Fails as the store does.
  Result<void> start();

  // Folds what the log has by now, so that it is in force when this returns; but for what start() leaves to
  // the thread. Fails as the store does.
  Result<void> catch_up();

  // True if all of the log is in force; false while it is folded anew in the background. Fails as the store
  // does.
  Result<bool> is_up_to_date() const;

  // What became of a report that was folded lately; none if it was not.
  std::optional<Taught> taught(std::string_view event_id) const;

  // Judges by what is known at the moment of the call. Lives no longer than this.
  class View final : public HistoryView {
   public:
    View(const Learning& learning, SiteId site) : learning_(learning), site_(site) {}
    void judge(const Features& features, std::vector<Signal>& signals) const override;
    void add_shares(const TokenList& list, double before, std::span<double> shares) const override;

   private:
    const Learning& learning_;
    SiteId site_;
  };
  View of(SiteId site) const { return {*this, site}; }

  int quorum() const { return options_.quorum; }

  // Calls `read` with the memory in force, which stays as it is meanwhile.
  template <typename Read>
  auto with_memory(Read&& read) const {
    const std::shared_lock lock(in_force_);
    return read(std::as_const(fold_->memory));
  }

 private:
  // A memory, and how far in the log it is.
  struct Fold {
    Memory memory;
    LogEnd end;
    std::string last;           // id of the last report
    std::string model;          // that whose errors the learner corrects
    std::string trained_until;  // last report that the model was trained on
    bool teaches = true;        // of the reports to come; false until that one has passed
  };
  using Outcomes = std::deque<std::pair<std::string, Taught>>;

  std::unique_ptr<Fold> read_snapshot() const;
  void write_snapshot();
  Result<void> fold_on(Fold& fold, std::shared_mutex* in_force, Outcomes* lately) const;
  Result<void> fold_on_in_force();
  Result<std::unique_ptr<Fold>> fold_anew() const;
  Who asked_as(const Comment& comment) const;
  Who counted_as(const Comment& comment) const;
  std::string names_form() const;
  enum class Work { kOn, kAnew, kAnewLong };
  Result<Work> work_to_do() const;
  Result<void> replace_fold();
  void look_until_stopped();

  Store& store_;
  const MemoryOptions options_;
  const std::filesystem::path snapshot_;
  const std::function<std::shared_ptr<const Engine>()> engine_;
  const Concealment* const concealment_;

  std::mutex folding_;  // held by whoever folds into fold_ or replaces it
  mutable std::shared_mutex in_force_;
  std::unique_ptr<Fold> fold_;  // written under both, read under either
  Outcomes lately_;             // likewise; newest last
  LogEnd snapshot_end_;         // guarded by folding_
  std::string snapshot_model_;  // likewise

  std::mutex stop_;
  std::condition_variable stopped_;
  std::atomic<bool> stopping_ = false;  // set under stop_
  std::thread thread_;
};

}  // namespace winnow
