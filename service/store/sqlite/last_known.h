// LastKnown: values as they were last read: while nothing has changed, and for when the database cannot be
// read.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "classifier/result.h"
#include "service/store/sqlite/access_mark.h"
#include "service/store/store.h"

namespace winnow::sqlite {

// Keeps kMost at most; when there are more, all are forgotten but those that come then.
// Thread rule: any thread.
template <typename Name, typename Value>
class LastKnown {
 public:
  static constexpr std::size_t kMost = 10'000;

  // The value of `name`: as it was read last while `mark` says that it is still so, else what `read`
  // (-> Result<std::optional<Value>>) gives; where that is a failure of the database, what was read last.
  // What is not there is read each time.
  template <typename Read>
  Result<std::optional<Value>> find(const Name& name, const AccessMark& mark, Read read) {
    const std::optional<std::uint64_t> before = mark.now();
    const auto now = Clock::now();
    {
      const std::lock_guard lock(mutex_);
      const auto found = known_.find(name);
      if (found != known_.end() && before && found->second.mark == before &&
          now - found->second.read_at < AccessMark::kLongest)
        return std::optional<Value>(found->second.value);
    }
    return after(name, read(), before, now);
  }

 private:
  using Clock = std::chrono::steady_clock;
  struct Known {
    Value value;
    std::optional<std::uint64_t> mark;  // before it was read
    Clock::time_point read_at;
  };

  Result<std::optional<Value>> after(const Name& name, Result<std::optional<Value>> read,
                                     std::optional<std::uint64_t> mark, Clock::time_point now) {
    const std::lock_guard lock(mutex_);
    if (!read) {
      const auto found = known_.find(name);
      return found == known_.end() ? read : Result<std::optional<Value>>(found->second.value);
    }
    if (!read->has_value()) {
      known_.erase(name);
      return read;
    }
    if (known_.size() >= kMost) known_.clear();
    known_.insert_or_assign(name, Known{**read, mark, now});
    return read;
  }

  std::mutex mutex_;
  std::map<Name, Known> known_;  // guarded by mutex_
};

// What a check reads of the database before it is judged.
struct LastKnownAccess {
  explicit LastKnownAccess(const std::filesystem::path& database) : mark(database) {}

  AccessMark mark;
  LastKnown<std::string, Key> keys;  // by hash
  LastKnown<std::string, Site> sites_by_url;
  LastKnown<SiteId, Site> sites;
};

}  // namespace winnow::sqlite
